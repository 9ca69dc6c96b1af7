// One SFTP session: files may be written into known folders, and little else. Methods are named after the requests of the protocol.
import { createHash } from 'node:crypto';
import { closeSync, readFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { posix } from 'node:path';
import { absolute, fileAttributes } from './visible.mjs';

const { OPEN_MODE, STATUS_CODE } = createRequire(import.meta.url)('ssh2').utils.sftp;
const requests = [
  'OPEN', 'WRITE', 'CLOSE', 'STAT', 'LSTAT', 'FSTAT', 'SETSTAT', 'FSETSTAT',
  'RENAME', 'REMOVE', 'MKDIR', 'RMDIR', 'OPENDIR', 'READDIR', 'REALPATH',
];

export class FileSession {
  #handles = new Map();
  #lastHandle = 0;
  #received = 0;
  #freeAt = 0;

  constructor(sftp, visible, options, report, hangUp) {
    Object.assign(this, { sftp, visible, options, report, hangUp });
    for (const request of requests) {
      sftp.on(request, (id, ...facts) => this[request](id, ...facts));
    }
    // OpenSSH's client says that it has nothing more to say, and then waits for the channel to be closed.
    sftp.on('end', () => sftp.end());
  }

  OPEN(id, name, flags) {
    const path = absolute(name);
    if (!this.visible.isFolder(posix.dirname(path))) return this.#refuse(id, 'open', path, 'NO_SUCH_FILE');
    if (!(flags & OPEN_MODE.WRITE)) {
      return this.#refuse(id, 'read', path, this.visible.attributes(path) ? 'PERMISSION_DENIED' : 'NO_SUCH_FILE');
    }
    const { overwriteStatus } = this.options;
    if (overwriteStatus && this.visible.attributes(path)) return this.#refuse(id, 'open', path, overwriteStatus);
    this.report('open', { path });
    this.#open(id, this.visible.receive(path));
  }

  WRITE(id, handle, offset, data) {
    const file = this.#entry(handle);
    if (file?.descriptor === undefined) return this.#refuse(id, 'write', null, 'FAILURE');
    if (this.options.writeStatus) return this.#refuse(id, 'write', file.path, this.options.writeStatus);
    writeSync(file.descriptor, data, 0, data.length, offset);
    file.size = Math.max(file.size, offset + data.length);
    this.#received += data.length;
    const { hangUpAfterBytes } = this.options;
    if (hangUpAfterBytes && this.#received >= hangUpAfterBytes) return this.hangUp();
    this.#paced(data.length, () => this.#ok(id));
  }

  CLOSE(id, handle) {
    const entry = this.#entry(handle);
    if (entry === undefined) return this.#refuse(id, 'close', null, 'FAILURE');
    this.#handles.delete(handle.readUInt32BE());
    if (entry.descriptor === undefined) return this.#ok(id);
    closeSync(entry.descriptor);
    this.visible.closed(entry);
    const sha256 = createHash('sha256').update(readFileSync(entry.local)).digest('hex');
    this.report('close', { path: entry.path, file: entry.local, bytes: entry.size, sha256 });
    const { closeStatus, closeDelayMilliseconds, hangUpAfterFile, losesEndOf } = this.options;
    if (losesEndOf && entry.path.endsWith(losesEndOf) && this.visible.isFirst(entry.path)) return this.hangUp();
    setTimeout(() => {
      this.sftp.status(id, STATUS_CODE[closeStatus ?? 'OK']);
      if (hangUpAfterFile) setTimeout(this.hangUp, 5);
    }, closeDelayMilliseconds);
  }

  STAT(id, name) {
    const attributes = this.visible.attributes(absolute(name));
    if (attributes === undefined) return this.#refuse(id, 'stat', absolute(name), 'NO_SUCH_FILE');
    this.sftp.attrs(id, attributes);
  }

  LSTAT(id, name) {
    this.STAT(id, name);
  }

  FSTAT(id, handle) {
    const entry = this.#entry(handle);
    if (entry?.descriptor === undefined) return this.#refuse(id, 'stat', null, 'NO_SUCH_FILE');
    this.sftp.attrs(id, fileAttributes(entry));
  }

  SETSTAT(id) {
    if (this.visible.vanish) return this.#refuse(id, 'setstat', null, 'PERMISSION_DENIED');
    this.#ok(id);
  }

  FSETSTAT(id) {
    this.SETSTAT(id);
  }

  RENAME(id, from, to) {
    const path = absolute(from);
    if (this.visible.vanish) return this.#refuse(id, 'rename', path, 'PERMISSION_DENIED');
    const file = this.visible.files.get(path);
    if (file === undefined) return this.#refuse(id, 'rename', path, 'NO_SUCH_FILE');
    // As in the protocol's third version: a rename never replaces.
    if (this.visible.attributes(absolute(to)) !== undefined) return this.#refuse(id, 'rename', path, 'FAILURE');
    this.visible.rename(file, absolute(to));
    this.report('rename', { from: path, path: file.path });
    this.#ok(id);
  }

  REMOVE(id, name) {
    const path = absolute(name);
    if (this.visible.vanish) return this.#refuse(id, 'remove', path, 'PERMISSION_DENIED');
    if (!this.visible.files.delete(path)) return this.#refuse(id, 'remove', path, 'NO_SUCH_FILE');
    this.report('remove', { path });
    this.#ok(id);
  }

  MKDIR(id, name) {
    this.#refuse(id, 'mkdir', absolute(name), 'PERMISSION_DENIED');
  }

  RMDIR(id, name) {
    this.#refuse(id, 'rmdir', absolute(name), 'PERMISSION_DENIED');
  }

  OPENDIR(id, name) {
    const path = absolute(name);
    if (!this.visible.isFolder(path)) return this.#refuse(id, 'opendir', path, 'NO_SUCH_FILE');
    this.#open(id, { unread: this.visible.list(path) });
  }

  READDIR(id, handle) {
    const files = this.#entry(handle)?.unread?.splice(0) ?? [];
    if (files.length === 0) return this.sftp.status(id, STATUS_CODE.EOF);
    this.sftp.name(id, files.map((file) => {
      const filename = posix.basename(file.path);
      return { filename, longname: `-rw-r--r-- 1 0 0 ${file.size} Jan 1 00:00 ${filename}`, attrs: fileAttributes(file) };
    }));
  }

  REALPATH(id, name) {
    if (this.options.silentAt === 'realpath') return;
    if (!this.options.tellsPaths) return this.#refuse(id, 'realpath', absolute(name), 'PERMISSION_DENIED');
    this.sftp.name(id, [{ filename: absolute(name), longname: absolute(name), attrs: {} }]);
  }

  #ok(id) {
    this.sftp.status(id, STATUS_CODE.OK);
  }

  #refuse(id, operation, path, status) {
    this.report('refused', { operation, path, status });
    this.sftp.status(id, STATUS_CODE[status]);
  }

  #open(id, entry) {
    this.#lastHandle += 1;
    this.#handles.set(this.#lastHandle, entry);
    const handle = Buffer.alloc(4);
    handle.writeUInt32BE(this.#lastHandle);
    this.sftp.handle(id, handle);
  }

  #entry(handle) {
    return this.#handles.get(handle.length === 4 ? handle.readUInt32BE() : 0);
  }

  // Late answers slow the sender down: it only has so many unanswered packets.
  #paced(bytes, answer) {
    const { maxBytesPerSecond } = this.options;
    if (!maxBytesPerSecond) return answer();
    this.#freeAt = Math.max(Date.now(), this.#freeAt) + (bytes * 1000) / maxBytesPerSecond;
    setTimeout(answer, this.#freeAt - Date.now());
  }
}
