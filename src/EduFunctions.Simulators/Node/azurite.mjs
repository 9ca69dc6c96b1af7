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

// Azurite asks for a blob by account, container and name, and its database narrows down by what is asked for first: with every blob of the
// account it would look at all of them for one. By its name first there is one.
const { Collection } = require('lokijs');
const { findOne } = Collection.prototype;
Collection.prototype.findOne = function findByName({ name, ...others } = {}) {
  return findOne.call(this, name === undefined ? others : { name, ...others });
};

// In memory there is no need to tidy up: after ten minutes everybody would wait for an index that is made anew for each single piece.
if (process.argv.includes('--inMemoryPersistence')) {
  require('azurite/dist/src/blob/utils/constants.js').DEFAULT_GC_INTERVAL_MS = 24 * 60 * 60 * 1000;
}

require('azurite/dist/src/azurite.js');
