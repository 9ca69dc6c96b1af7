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

// Azurite asks for blobs by account, container and name, and its database narrows down by what is asked for first: with every blob of the account
// it would look at all of them for one, or for the few of a listing. By its name first there is one, and names that begin alike stand together.
const { Resultset } = require('lokijs');
const { find } = Resultset.prototype;
const narrowest = ['name', 'blobName', 'containerName'];
const place = (property) => (narrowest.includes(property) ? narrowest.indexOf(property) : narrowest.length);
Resultset.prototype.find = function findByName(query, firstOnly) {
  const beginning = query?.name?.$regex;
  if (typeof beginning === 'string' && beginning.startsWith('^') && !this.filterInitialized) {
    const prefix = beginning.slice(1).replace(/\\(.)/g, '$1');
    // What looks like a number is compared like one.
    if (Number.isNaN(Number(prefix))) {
      find.call(this, { name: { $between: [prefix, `${prefix}\uffff`] } });
    }
  }

  const ordered = query && Object.fromEntries(Object.entries(query).sort(([one], [other]) => place(one) - place(other)));
  return find.call(this, ordered, firstOnly);
};

// Half of its start would be loading what sends its telemetry, which is off.
const telemetry = require.resolve('applicationinsights');
require.cache[telemetry] = { id: telemetry, filename: telemetry, loaded: true, exports: {} };

// In memory there is no need to tidy up: after ten minutes everybody would wait for an index that is made anew for each single piece.
if (process.argv.includes('--inMemoryPersistence')) {
  require('azurite/dist/src/blob/utils/constants.js').DEFAULT_GC_INTERVAL_MS = 24 * 60 * 60 * 1000;
}

require('azurite/dist/src/azurite.js');
