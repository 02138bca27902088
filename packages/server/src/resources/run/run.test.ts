import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePipeline, makeRun, makeSnapshot, makeStep, endStep, placeOf, postRun, postStep, unused, type Place } from '../../testing/pipelines.ts';
import { dialects, testServer, type TestServer } from '../../testing/server.ts';

describe.each(dialects)('runs on %s', (dialect) => {
  let server: TestServer;
  let place: Place;
  beforeAll(async () => {
    server = await testServer(dialect);
    place = await placeOf(server.admin);
  });
  afterAll(() => server.close());

  test('a run that waits is taken over once: it keeps its id, name and start', async () => {
    const { admin } = server;
    const snapshot = await makeSnapshot(admin, place, await makePipeline(admin, place));
    const [waiting, made] = (await postRun(admin, place, snapshot, { status: 'initializing' })).body;
    expect(made).toBe(true);
    expect(waiting.body).toMatchObject({ status: 'initializing', in_progress: true, index: 1 });
    const [taken, first] = (await postRun(admin, place, snapshot, { orchestrator_run_id: 'o1', orchestrator_environment: { here: 'yes' } })).body;
    expect([taken.id, taken.name, first]).toEqual([waiting.id, waiting.name, true]);
    expect(taken.metadata).toMatchObject({ orchestrator_run_id: 'o1', orchestrator_environment: { here: 'yes' }, start_time: waiting.metadata.start_time });
    const [again, second] = (await postRun(admin, place, snapshot, { orchestrator_run_id: 'o1' })).body;
    expect([again.id, second]).toEqual([waiting.id, false]);
    const [other] = (await postRun(admin, place, snapshot, { orchestrator_run_id: 'o2' })).body;
    expect(other.id).not.toBe(waiting.id);
    expect(other.body.index).toBe(2);
  });

  test('of somebody else that waits, or has begun, is neither taken over nor told of', async () => {
    const { admin } = server;
    const [alice, bob] = [await server.person(unused('alice'), { roles: ['developer'] }), await server.person(unused('bob'), { roles: ['developer'] })];
    const snapshot = await makeSnapshot(admin, place, await makePipeline(admin, place));
    const [hidden] = (await postRun(alice, place, snapshot, { status: 'initializing', private: true })).body;
    const [own, made] = (await postRun(bob, place, snapshot)).body;
    expect([own.id === hidden.id, made]).toEqual([false, true]);
    expect((await alice.get(`/runs/${hidden.id}/status`)).body).toBe('initializing');
    const [taken] = (await postRun(alice, place, snapshot, { orchestrator_run_id: 'theirs' })).body;
    expect(taken.id).toBe(hidden.id);
    const clash = [await postRun(bob, place, snapshot, { orchestrator_run_id: 'theirs' })];
    const [waiting] = (await postRun(bob, place, snapshot, { status: 'initializing' })).body;
    clash.push(await postRun(bob, place, snapshot, { orchestrator_run_id: 'theirs' }));
    for (const refused of clash) {
      expect(refused.status, refused.text).toBe(409);
      expect(refused.text).not.toContain(hidden.id);
      expect(refused.text).not.toContain(hidden.name);
    }
    expect((await bob.get(`/runs/${waiting.id}/status`)).body).toBe('initializing');
  });

  test('of many that ask at once for one run of the orchestrator, all get the same', async () => {
    const { admin } = server;
    const snapshot = await makeSnapshot(admin, place, await makePipeline(admin, place));
    const answers = await Promise.all(Array.from({ length: 8 }, () => postRun(admin, place, snapshot, { orchestrator_run_id: 'race' })));
    expect(new Set(answers.map((answer) => answer.body[0].id)).size).toBe(1);
    expect(answers.filter((answer) => answer.body[1]).length).toBe(1);
  });

  test('a name is used once in a project', async () => {
    const run = await makeRun(server.admin, place);
    const snapshot = await makeSnapshot(server.admin, place, await makePipeline(server.admin, place));
    const answer = await postRun(server.admin, place, snapshot, { name: run.name });
    expect([answer.status, answer.body.detail[0]]).toEqual([409, 'EntityExistsError']);
  });

  test('follows its steps to the end, and what comes late changes nothing', async () => {
    const { admin } = server;
    const run = await makeRun(admin, place, { a: {}, b: { after: ['a'] } });
    const a = await makeStep(admin, place, run, 'a');
    await endStep(admin, a);
    expect((await admin.get(`/runs/${run.id}/status`)).body).toBe('running');
    await endStep(admin, await makeStep(admin, place, run, 'b'));
    const done = (await admin.get(`/runs/${run.id}`)).body;
    expect(done.body).toMatchObject({ status: 'completed', in_progress: false });
    expect(done.metadata.end_time).not.toBeNull();
    const late = await admin.put(`/runs/${run.id}`, { status: 'provisioning' });
    expect([late.status, late.body.body.status]).toEqual([200, 'completed']);
    expect((await admin.put(`/runs/${run.id}`, { status: 'failed' })).status).toBe(403);
    expect((await admin.put(`/runs/${run.id}`, { status: 'completed' })).status).toBe(200);
    expect((await admin.put(`/runs/${run.id}`, { status: 'cached' })).status).toBe(403);
    expect((await admin.post(`/runs/${run.id}/stop`)).status).toBe(403);
    expect((await admin.post(`/runs/${run.id}/refresh`)).status).toBe(501);
  });

  test('goes on after a failure with what does not depend on it', async () => {
    const { admin } = server;
    const run = await makeRun(admin, place, { a: {}, b: { after: ['a'] }, c: {} });
    await endStep(admin, await makeStep(admin, place, run, 'a'), 'failed');
    expect((await admin.get(`/runs/${run.id}`)).body.body).toMatchObject({ status: 'failed', in_progress: true });
    await endStep(admin, await makeStep(admin, place, run, 'c'));
    expect((await admin.get(`/runs/${run.id}`)).body.body).toMatchObject({ status: 'failed', in_progress: false });
  });

  test('takes no further step when it failed fast or is stopping', async () => {
    const { admin } = server;
    const fast = await makeRun(admin, place, { a: {}, b: {} }, {}, { execution_mode: 'fail_fast' });
    await endStep(admin, await makeStep(admin, place, fast, 'a'), 'failed');
    expect((await postStep(admin, place, fast, 'b')).status).toBe(403);
    const stopped = await makeRun(admin, place, { a: {}, b: {} });
    const a = await makeStep(admin, place, stopped, 'a');
    expect((await admin.post(`/runs/${stopped.id}/stop`)).text).toBe('null');
    expect((await admin.get(`/runs/${stopped.id}/status`)).body).toBe('stopping');
    expect((await postStep(admin, place, stopped, 'b')).status).toBe(403);
    await endStep(admin, a);
    expect((await admin.get(`/runs/${stopped.id}/status`)).body).toBe('stopped');
  });

  test('ends right when its last steps end at the same moment', async () => {
    const { admin } = server;
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const run = await makeRun(admin, place, Object.fromEntries(names.map((name) => [name, {}])));
    const steps: any[] = [];
    for (const name of names) steps.push(await makeStep(admin, place, run, name));
    await Promise.all(steps.map((step) => endStep(admin, step)));
    expect((await admin.get(`/runs/${run.id}`)).body.body).toMatchObject({ status: 'completed', in_progress: false });
  });

  test('shows the clock in its configuration, documents as they came, and packages only when asked', async () => {
    const { admin } = server;
    const snapshot = await makeSnapshot(admin, place, await makePipeline(admin, place), { a: { parameters: { lr: 'LR' } } });
    const [run] = (await postRun(admin, place, snapshot)).body;
    expect(run.metadata.config.substitutions).toEqual({ date: '2026_11_23', time: '09_03_09_093821' });
    expect(run.metadata.client_environment).toEqual({ os: 'linux' });
    expect((await admin.get(`/runs/${run.id}?include_python_packages=True`)).body.metadata.client_environment.python_packages).toEqual(['a==1']);
    const text = JSON.stringify({
      project: place.project,
      pipeline: snapshot.resources.pipeline.id,
      stack: place.stack,
      run_name_template: 'x',
      pipeline_configuration: { name: 'x', parameters: { f: 'FLOAT', big: 'BIG' } },
    })
      .replace('"FLOAT"', '1.0')
      .replace('"BIG"', '1234567890123456789012');
    const made = await admin.post('/pipeline_snapshots', text as never);
    expect(made.text).toContain('"f":1.0');
    expect(made.text).toContain('"big":1234567890123456789012');
  });

  test('is listed by pipeline, status, tag, metadata and model; what cannot be read is not', async () => {
    const { admin } = server;
    const run = await makeRun(admin, place, { a: {} }, { tags: ['blue-run'] });
    await admin.post('/run-metadata', { project: place.project, resources: [{ id: run.id, type: 'pipeline_run' }], values: { acc: 'high' }, types: { acc: 'str' } });
    const found = async (query: string) => (await admin.get(`/runs?${query}`)).body.items.map((item: any) => item.id);
    expect(await found(`pipeline=${run.resources.pipeline.name}`)).toEqual([run.id]);
    expect(await found(`pipeline_name=${run.resources.pipeline.name}&status=running&in_progress=True`)).toEqual([run.id]);
    expect(await found('tags=blue-run')).toEqual([run.id]);
    expect(await found('run_metadata=acc:high')).toEqual([run.id]);
    expect(await found('run_metadata=acc:startswith:hi&include_full_metadata=False')).toEqual([run.id]);
    expect(await found('run_metadata=acc:low')).toEqual([]);
    expect((await admin.get('/runs?run_metadata=nothing')).status).toBe(422);
    const [first] = (await admin.get(`/pipelines?name=${run.resources.pipeline.name}`)).body.items;
    expect(first.resources).toMatchObject({ latest_run_id: run.id, latest_run_status: 'running', latest_run_user: { name: 'admin' } });
  });

  test('of a private pipeline is private; one that is shared shows its runs, and steps go with the run', async () => {
    const { admin } = server;
    const alice = await server.person(unused('alice'), { roles: ['developer'] });
    const bob = await server.person(unused('bob'), { roles: ['developer'] });
    const carol = await server.person(unused('carol'));
    const hidden = await makePipeline(alice, place, { private: true });
    const [secret] = (await postRun(alice, place, await makeSnapshot(alice, place, hidden))).body;
    const step = await makeStep(alice, place, secret, 'a');
    for (const path of [`/pipelines/${hidden.id}`, `/runs/${secret.id}`, `/steps/${step.id}`, `/runs/${secret.id}/dag`]) {
      expect((await bob.get(path)).status, path).toBe(404);
      expect((await alice.get(path)).status, path).toBe(200);
    }
    expect((await admin.get(`/runs/${secret.id}`)).status).toBe(404);
    expect((await bob.put(`/steps/${step.id}`, { status: 'failed' })).status).toBe(404);
    expect((await postStep(bob, place, secret, 'a')).status).toBe(404);
    const open = await makePipeline(alice, place);
    const [shown] = (await postRun(alice, place, await makeSnapshot(alice, place, open))).body;
    expect((await carol.get(`/runs/${shown.id}`)).status).toBe(404);
    expect((await alice.post('/role_assignments', { role: 'guest', user: carol.name, resource_type: 'pipeline', resource_id: open.id })).status).toBe(200);
    expect((await carol.get(`/runs/${shown.id}`)).status).toBe(200);
    expect((await carol.put(`/runs/${shown.id}`, { status: 'failed' })).status).toBe(403);
  });

  test('leaves one audit row for each write', async () => {
    const { admin } = server;
    const total = async () => (await admin.get('/audit_events?size=1')).body.total as number;
    const run = await makeRun(admin, place, { a: {} });
    const before = await total();
    const step = await makeStep(admin, place, run, 'a', { outputs: {} });
    await endStep(admin, step);
    expect((await total()) - before).toBe(2);
  });

  test('is removed with its steps', async () => {
    const { admin } = server;
    const run = await makeRun(admin, place);
    const step = await makeStep(admin, place, run, 'a');
    expect((await admin.del(`/runs/${run.id}`)).text).toBe('null');
    expect((await admin.get(`/steps/${step.id}`)).status).toBe(404);
  });
});
