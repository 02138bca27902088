// What a server without Python refuses outright is refused in the wire's own words, and named with its reason for those who use it.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeRun, placeOf } from '../testing/pipelines.ts';
import { testServer, type TestServer } from '../testing/server.ts';

let server: TestServer;
let run: string;
beforeAll(async () => {
  server = await testServer('sqlite');
  run = (await makeRun(server.admin, await placeOf(server.admin))).id;
});
afterAll(() => server.close());

const documented = readFileSync(new URL('../../../../docs/compatibility.md', import.meta.url), 'utf8');

test.each([
  ['POST', '/runs/{run_id}/refresh', '/refresh'],
  ['PUT', '/secrets_operations/backup', '/secrets_operations/backup'],
  ['PUT', '/secrets_operations/restore', 'restore'],
  ['GET', '/resource_requests', '/resource_requests'],
  ['GET', '/stack-deployment/info?provider=aws', '/stack-deployment/info'],
  ['GET', '/stack-deployment/config?provider=aws&stack_name=x&location=eu', '/config'],
])('%s %s', async (method, path, named) => {
  const address = path.replace('{run_id}', run);
  const answer = method === 'GET' ? await server.admin.get(address) : method === 'PUT' ? await server.admin.put(address, {}) : await server.admin.post(address, {});
  expect([answer.status, answer.body.detail[0]], answer.text).toEqual([501, 'NotImplementedError']);
  expect(answer.body.detail[1].length).toBeGreaterThan(30);
  const line = documented.split('\n- ').find((part) => part.includes(named) && part.includes('501'));
  expect(line, `${named} in docs/compatibility.md`).toMatch(/501: \S+/);
});
