import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeRun, placeOf, unused, type Place } from '../../testing/pipelines.ts';
import { dialects, testServer, type TestServer } from '../../testing/server.ts';

describe.each(dialects)('log entries on %s', (dialect) => {
  let server: TestServer;
  let place: Place;
  beforeAll(async () => {
    server = await testServer(dialect);
    place = await placeOf(server.admin);
  });
  afterAll(() => server.close());

  test('are their maker’s alone until they hang on a run, and then they stay there', async () => {
    const { admin } = server;
    const dev = await server.person(unused('dev'), { roles: ['developer'] });
    const id = crypto.randomUUID();
    const made = await dev.post('/logs', { project: place.project, id: id.replaceAll('-', ''), uri: '/tmp/l', source: 'client' });
    expect(made.body).toMatchObject({ id, body: { pipeline_run_id: null }, metadata: { pipeline_run_id: null } });
    expect((await admin.get(`/logs/${id}`)).status).toBe(404);
    const [one, two] = [await makeRun(dev, place), await makeRun(dev, place)];
    expect((await dev.put(`/logs/${id}`, { pipeline_run_id: one.id, step_run_id: null })).body.metadata.pipeline_run_id).toBe(one.id);
    expect((await dev.put(`/logs/${id}`, { pipeline_run_id: one.id })).status).toBe(200);
    expect((await dev.put(`/logs/${id}`, { pipeline_run_id: two.id })).status).toBe(403);
    expect((await admin.get(`/logs/${id}`)).status).toBe(200);
    expect((await admin.get(`/runs/${one.id}`)).body.resources.log_collection).toMatchObject([{ id }]);
    expect((await dev.post('/logs', { project: place.project, id, source: 'client' })).status).toBe(409);
  });

  test('are hung on a run only by who may change the run', async () => {
    const name = unused('reader');
    await server.admin.post('/roles', { name, permissions: ['read', 'me', 'run:create'] });
    const reader = await server.person(unused('rea'), { roles: [name] });
    const run = await makeRun(server.admin, place);
    const mine = (await reader.post('/logs', { project: place.project, id: crypto.randomUUID(), source: 'client' })).body;
    expect((await reader.put(`/logs/${mine.id}`, { pipeline_run_id: run.id })).status).toBe(403);
    expect((await reader.post('/logs', { project: place.project, id: crypto.randomUUID(), source: 'client', pipeline_run_id: run.id })).status).toBe(403);
  });
});
