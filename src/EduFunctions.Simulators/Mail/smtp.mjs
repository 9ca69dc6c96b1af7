// A mail server that keeps what it is given. Settings come as one JSON argument; every mail is one JSON line on stdout, written before the
// sender gets its answer. It ends when its stdin closes.
import { createRequire } from 'node:module';

const { SMTPServer } = createRequire(import.meta.url)('smtp-server');
const options = JSON.parse(process.argv[2]);

process.stdin.resume();
process.stdin.on('close', () => process.exit(0));

const server = new SMTPServer({
  authOptional: false,
  allowInsecureAuth: !options.startTls,
  disabledCommands: options.startTls ? [] : ['STARTTLS'],
  onAuth(auth, session, done) {
    const fits = auth.username === options.username && auth.password === options.password;
    done(fits ? null : new Error('Invalid username or password'), fits ? { user: auth.username } : undefined);
  },
  onData(stream, session, done) {
    const parts = [];
    stream.on('data', (part) => parts.push(part));
    stream.on('end', () => {
      console.log(JSON.stringify({
        from: session.envelope.mailFrom.address,
        to: session.envelope.rcptTo.map((receiver) => receiver.address),
        content: Buffer.concat(parts).toString('utf8'),
      }));
      done();
    });
  },
});
server.on('error', (problem) => console.error(problem.message));
const listening = server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ listening: listening.address().port })));
