// An SFTP server with the habits of a drop box. Settings come as one JSON argument; every event is one JSON line
// on stdout and in events.jsonl, written before the client gets its answer. It ends when its stdin closes.
import { createHash, timingSafeEqual } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { FileSession } from './session.mjs';
import { Visible } from './visible.mjs';

const { Server, utils } = createRequire(import.meta.url)('ssh2');
const options = JSON.parse(process.argv[2]);
const journal = join(options.receivingFolder, 'events.jsonl');

function report(event, facts) {
  const line = JSON.stringify({ event, ...facts });
  appendFileSync(journal, line + '\n');
  console.log(line);
}

function fingerprint(privateKey) {
  const blob = utils.parseKey(privateKey).getPublicSSH();
  return 'SHA256:' + createHash('sha256').update(blob).digest('base64').replace(/=+$/, '');
}

function same(given, expected) {
  const digest = (value) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

function passwordFits(ctx) {
  return options.password !== null && same(ctx.password, options.password);
}

// Keys may be handed in while it runs, so the file is read at every login.
function authorizedKeys() {
  const file = options.authorizedKeysFile;
  const lines = file && existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter((line) => line.trim()) : [];
  return [options.authorizedKey, ...lines].filter((line) => line !== null).map((line) => utils.parseKey(line)).filter((key) => !(key instanceof Error));
}

function keyFits(ctx) {
  const key = authorizedKeys().find((one) => ctx.key.algo === one.type && same(ctx.key.data, one.getPublicSSH()));
  if (key === undefined) return false;
  // Without a signature the client only asks whether the key would do.
  return ctx.signature === undefined || key.verify(ctx.blob, ctx.signature, ctx.hashAlgo) === true;
}

function judge(ctx, accepted, methods, halfway) {
  report('login', { user: ctx.username, method: ctx.method, accepted });
  if (!accepted) return ctx.reject(methods);
  return halfway ? ctx.reject(['password'], true) : ctx.accept();
}

// The password is asked for in a dialog, whose questions the client shows to nobody; what comes then is asked one by one.
function dialog(ctx) {
  ctx.prompt(options.dialog.map((prompt) => ({ prompt, echo: false })), (answers) => {
    const named = answers.length < 2 || answers[0] === options.username;
    const accepted = named && ctx.username === options.username && same(answers.at(-1) ?? '', options.password);
    report('answered', { passwords: answers.filter((answer) => same(answer, options.password)).length });
    const further = (questions) => {
      if (questions.length === 0) return judge(ctx, accepted, ['keyboard-interactive']);
      ctx.prompt([{ prompt: questions[0], echo: false }], () => {
        report('renewed', {});
        further(questions.slice(1));
      });
    };
    further(accepted ? options.dialogThen : []);
  });
}

function login(state) {
  return (ctx) => {
    if (options.dialog.length > 0) {
      return ctx.method === 'keyboard-interactive' ? dialog(ctx) : ctx.reject(['keyboard-interactive']);
    }
    const checks = { password: passwordFits, publickey: keyFits };
    const methods = options.needsKeyAndPassword && !state.hasKey ? ['publickey'] : Object.keys(checks);
    if (!methods.includes(ctx.method)) return ctx.reject(methods);
    const accepted = ctx.username === options.username && checks[ctx.method](ctx);
    if (ctx.method === 'publickey' && accepted && ctx.signature === undefined) return ctx.accept();
    if (ctx.method === 'password' && accepted && options.passwordExpired) return ctx.requestChange('Renew it.', () => ctx.reject(methods));
    const halfway = options.needsKeyAndPassword && ctx.method === 'publickey';
    state.hasKey ||= accepted && halfway;
    return judge(ctx, accepted, methods, halfway);
  };
}

// One key in some hundreds comes out of ssh2 in a form that ssh2 itself does not read (seen with 1.17).
function hostKey(type, keyOptions) {
  for (;;) {
    const key = utils.generateKeyPairSync(type, keyOptions).private;
    if (!(utils.parseKey(key) instanceof Error)) return key;
  }
}

const hostKeys = [hostKey('ed25519'), hostKey('rsa', { bits: 2048 })];
mkdirSync(options.receivingFolder, { recursive: true });
const visible = new Visible(options);

const server = new Server({ hostKeys }, (client) => {
  // A client that goes away in the middle of a packet is its own business.
  client.on('error', (error) => report('disconnected', { reason: error.message }));
  client.on('close', () => report('gone', {}));
  client.on('authentication', login({ hasKey: false }));
  client.on('session', (accept, rejectSession) => {
    if (options.silentAt === 'session') return;
    if (options.refusedSessions-- > 0) return rejectSession();
    return accept().on('sftp', (acceptSftp, reject) => {
      if (options.silentAt === 'subsystem') return;
      if (!options.hasSftp || options.refusedSubsystems-- > 0) return reject();
      const sftp = acceptSftp();
      // A shell that greets whoever comes.
      if (options.greeting) sftp._protocol.channelData(sftp.outgoing.id, Buffer.from(options.greeting));
      return new FileSession(sftp, visible, options, report, () => client.end());
    });
  });
});

server.listen(options.port, '127.0.0.1', () => {
  report('listening', { port: server.address().port, fingerprints: hostKeys.map(fingerprint) });
});

process.stdin.resume();
process.stdin.on('close', () => process.exit(0));
