// What a reader does by hand where a document says "# now fill in FILE": the name, and what is the register's and the drop box's, here those of the demo.
import { readFileSync, writeFileSync } from 'node:fs';

const read = (path) => JSON.parse(readFileSync(path, 'utf8').replace(/^\s*\/\/.*$/gm, ''));
const [path, like] = process.argv.slice(2);
const [file, town] = [read(path), read(like)];
const { baseUrl, tokenUrl, clientId } = town.source;
const { host, port, username, hostKeys } = town.feeds[0].delivery;
file.name = 'My town';
Object.assign(file.source, { baseUrl, tokenUrl, clientId });
Object.assign(file.feeds[0].delivery, { host, port, username, hostKeys });
writeFileSync(path, JSON.stringify(file, null, 2));
