import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePipeline, makeSnapshot, placeOf, postRun, unused, type Place } from '../testing/pipelines.ts';
import { testServer, type TestServer } from '../testing/server.ts';

let server: TestServer;
let place: Place;
beforeAll(async () => {
  server = await testServer('sqlite');
  place = await placeOf(server.admin);
});
afterAll(() => server.close());

test('under the name of a project old clients list what lies in it and add to it; the path wins', async () => {
  const { admin } = server;
  const [one, two] = [(await admin.post('/projects', { name: unused('one') })).body, (await admin.post('/projects', { name: unused('two') })).body];
  const made = await admin.post(`/workspaces/${one.name}/pipelines`, { project: two.id, name: 'train' });
  expect(made.status, made.text).toBe(200);
  expect(made.body.body.project_id).toBe(one.id);
  expect((await admin.post(`/workspaces/${two.id}/pipelines`, { name: 'train' })).body.body.project_id).toBe(two.id);
  for (const at of [one.name, one.id])
    expect((await admin.get(`/workspaces/${at}/pipelines?project=${two.id}`)).body.items.map((item: any) => item.id)).toEqual([made.body.id]);
  const there = { ...place, project: one.id };
  const snapshot = await makeSnapshot(admin, there, made.body);
  expect((await admin.get(`/workspaces/${one.name}/pipeline_deployments`)).body.items[0].id).toBe(snapshot.id);
  const run = await admin.post(`/workspaces/${one.name}/runs`, { snapshot: snapshot.id, name: unused('run'), status: 'running', orchestrator_environment: {} });
  expect(run.body[1], run.text).toBe(true);
  const values = { resources: [{ id: run.body[0].id, type: 'pipeline_run' }], values: { a: 1 }, types: { a: 'int' } };
  expect((await admin.post(`/workspaces/${one.name}/run-metadata`, values)).status).toBe(200);
  const model = (await admin.post(`/workspaces/${one.name}/models`, { name: 'm' })).body;
  const version = await admin.post(`/workspaces/${one.name}/models/${model.id}/model_versions`, { name: 'v' });
  expect(version.body.body.model.id, version.text).toBe(model.id);
  // Stacks lie in no project: the path names one, and nothing follows from it.
  expect((await admin.get(`/workspaces/${one.name}/stacks?name=default`)).body.total).toBe(1);
  expect((await admin.get(`/workspaces/${one.name}/statistics`)).body).toMatchObject({ pipelines: 1, runs: 1 });
});

test('the old names open nothing that the new ones keep shut', async () => {
  const { admin } = server;
  const secret = (await admin.post('/projects', { name: unused('hidden') })).body;
  const outsider = await server.person(unused('out'), { projects: [{ project: 'default', role: 'developer' }] });
  const guest = await server.person(unused('gu'), { roles: ['guest'] });
  const there = { ...place, project: secret.id };
  const [run] = (await postRun(admin, there, await makeSnapshot(admin, there, await makePipeline(admin, there)))).body;
  for (const path of ['pipelines', 'runs', 'services', 'run_templates', 'models']) {
    const [hidden, missing] = [await outsider.get(`/workspaces/${secret.name}/${path}`), await outsider.get(`/workspaces/no-such/${path}`)];
    expect([hidden.status, missing.status], path).toEqual([404, 404]);
    expect(hidden.text.replaceAll(secret.name, 'no-such')).toBe(missing.text);
  }
  expect((await outsider.post(`/workspaces/${secret.name}/pipelines`, { project: 'default', name: 'x' })).status).toBe(404);
  expect((await guest.post('/workspaces/default/pipelines', { name: 'x' })).status).toBe(403);
  expect((await guest.post('/workspaces/default/secrets', { name: 'x', values: {} })).status).toBe(403);
  expect((await guest.get(`/workspaces/${secret.name}/runs`)).body.items.map((item: any) => item.id)).toEqual([run.id]);
  expect((await server.anonymous.get('/workspaces/default/runs')).status).toBe(401);
});
