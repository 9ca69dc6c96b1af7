// What a reader does by hand where a document says "# now fill in FILE": addresses and host keys, here those of the demo.
import { readFileSync, writeFileSync } from 'node:fs';

const read = (path) => JSON.parse(readFileSync(path, 'utf8').replace(/^\s*\/\/.*$/gm, ''));
const [path, like] = process.argv.slice(2);
const [file, town] = [read(path), read(like)];
const { baseUrl, tokenUrl } = town.source;
const { host, port, hostKeys } = town.feeds[0].delivery;
Object.assign(file.source, { baseUrl, tokenUrl });
Object.assign(file.feeds[0].delivery, { host, port, hostKeys });
writeFileSync(path, JSON.stringify(file, null, 2));
