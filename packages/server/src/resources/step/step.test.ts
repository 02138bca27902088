import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endStep, makePipeline, makeRun, makeSnapshot, makeStep, makeVersion, placeOf, postRun, postStep, unused, type Place } from '../../testing/pipelines.ts';
import { dialects, testServer, type TestServer } from '../../testing/server.ts';

describe.each(dialects)('steps on %s', (dialect) => {
  let server: TestServer;
  let place: Place;
  beforeAll(async () => {
    server = await testServer(dialect);
    place = await placeOf(server.admin);
  });
  afterAll(() => server.close());

  test('show what the snapshot says of them, with the clock of the run', async () => {
    const { admin } = server;
    const run = await makeRun(admin, place, { a: {}, b: { after: ['a'] } });
    const a = await makeStep(admin, place, run, 'a');
    const b = await makeStep(admin, place, run, 'b');
    expect(b.body).toMatchObject({ status: 'running', version: 1, is_retriable: false, substitutions: { date: '2026_11_23', time: '09_03_09_093821' } });
    expect(b.metadata).toMatchObject({
      parent_step_ids: [a.id],
      pipeline_run_id: run.id,
      config: { name: 'b', substitutions: { date: '2026_11_23' } },
      spec: { upstream_steps: ['a'] },
    });
    expect((await postStep(admin, place, run, 'nobody')).status).toBe(404);
    expect((await admin.get(`/runs/${run.id}/steps`)).body.items.map((step: any) => step.name)).toEqual(['a', 'b']);
    expect((await admin.get(`/steps/${b.id}/step-configuration`)).body.name).toBe('b');
    const dag = (await admin.get(`/runs/${run.id}/dag`)).body;
    expect(dag.nodes).toHaveLength(2);
    // Nothing that a made goes into b, and b waits for a all the same.
    expect(dag.edges).toEqual([{ source: 'step:a', target: 'step:b', metadata: {} }]);
  });

  test('are tried again as often as they may be', async () => {
    const { admin } = server;
    const run = await makeRun(admin, place, { a: { max_retries: 1 } });
    const first = await makeStep(admin, place, run, 'a');
    expect(first.body.is_retriable).toBe(true);
    expect((await endStep(admin, first, 'failed')).body.status).toBe('retrying');
    expect((await admin.get(`/runs/${run.id}/status`)).body).toBe('running');
    const second = await makeStep(admin, place, run, 'a');
    expect(second.body).toMatchObject({ version: 2, is_retriable: false });
    expect((await admin.get(`/steps/${first.id}/status`)).body).toBe('retried');
    expect((await postStep(admin, place, run, 'a')).status).toBe(409);
    await endStep(admin, second);
    expect((await admin.get(`/runs/${run.id}/status`)).body).toBe('completed');
    expect((await postStep(admin, place, run, 'a')).status).toBe(409);
    expect((await admin.get(`/steps?pipeline_run_id=${run.id}&exclude_retried=True`)).body.items.map((step: any) => step.id)).toEqual([second.id]);
    expect((await admin.get(`/steps?pipeline_run_id=${run.id}&exclude_retried=False`)).body.total).toBe(2);
  });

  test('of a run that is retried by two at once become two tries', async () => {
    const { admin } = server;
    const run = await makeRun(admin, place, { a: { max_retries: 5 } });
    const answers = await Promise.all(Array.from({ length: 4 }, () => postStep(admin, place, run, 'a')));
    expect(answers.map((answer) => answer.body.body.version).sort()).toEqual([1, 2, 3, 4]);
  });

  test('cannot be given what only the server gives, nor changed when they are over', async () => {
    const { admin } = server;
    const run = await makeRun(admin, place);
    expect((await postStep(admin, place, run, 'a', { status: 'retried' })).status).toBe(403);
    const step = await makeStep(admin, place, run, 'a');
    expect((await admin.put(`/steps/${step.id}`, { status: 'queued' })).status).toBe(403);
    await endStep(admin, step);
    const again = await admin.put(`/steps/${step.id}`, { status: 'running' });
    expect([again.status, again.body.detail[0]]).toEqual([403, 'IllegalOperationError']);
  });

  test('name what goes in and out; a cached one takes the outputs, values and origins of the original', async () => {
    const { admin } = server;
    const snapshot = await makeSnapshot(
      admin,
      place,
      await makePipeline(admin, place),
      { a: {}, b: { after: ['a'], inputs: { x: { step_name: 'a', output_name: 'output' } } } },
      { tags: [{ name: 'falls', cascade: true }, 'stays'] },
    );
    const [run] = (await postRun(admin, place, snapshot)).body;
    const [out, loaded, end] = [
      await makeVersion(admin, place, `${run.name}::a`),
      await makeVersion(admin, place, `${run.name}::l`),
      await makeVersion(admin, place, `${run.name}::b`),
    ];
    await endStep(admin, await makeStep(admin, place, run, 'a', { cache_key: `a-${dialect}` }), 'completed', { outputs: { output: [out.id] } });
    const b = await makeStep(admin, place, run, 'b', { inputs: { x: [out.id] }, cache_key: `b-${dialect}`, cache_expires_at: '2030-01-01T00:00:00' });
    await admin.post('/run-metadata', {
      project: place.project,
      resources: [{ id: b.id, type: 'step_run' }],
      values: { acc: 2 },
      types: { acc: 'int' },
      publisher_step_id: b.id,
    });
    const ended = await endStep(admin, b, 'completed', { outputs: { y: [end.id] }, loaded_artifact_versions: { more: loaded.id } });
    expect(ended.resources.inputs.x).toMatchObject([
      { id: out.id, input_type: 'step_output', index: 0, chunk_index: null, body: { version: '1', artifact: { name: `${run.name}::a` } } },
    ]);
    expect(ended.resources.inputs.more).toMatchObject([{ id: loaded.id, input_type: 'manual' }]);
    expect(ended.resources.outputs.y).toMatchObject([{ id: end.id }]);
    expect((await admin.get(`/artifact_versions/${end.id}`)).body.resources).toMatchObject({ producer_step_run_id: b.id, producer_pipeline_run_id: run.id });
    const hit = (
      await admin.get(`/steps?hydrate=True&sort_by=desc:created&page=1&size=1&project=${place.project}&cache_key=b-${dialect}&status=completed&cache_expired=False`)
    ).body.items[0];
    expect(hit.id).toBe(b.id);
    const [next] = (await postRun(admin, place, snapshot)).body;
    const cached = await makeStep(admin, place, next, 'b', {
      status: 'cached',
      original_step_run_id: b.id,
      inputs: { x: [out.id], more: [loaded.id] },
      outputs: { y: [end.id] },
      end_time: '2026-11-23T09:03:10.000001',
    });
    expect(cached.metadata.run_metadata).toEqual({ acc: 2 });
    expect(cached.resources.inputs.more[0].input_type).toBe('manual');
    expect((await admin.get(`/artifact_versions/${end.id}`)).body.resources).toMatchObject({ producer_step_run_id: b.id, tags: [{ name: 'falls' }] });
    await makeStep(admin, place, next, 'a', { status: 'cached', outputs: { output: [out.id] } });
    expect((await admin.get(`/runs/${next.id}`)).body.body).toMatchObject({ status: 'completed', in_progress: false });
    expect((await admin.del(`/artifact_versions/${end.id}`)).status).toBe(400);
  });

  test('claim as outputs only what the caller may change; a cached one lists what its original made, and tags nothing foreign', async () => {
    const { admin } = server;
    const role = unused('starter');
    await admin.post('/roles', { name: role, permissions: ['read', 'me', 'pipeline:create', 'run:create', 'tag:create', 'artifact:create'] });
    const carl = await server.person(unused('carl'), { roles: [role] });
    const [foreign, other] = [await makeVersion(admin, place, unused('foreign')), await makeVersion(admin, place, unused('foreign'))];
    const done = await makeStep(admin, place, await makeRun(admin, place), 'a');
    await endStep(admin, done, 'completed', { outputs: { o: [foreign.id] } });
    const snapshot = await makeSnapshot(carl, place, await makePipeline(carl, place), { a: {}, b: {} }, { tags: [{ name: unused('falls'), cascade: true }] });
    const [run] = (await postRun(carl, place, snapshot)).body;
    for (const status of ['running', 'cached', 'skipped']) {
      const claimed = await postStep(carl, place, run, 'a', { status, outputs: { o: [foreign.id] } });
      expect([claimed.status, claimed.body.needs], status).toEqual([403, 'artifact:update']);
    }
    const invented = await postStep(carl, place, run, 'a', { status: 'cached', original_step_run_id: done.id, outputs: { o: [other.id] } });
    expect([invented.status, invented.body.detail[0]]).toEqual([400, 'ValueError']);
    const cached = await makeStep(carl, place, run, 'a', { status: 'cached', original_step_run_id: done.id, outputs: { o: [foreign.id] } });
    expect(cached.resources.outputs.o).toMatchObject([{ id: foreign.id }]);
    expect((await admin.get(`/artifact_versions/${foreign.id}`)).body.resources).toMatchObject({ producer_step_run_id: done.id, tags: [] });
    const own = await makeVersion(carl, place, unused('own'));
    const step = await makeStep(carl, place, run, 'b', { inputs: { i: [foreign.id] } });
    expect((await carl.put(`/steps/${step.id}`, { outputs: { o: [other.id] } })).status).toBe(403);
    expect((await endStep(carl, step, 'completed', { outputs: { o: [own.id] } })).resources.outputs.o).toMatchObject([{ id: own.id }]);
    expect((await admin.del(`/artifact_versions/${other.id}`)).status).toBe(200);
  });

  test('of a cache that has expired are not found', async () => {
    const { admin } = server;
    const run = await makeRun(admin, place);
    await makeStep(admin, place, run, 'a', { cache_key: `old-${dialect}`, cache_expires_at: '2020-01-01T00:00:00' });
    expect((await admin.get(`/steps?cache_key=old-${dialect}&cache_expired=False`)).body.total).toBe(0);
    expect((await admin.get(`/steps?cache_key=old-${dialect}&cache_expired=True`)).body.total).toBe(1);
  });

  test('say that they are alive without leaving a trace', async () => {
    const { admin } = server;
    const run = await makeRun(admin, place, { a: { heartbeat: true } });
    const step = await makeStep(admin, place, run, 'a');
    expect(step.body.heartbeat_threshold).toBe(30);
    const before = (await admin.get('/audit_events?size=1')).body.total;
    expect((await admin.put(`/steps/${step.id}/heartbeat`, {})).body).toMatchObject({
      id: step.id,
      status: 'running',
      heartbeat_enabled: true,
      pipeline_run_status: 'running',
    });
    expect((await admin.get('/audit_events?size=1')).body.total).toBe(before);
    await endStep(admin, step);
    expect((await admin.put(`/steps/${step.id}/heartbeat`, {})).status).toBe(403);
  });

  test('find their logs, which stay where they are', async () => {
    const { admin } = server;
    const run = await makeRun(admin, place, { a: {}, b: {} });
    const id = crypto.randomUUID();
    expect((await admin.post('/logs', { project: place.project, id, uri: '/tmp/l', source: 'step' })).body.id).toBe(id);
    const step = await makeStep(admin, place, run, 'a', { logs: id });
    expect(step.resources.log_collection).toMatchObject([{ id, body: { source: 'step', step_run_id: step.id } }]);
    expect((await postStep(admin, place, run, 'b', { logs: id })).status).toBe(403);
    const other = await server.person(`dev-${dialect}`, { roles: ['guest'] });
    expect((await other.post('/logs', { project: place.project, id: crypto.randomUUID(), source: 'client' })).status).toBe(403);
  });
});
