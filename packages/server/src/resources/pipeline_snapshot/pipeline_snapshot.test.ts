import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePipeline, makeSnapshot, placeOf, unused, type Place } from '../../testing/pipelines.ts';
import { dialects, testServer, type TestServer } from '../../testing/server.ts';

describe.each(dialects)('snapshots on %s', (dialect) => {
  let server: TestServer;
  let place: Place;
  beforeAll(async () => {
    server = await testServer(dialect);
    place = await placeOf(server.admin);
  });
  afterAll(() => server.close());

  test('give back five hundred steps in order, or those that are asked for, under both paths', async () => {
    const { admin } = server;
    const names = Array.from({ length: 500 }, (_, i) => `step_${(i * 7) % 500}`);
    const snapshot = await makeSnapshot(admin, place, await makePipeline(admin, place), Object.fromEntries(names.map((name) => [name, {}])));
    expect(Object.keys(snapshot.metadata.step_configurations)).toEqual(names);
    const some = await admin.get(`/pipeline_deployments/${snapshot.id}?step_configuration_filter=step_3&step_configuration_filter=step_9`);
    expect(Object.keys(some.body.metadata.step_configurations).sort()).toEqual(['step_3', 'step_9']);
    expect(snapshot.body).toMatchObject({ runnable: false, deployable: false, is_dynamic: false });
  });

  test('have a name once in a pipeline, unless it is replaced or released', async () => {
    const { admin } = server;
    const pipeline = await makePipeline(admin, place);
    const one = await makeSnapshot(admin, place, pipeline, {}, {}, { name: 'best' });
    const two = await makeSnapshot(admin, place, pipeline, {}, {}, { name: false });
    expect([one.name, two.name]).toEqual(['best', null]);
    expect((await admin.put(`/pipeline_snapshots/${two.id}`, { name: 'best' })).status).toBe(409);
    expect((await admin.put(`/pipeline_snapshots/${two.id}`, { name: 'best', replace: true })).body.name).toBe('best');
    // Nothing needs the one that lost its name.
    expect((await admin.get(`/pipeline_snapshots/${one.id}`)).status).toBe(404);
    expect((await admin.get(`/pipeline_snapshots?pipeline=${pipeline.name}&named_only=True`)).body.items.map((item: any) => item.id)).toEqual([two.id]);
    expect((await admin.put(`/pipeline_snapshots/${two.id}`, { name: null })).body.name).toBeNull();
  });

  test('belong to their pipeline: whoever may not change it makes none, and what they point to must be seen', async () => {
    const { admin } = server;
    const alice = await server.person(unused('al'), { roles: ['developer'] });
    const guest = await server.person(unused('gu'), { roles: ['guest'] });
    const pipeline = await makePipeline(alice, place);
    const input = { project: place.project, pipeline: pipeline.id, stack: place.stack, run_name_template: 'x', pipeline_configuration: { name: 'x' } };
    expect((await guest.post('/pipeline_snapshots', input)).status).toBe(403);
    expect((await alice.post('/pipeline_snapshots', { ...input, stack: crypto.randomUUID() })).status).toBe(404);
    const repository = (
      await alice.post('/code_repositories', { project: place.project, name: unused('repo'), config: { a: 1 }, source: { module: 'm' }, private: true })
    ).body;
    const made = await alice.post('/pipeline_snapshots', { ...input, code_reference: { commit: 'abc', subdirectory: '.', code_repository: repository.id } });
    expect(made.body.resources.code_reference.body).toMatchObject({ commit: 'abc', code_repository: { id: repository.id } });
    expect((await admin.post('/pipeline_snapshots', { ...input, code_reference: { commit: 'abc', subdirectory: '.', code_repository: repository.id } })).status).toBe(
      404,
    );
    const seen = (await admin.get(`/pipeline_snapshots/${made.body.id}`)).body.resources.code_reference;
    expect(seen).toMatchObject({ permission_denied: true, body: null });
  });

  test('builds and schedules belong to a pipeline too', async () => {
    const { admin } = server;
    const pipeline = await makePipeline(admin, place);
    const build = await admin.post('/pipeline_builds', {
      project: place.project,
      pipeline: pipeline.id,
      stack: place.stack,
      images: { orchestrator: { image: 'i' } },
      is_local: false,
      contains_code: true,
    });
    expect(build.body).toMatchObject({ metadata: { is_local: false, pipeline: { id: pipeline.id } } });
    expect((await makeSnapshot(admin, place, pipeline, {}, {}, { build: build.body.id })).body.runnable).toBe(true);
    const schedule = await admin.post('/schedules', {
      project: place.project,
      name: unused('nightly'),
      active: true,
      cron_expression: '0 3 * * *',
      orchestrator_id: null,
      pipeline_id: pipeline.id,
      catchup: false,
    });
    expect(schedule.body).toMatchObject({ body: { active: true, is_archived: false }, metadata: { pipeline_id: pipeline.id, run_metadata: {} } });
    expect((await admin.put(`/schedules/${schedule.body.id}`, { active: false, name: null })).body.body.active).toBe(false);
    expect((await admin.del(`/pipelines/${pipeline.id}`)).status).toBe(200);
    expect((await admin.get(`/schedules/${schedule.body.id}`)).status).toBe(404);
  });
});
