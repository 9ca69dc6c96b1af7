// Runs Azurite and ends with its parent: when stdin closes, the starter is gone, however it went.
import { createRequire } from 'node:module';

// require, because the packages are installed elsewhere and only require follows NODE_PATH.
const require = createRequire(import.meta.url);
const patience = 4000;

process.stdin.resume();
process.stdin.on('close', () => {
  // Azurite writes its tables to disk and closes its ports on SIGTERM.
  process.emit('SIGTERM');
  setTimeout(() => process.exit(0), patience).unref();
});

require('azurite/dist/src/azurite.js');
