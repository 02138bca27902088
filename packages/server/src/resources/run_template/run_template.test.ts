import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePipeline, makeSnapshot, placeOf, postRun, unused, type Place } from '../../testing/pipelines.ts';
import { dialects, testServer, type Person, type TestServer } from '../../testing/server.ts';

describe.each(dialects)('templates and named snapshots on %s', (dialect) => {
  let server: TestServer;
  let place: Place;
  let remote: string;
  beforeAll(async () => {
    server = await testServer(dialect);
    place = await placeOf(server.admin);
    const component = async (type: string, flavor: string, configuration: object) =>
      (await server.admin.post('/components', { name: unused(type), type, flavor, configuration })).body.id;
    const components = {
      orchestrator: [await component('orchestrator', 'kubernetes', {})],
      artifact_store: [await component('artifact_store', 's3', { path: 's3://bucket' })],
      container_registry: [await component('container_registry', 'default', { uri: 'registry.example.org' })],
      deployer: [await component('deployer', 'docker', {})],
    };
    const { deployer: _, ...without } = components;
    remote = (await server.admin.post('/stacks', { name: unused('remote'), components: without })).body.id;
  });
  afterAll(() => server.close());

  const builtOn = async (person: Person, pipeline: any, stack: string, more: object = {}) => {
    const build = await person.post('/pipeline_builds', { project: place.project, pipeline: pipeline.id, stack, images: {}, is_local: false, contains_code: true });
    return makeSnapshot(person, { ...place, stack }, pipeline, { train: { parameters: { rate: 0.5 } } }, {}, { build: build.body.id, ...more });
  };

  test('are made of a snapshot whose stack can be reached from elsewhere, and name it', async () => {
    const { admin } = server;
    const pipeline = await makePipeline(admin, place);
    const request = (snapshot: any, more: object = {}) =>
      admin.post('/run_templates', {
        project: place.project,
        name: unused('nightly'),
        source_snapshot_id: snapshot.id,
        description: 'daily',
        hidden: false,
        tags: ['gold'],
        ...more,
      });
    expect((await request(await makeSnapshot(admin, place, pipeline))).text).toContain('needs a snapshot with a build');
    expect((await request(await builtOn(admin, pipeline, place.stack))).text).toContain('without local components');
    const snapshot = await builtOn(admin, pipeline, remote);
    const made = await request(snapshot);
    expect(made.status, made.text).toBe(200);
    expect(made.body).toMatchObject({
      body: { runnable: true, hidden: false },
      metadata: { description: 'daily', config_template: { run_name: '{date}', steps: { train: {} } } },
      resources: { pipeline: { id: pipeline.id }, source_snapshot: { id: snapshot.id, name: made.body.name }, latest_run_id: null, tags: [{ name: 'gold' }] },
    });
    expect((await admin.get(`/pipeline_snapshots/${snapshot.id}`)).body).toMatchObject({ name: made.body.name, metadata: { description: 'daily' } });
    const again = await builtOn(admin, pipeline, remote, { template: made.body.id });
    const [run] = (await postRun(admin, place, again)).body;
    const seen = await admin.get(`/run_templates?pipeline=${pipeline.name}&stack_id=${remote}&tags=gold&hidden=false`);
    expect(seen.body.items.map((item: any) => [item.id, item.resources.latest_run_id])).toEqual([[made.body.id, run.id]]);
    expect((await admin.get(`/runs/${run.id}`)).body.metadata).toMatchObject({ template_id: made.body.id, is_templatable: true });
    expect((await admin.get(`/runs?templatable=true&pipeline_id=${pipeline.id}`)).body.total).toBe(1);
    expect((await admin.put(`/run_templates/${made.body.id}`, { hidden: true, description: null })).body).toMatchObject({
      body: { hidden: true },
      metadata: { description: 'daily' },
    });
    expect((await admin.del(`/run_templates/${made.body.id}`)).status).toBe(200);
    expect((await admin.get(`/pipeline_snapshots/${again.id}`)).body.metadata.template_id).toBeNull();
  });

  test('belong to their pipeline: a private one hides its templates, and readers make none', async () => {
    const [alice, guest] = [await server.person(unused('al'), { roles: ['developer'] }), await server.person(unused('gu'), { roles: ['guest'] })];
    const open = await makePipeline(alice, place);
    const request = { project: place.project, name: unused('t'), hidden: true };
    expect((await guest.post('/run_templates', { ...request, source_snapshot_id: (await builtOn(alice, open, remote)).id })).status).toBe(403);
    const closed = await makePipeline(alice, place, { private: true });
    const snapshot = await builtOn(alice, closed, remote);
    expect((await server.admin.post('/run_templates', { ...request, source_snapshot_id: snapshot.id })).status).toBe(404);
    const made = await alice.post('/run_templates', { ...request, source_snapshot_id: snapshot.id });
    expect(made.status, made.text).toBe(200);
    expect((await server.admin.get(`/run_templates/${made.body.id}`)).status).toBe(404);
    // Hidden ones leave the snapshot without a name.
    expect((await alice.get(`/pipeline_snapshots/${snapshot.id}`)).body.name).toBeNull();
  });

  test('a name that is taken over removes what nothing needs and keeps what has runs', async () => {
    const { admin } = server;
    const pipeline = await makePipeline(admin, place);
    const [unneeded, used] = [await makeSnapshot(admin, place, pipeline, {}, {}, { name: 'a' }), await makeSnapshot(admin, place, pipeline, {}, {}, { name: 'b' })];
    await postRun(admin, place, used);
    await makeSnapshot(admin, place, pipeline, {}, {}, { name: 'a', replace: true });
    await makeSnapshot(admin, place, pipeline, {}, {}, { name: 'b', replace: true });
    expect((await admin.get(`/pipeline_snapshots/${unneeded.id}`)).status).toBe(404);
    expect((await admin.get(`/pipeline_snapshots/${used.id}`)).body.name).toBeNull();
  });

  test('old snapshots without a name are counted, then pruned, those that something uses kept', async () => {
    const { admin } = server;
    const project = (await admin.post('/projects', { name: unused('pruned') })).body.id;
    const there = { ...place, project };
    const pipeline = await makePipeline(admin, there);
    const [source, named, run] = [
      await makeSnapshot(admin, there, pipeline),
      await makeSnapshot(admin, there, pipeline, {}, {}, { name: 'kept' }),
      await makeSnapshot(admin, there, pipeline),
    ];
    const derived = await makeSnapshot(admin, there, pipeline, {}, {}, { source_snapshot: source.id });
    await postRun(admin, there, run);
    const guest = await server.person(unused('gu'), { roles: ['guest'] });
    const prune = (person: Person, more: object = {}) => person.post('/pipeline_snapshots/prune', { project, older_than: '2126-01-01T00:00:00', ...more });
    expect((await prune(admin)).body).toEqual({ snapshot_count: 1, task_id: null });
    expect((await prune(guest, { apply: true })).body.snapshot_count).toBe(0);
    expect((await prune(admin, { apply: true, older_than: '2000-01-01T00:00:00' })).body.snapshot_count).toBe(0);
    // What only the derived one named goes with it.
    expect((await prune(admin, { apply: true })).body.snapshot_count).toBe(2);
    const left = await admin.get(`/pipeline_snapshots?project=${project}`);
    expect(left.body.items.map((item: any) => item.id).sort()).toEqual([named.id, run.id].sort());
    expect(left.body.items.some((item: any) => item.id === derived.id)).toBe(false);
  });

  test('what a snapshot can be used for follows from its build and its stack', async () => {
    const { admin } = server;
    const pipeline = await makePipeline(admin, place);
    const [bare, built] = [await makeSnapshot(admin, place, pipeline), await builtOn(admin, pipeline, place.stack)];
    expect([bare.body.runnable, bare.body.deployable, built.body.runnable, built.body.deployable]).toEqual([false, false, true, true]);
    const listed = async (query: string) => (await admin.get(`/pipeline_snapshots?pipeline_id=${pipeline.id}&${query}`)).body.items.map((item: any) => item.id);
    expect(await listed('runnable=True')).toEqual([built.id]);
    expect(await listed('deployable=True')).toEqual([built.id]);
    const deployer = (await admin.get('/components?type=deployer&name=default')).body.items[0].id;
    const deployment = await admin.post('/deployments', { project: place.project, name: unused('d'), snapshot_id: built.id, deployer_id: deployer, private: true });
    expect(await listed('deployed=True')).toEqual([built.id]);
    expect((await admin.get(`/pipeline_snapshots/${built.id}`)).body.resources.deployment.id).toBe(deployment.body.id);
    const other = await server.person(unused('dev'), { roles: ['developer'] });
    expect((await other.get(`/pipeline_snapshots/${built.id}`)).body.resources.deployment).toBeNull();
    expect((await other.get(`/pipeline_snapshots?pipeline_id=${pipeline.id}&deployed=True`)).body.total).toBe(0);
  });
});
