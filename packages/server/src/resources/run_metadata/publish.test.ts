import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeRun, makeStep, placeOf, unused, type Place } from '../../testing/pipelines.ts';
import { dialects, testServer, type TestServer } from '../../testing/server.ts';

describe.each(dialects)('metadata on %s', (dialect) => {
  let server: TestServer;
  let place: Place;
  beforeAll(async () => {
    server = await testServer(dialect);
    place = await placeOf(server.admin);
  });
  afterAll(() => server.close());

  test('names as its publisher only what the caller may read', async () => {
    const [alice, bob] = [await server.person(unused('alice'), { roles: ['developer'] }), await server.person(unused('bob'), { roles: ['developer'] })];
    const run = await makeRun(bob, place);
    const own = await makeStep(bob, place, run, 'a');
    const hidden = await makeStep(alice, place, await makeRun(alice, place, { a: {} }, { private: true }), 'a');
    const component = async (more: object) =>
      (await alice.post('/components', { name: unused('store'), type: 'artifact_store', flavor: 'local', configuration: {}, ...more })).body.id;
    const publish = (key: string, more: object) =>
      bob.post('/run-metadata', { project: place.project, resources: [{ id: run.id, type: 'pipeline_run' }], values: { [key]: 1 }, types: { [key]: 'int' }, ...more });
    expect((await publish('a', { stack_component_id: await component({ private: true }) })).status).toBe(404);
    expect((await publish('b', { publisher_step_id: hidden.id })).status).toBe(404);
    expect((await publish('c', { publisher_step_id: crypto.randomUUID() })).status).toBe(404);
    expect((await publish('d', { stack_component_id: await component({}), publisher_step_id: own.id })).status).toBe(200);
    expect((await publish('e', { stack_component_id: null, publisher_step_id: null })).status).toBe(200);
    expect((await bob.get(`/runs/${run.id}`)).body.metadata.run_metadata).toEqual({ d: 1, e: 1 });
  });
});
