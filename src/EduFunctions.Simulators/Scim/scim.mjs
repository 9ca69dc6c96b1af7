// A SCIM 2.0 server (npm scimmy with its routers) whose resources are in memory. Settings come as one JSON argument. It gives versions and asks for
// them, wants user names to be unique, and tells all that it has, and all that was changed, under /state. It ends when its stdin closes.
import { createRequire } from 'node:module';
import { randomUUID } from 'node:crypto';

const require = createRequire(import.meta.url);
const express = require('express');
const SCIMMY = require('scimmy');
const { SCIMMYRouters } = require('scimmy-routers');
const options = JSON.parse(process.argv[2]);

process.stdin.resume();
process.stdin.on('close', () => process.exit(0));

const all = { Users: new Map(), Groups: new Map() };
const journal = [];
const plain = (value) => JSON.parse(JSON.stringify(value));
const refuse = (status, type, text) => {
  throw new SCIMMY.Types.Error(status, type, text);
};

function keep(kind, resource, instance) {
  const places = all[kind];
  const now = plain(instance);
  const taken = [...places.values()].some((other) => other.id !== resource.id && other.userName?.toLowerCase() === now.userName?.toLowerCase());
  if (kind === 'Users' && taken) {
    refuse(409, 'uniqueness', 'The user name is taken');
  }

  if (resource.id && !places.has(resource.id)) {
    refuse(404, null, 'There is none');
  }

  const id = resource.id ?? randomUUID();
  const version = Number(/\d+/.exec(places.get(id)?.meta.version ?? '0')[0]) + 1;
  journal.push({ change: resource.id ? 'changed' : 'created', kind, externalId: now.externalId, active: now.active });
  places.set(id, { ...now, id, meta: { version: `W/"${version}"` } });
  return places.get(id);
}

function serve(Resource, kind) {
  Resource.ingress((resource, instance) => keep(kind, resource, instance));
  Resource.egress((resource) => {
    if (resource.id) {
      return all[kind].get(resource.id) ?? refuse(404, null, 'There is none');
    }

    const found = [...all[kind].values()];
    return resource.filter ? resource.filter.match(found) : found;
  });
  Resource.degress((resource) => {
    const gone = all[kind].get(resource.id) ?? refuse(404, null, 'There is none');
    journal.push({ change: 'deleted', kind, externalId: gone.externalId });
    all[kind].delete(resource.id);
  });
  SCIMMY.Resources.declare(Resource);
}

serve(SCIMMY.Resources.User, 'Users');
serve(SCIMMY.Resources.Group, 'Groups');
SCIMMY.Config.set({ etag: true });
const routers = new SCIMMYRouters({
  type: 'bearer',
  handler: (request) => {
    if (request.header('Authorization') !== `Bearer ${options.token}`) {
      throw new Error('Who are you?');
    }

    return 'us';
  },
});
SCIMMY.Config.set({ patch: options.patch ?? true });

const app = express();
app.get('/state', (request, response) => response.json({ users: [...all.Users.values()], groups: [...all.Groups.values()], journal }));
app.use('/scim/:kind/:id', (request, response, next) => {
  const version = all[request.params.kind]?.get(request.params.id)?.meta.version;
  const wanted = request.header('If-Match');
  return wanted && version && wanted !== version ? response.status(412).json({ schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '412' }) : next();
});
app.use('/scim', routers);
const listening = app.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ listening: listening.address().port })));
