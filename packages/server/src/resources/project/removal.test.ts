import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePipeline, makeSnapshot, placeOf, postRun, unused, type Place } from '../../testing/pipelines.ts';
import { dialects, testServer, type TestServer } from '../../testing/server.ts';

describe.each(dialects)('projects on %s', (dialect) => {
  let server: TestServer;
  let place: Place;
  beforeAll(async () => {
    server = await testServer(dialect);
    place = await placeOf(server.admin);
  });
  afterAll(() => server.close());

  test('tell what would go with them, as far as one sees it, and what stands in the way', async () => {
    const { admin } = server;
    const project = (await admin.post('/projects', { name: unused('doomed') })).body;
    const there = { ...place, project: project.id };
    const ada = await server.person(unused('ada'), { projects: [{ project: project.name, role: 'developer' }] });
    const snapshot = await makeSnapshot(ada, there, await makePipeline(ada, there));
    await postRun(ada, there, snapshot);
    await ada.post('/models', { project: project.id, name: 'm' });
    const before = (await admin.get(`/projects/${project.name}/removal`)).body;
    expect(Object.fromEntries(before.goes.map((one: any) => [one.type, one.count]))).toMatchObject({
      pipeline: 1,
      pipeline_snapshot: 1,
      run: 1,
      model: 1,
      role_assignment: 1,
    });
    expect(before).toMatchObject({ hindered: null, total: 5 });
    expect(before.goes.find((one: any) => one.type === 'run').label).toBe('run');
    const hidden = (await ada.post('/models', { project: project.id, name: 'hers', private: true })).body;
    const after = (await admin.get(`/projects/${project.name}/removal`)).body;
    // How many there are of what he cannot see is not told.
    expect(after.goes).toEqual(before.goes);
    expect(after.hindered).toContain('private things of others');
    expect((await admin.del(`/projects/${project.name}`)).status).toBe(403);
    expect((await ada.get(`/projects/${project.name}/removal`)).status).toBe(403);
    expect(
      (await server.person(unused('out'), { projects: [{ project: 'default', role: 'admin' }] }).then((out) => out.get(`/projects/${project.name}/removal`))).status,
    ).toBe(404);
    await ada.del(`/models/${hidden.id}`);
    expect((await admin.del(`/projects/${project.name}`)).status).toBe(200);
    expect((await admin.get('/projects/default/removal')).body.hindered).toContain('default');
  });

  test('one of them opens first for a person, until it goes or is hidden from her', async () => {
    const { admin } = server;
    const project = (await admin.post('/projects', { name: unused('first') })).body;
    const herself = (await admin.post('/roles', { name: unused('herself'), permissions: ['me'] })).body.name;
    const ada = await server.person(unused('ada'), { roles: [herself], projects: [{ project: project.name, role: 'developer' }] });
    expect((await ada.put('/current-user', { default_project_id: project.id })).body.body.default_project_id).toBe(project.id);
    expect((await ada.get('/current-user')).body.body.default_project_id).toBe(project.id);
    const other = (await admin.post('/projects', { name: unused('hidden') })).body;
    expect((await ada.put('/current-user', { default_project_id: other.id })).status).toBe(404);
    await admin.del(`/projects/${project.id}`);
    expect((await ada.get('/current-user')).body.body.default_project_id).toBeNull();
    expect((await ada.put('/current-user', { default_project_id: null })).status).toBe(200);
  });
});
