// A client that knows nothing but the OpenAPI document: it is built from it at run time by a library of others, and so is the check of every answer.
// Arguments: the server's address, and the calls as JSON. Prints one line of JSON.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
const { OpenAPIClientAxios } = require('openapi-client-axios');
const Ajv = require('ajv/dist/2020').default;
const addFormats = require('ajv-formats').default;
const { Validator } = await import(pathToFileURL(join(process.env.NODE_PATH, '@seriousme/openapi-schema-validator/index.js')));

const [address, calls] = process.argv.slice(2);
const document = await (await fetch(`${address}/api/openapi.json`)).json();
const { valid, errors } = await new Validator().validate(structuredClone(document));

const ajv = new Ajv({ strict: false });
addFormats(ajv);
ajv.addSchema({ ...document, $id: 'api' });
const pointer = (...keys) => `api#/${keys.map((key) => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;

const client = await new OpenAPIClientAxios({ definition: document, axiosConfigDefaults: { baseURL: address, validateStatus: () => true } }).init();

// Every example must be one of its own kind.
const examples = [];
for (const [path, operations] of Object.entries(document.paths)) {
  for (const [method, operation] of Object.entries(operations)) {
    for (const [place, holder] of [['requestBody', operation.requestBody], ...Object.entries(operation.responses)]) {
      const media = holder?.content?.['application/json'];
      if (media?.example === undefined) continue;
      const keys = place === 'requestBody' ? ['requestBody'] : ['responses', place];
      const check = ajv.compile({ $ref: pointer('paths', path, method, ...keys, 'content', 'application/json', 'schema') });
      if (!check(media.example)) examples.push(`${operation.operationId} ${place}: ${ajv.errorsText(check.errors)}`);
    }
  }
}

const results = [];
for (const { operation, parameters, body } of JSON.parse(calls)) {
  const answer = await client[operation](parameters, body);
  const type = (answer.headers['content-type'] ?? '').split(';')[0];
  const { path, method } = client.api.getOperation(operation);
  const described = document.paths[path][method].responses[answer.status]?.content?.[type];
  let problem = described ? null : `${answer.status} ${type} is not described`;
  if (described && type.endsWith('json')) {
    const check = ajv.compile({ $ref: pointer('paths', path, method, 'responses', String(answer.status), 'content', type, 'schema') });
    problem = check(answer.data) ? null : ajv.errorsText(check.errors);
  }
  results.push({ operation, status: answer.status, body: answer.data, problem });
}

const operations = Object.values(document.paths).flatMap((path) => Object.values(path)).filter((one) => one.tags.includes('api')).map((one) => one.operationId);
console.log(JSON.stringify({ valid, errors, examples, operations, results }));
