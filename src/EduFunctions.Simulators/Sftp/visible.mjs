// What clients of the drop box see: the folders, and in plain mode the files that were sent.
import { openSync } from 'node:fs';
import { join, posix } from 'node:path';

export const absolute = (path) => posix.resolve('/', path);

export function fileAttributes(file) {
  return { mode: 0o100644, uid: 0, gid: 0, size: file.size, atime: file.time, mtime: file.time };
}

export class Visible {
  constructor(options) {
    this.folders = new Set(options.folders.map(absolute));
    this.receivingFolder = options.receivingFolder;
    this.vanish = options.vanish;
    this.files = new Map(options.files.map(absolute).map((path) => [path, { path, size: 1, time: 0 }]));
    this.count = 0;
    this.arrivals = new Map();
  }

  /** Every arrival gets its own number, so that a file sent twice is seen twice. */
  receive(path) {
    this.count += 1;
    this.arrivals.set(path, (this.arrivals.get(path) ?? 0) + 1);
    const local = join(this.receivingFolder, `${String(this.count).padStart(6, '0')}-${posix.basename(path)}`);
    return { path, local, size: 0, time: Math.floor(Date.now() / 1000), descriptor: openSync(local, 'w') };
  }

  /** Whether the file has come only once so far. */
  isFirst(path) {
    return this.arrivals.get(path) === 1;
  }

  closed(file) {
    if (!this.vanish) this.files.set(file.path, file);
  }

  /** One that ends in a star stands for all folders in it. */
  isFolder(path) {
    return this.folders.has(path) || this.folders.has(posix.join(posix.dirname(path), '*'));
  }

  attributes(path) {
    if (this.isFolder(path)) return { mode: 0o040755, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 };
    const file = this.files.get(path);
    return file && fileAttributes(file);
  }

  list(folder) {
    return [...this.files.values()].filter((file) => posix.dirname(file.path) === folder);
  }

  rename(file, path) {
    this.files.delete(file.path);
    file.path = path;
    this.files.set(path, file);
  }
}
