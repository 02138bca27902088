import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePipeline, makeSnapshot, makeStep, makeVersion, placeOf, postRun, unused, type Place } from '../../testing/pipelines.ts';
import { dialects, testServer, type Person, type TestServer } from '../../testing/server.ts';

describe.each(dialects)('runs that wait on %s', (dialect) => {
  let server: TestServer;
  let place: Place;
  beforeAll(async () => {
    server = await testServer(dialect);
    place = await placeOf(server.admin);
  });
  afterAll(() => server.close());

  const dynamicRun = async (person: Person, more: object = {}): Promise<any> => {
    const snapshot = await makeSnapshot(person, place, await makePipeline(person, place), { a: {} }, {}, { is_dynamic: true });
    return (await postRun(person, place, snapshot, more)).body[0];
  };
  const ask = (person: Person, run: any, more: object = {}) =>
    person.post('/run_wait_conditions', {
      project: place.project,
      run: run.id,
      name: 'approve',
      type: 'external_input',
      question: 'Go?',
      data_schema: null,
      metadata: {},
      ...more,
    });
  const statusOf = async (run: any) => (await server.admin.get(`/runs/${run.id}`)).body;
  const lease = (condition: any, mode: string) =>
    server.admin.put(`/run_wait_conditions/${condition.id}`, { poller_instance_id: 'p', poller_lease_expires_at: '2126-01-01T00:00:00', mode });

  test('ask once at a time, pause while nobody looks, and go on when they are answered', async () => {
    const { admin } = server;
    const run = await dynamicRun(admin);
    const data_schema = { type: 'object', properties: { rate: { type: 'number' } }, required: ['rate'] };
    const made = await ask(admin, run, { data_schema, metadata: { limit: 3, who: 'ops' } });
    expect(made.status, made.text).toBe(200);
    expect(made.body).toMatchObject({
      name: 'approve',
      body: { status: 'pending', type: 'external_input' },
      metadata: { question: 'Go?', data_schema, run_metadata: { limit: 3, who: 'ops' } },
      resources: { run: { id: run.id } },
    });
    expect((await ask(admin, run, { data_schema })).body.id).toBe(made.body.id);
    expect((await ask(admin, run, { question: 'Stop?' })).status).toBe(409);
    expect((await ask(admin, run, { name: 'second' })).status).toBe(403);
    expect((await statusOf(run)).resources.active_wait_condition.id).toBe(made.body.id);
    expect((await admin.get(`/run_wait_conditions?pipeline_run=${run.name}&status=pending&run_metadata=who:ops`)).body.total).toBe(1);
    expect((await lease(made.body, 'refresh')).body).toBe('pending');
    expect((await lease(made.body, 'finalize')).body).toBe('pending');
    expect((await statusOf(run)).body).toMatchObject({ status: 'paused', in_progress: true, status_reason: 'Waiting for input.' });
    const path = `/run_wait_conditions/${made.body.id}/resolve`;
    expect((await admin.put(path, { resolution: 'continue', result: { rate: 'fast' } })).status).toBe(422);
    expect((await admin.put(path, { resolution: 'perhaps' })).status).toBe(422);
    const answered = await admin.put(path, { resolution: 'continue', result: { rate: 1.5 } });
    expect(answered.body).toMatchObject({ body: { status: 'resolved' }, metadata: { resolution: 'continue', result: { rate: 1.5 } } });
    expect((await admin.put(path, { resolution: 'continue', result: { rate: 2 } })).status).toBe(403);
    expect((await statusOf(run)).body).toMatchObject({ status: 'paused', status_reason: 'Waiting for manual resume.' });
    expect((await statusOf(run)).resources.active_wait_condition).toBeNull();
    expect((await admin.put(`/runs/${run.id}`, { status: 'resuming' })).body.body.status).toBe('resuming');
    expect((await admin.get(`/run_wait_conditions?resolved_by=admin&pipeline_run=${run.id}`)).body.total).toBe(1);
    expect((await ask(admin, run, { name: 'second' })).status).toBe(200);
  });

  test('are left running where their poller takes the answer, and stop where they are told to', async () => {
    const { admin } = server;
    const [leased, aborted] = [await dynamicRun(admin), await dynamicRun(admin)];
    const [one, two] = [(await ask(admin, leased)).body, (await ask(admin, aborted)).body];
    await lease(one, 'refresh');
    expect((await admin.put(`/run_wait_conditions/${one.id}/resolve`, { resolution: 'continue', result: 5 })).status).toBe(403);
    expect((await admin.put(`/run_wait_conditions/${one.id}/resolve`, { resolution: 'continue' })).status).toBe(200);
    expect((await lease(one, 'refresh')).body).toBe('resolved');
    expect((await statusOf(leased)).body.status).toBe('running');
    expect((await lease(one, 'abandon')).body).toBe('resolved');
    expect((await statusOf(leased)).body.status).toBe('paused');
    await admin.put(`/run_wait_conditions/${two.id}/resolve`, { resolution: 'abort' });
    expect((await statusOf(aborted)).body).toMatchObject({ status: 'stopped', in_progress: false, status_reason: 'Wait condition was aborted.' });
  });

  test('are answered by who may change the run, seen by who may read it; static ones cannot wait', async () => {
    const [alice, guest, dev] = [
      await server.person(unused('al'), { roles: ['developer'] }),
      await server.person(unused('gu'), { roles: ['guest'] }),
      await server.person(unused('de'), { roles: ['developer'] }),
    ];
    const [open, closed] = [await dynamicRun(alice), await dynamicRun(alice, { private: true })];
    const [shown, hidden] = [(await ask(alice, open)).body, (await ask(alice, closed)).body];
    expect((await guest.put(`/run_wait_conditions/${shown.id}/resolve`, { resolution: 'continue' })).status).toBe(403);
    expect((await dev.get(`/run_wait_conditions/${hidden.id}`)).status).toBe(404);
    expect((await dev.put(`/run_wait_conditions/${hidden.id}/resolve`, { resolution: 'continue' })).status).toBe(404);
    expect((await dev.put(`/run_wait_conditions/${shown.id}/resolve`, { resolution: 'continue' })).status).toBe(200);
    const still = (await postRun(alice, place, await makeSnapshot(alice, place, await makePipeline(alice, place)))).body[0];
    expect((await ask(alice, still)).text).toContain('dynamic');
  });

  test('an answer is judged by a schema that cannot hold the server up', async () => {
    const { admin } = server;
    const answer = async (data_schema: unknown, result: unknown) => {
      const made = await ask(admin, await dynamicRun(admin), { data_schema });
      if (made.status !== 200) return made.status;
      return (await admin.put(`/run_wait_conditions/${made.body.id}/resolve`, { resolution: 'continue', result })).status;
    };
    expect(await answer({ type: 'string', pattern: '^(a+)+$' }, `${'a'.repeat(40)}!`)).toBe(200);
    expect(await answer({ $ref: '#' }, 1)).toBe(422);
    expect(await answer({ allOf: Array.from({ length: 40 }, () => ({ $ref: '#/$defs/a' })), $defs: { a: { type: 'number' } } }, 1)).toBe(200);
    expect(await answer({ type: 'array', items: { anyOf: Array.from({ length: 200 }, () => ({ type: 'string' })) } }, Array(1000).fill(1))).toBe(422);
    const doubling = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`d${i}`, { allOf: [{ $ref: `#/$defs/d${i + 1}` }, { $ref: `#/$defs/d${i + 1}` }] }]));
    expect(await answer({ $ref: '#/$defs/d0', $defs: { ...doubling, d30: { type: 'number' } } }, 1)).toBe(422);
  });

  test('calls of hooks are noted with what they left', async () => {
    const { admin } = server;
    const guest = await server.person(unused('gu'), { roles: ['guest'] });
    const run = await dynamicRun(admin);
    const step = await makeStep(admin, place, run, 'a');
    const version = await makeVersion(admin, place, unused('out'));
    const log = (await admin.post('/logs', { project: place.project, uri: 's3://x', source: 'hook', pipeline_run_id: run.id })).body;
    const id = crypto.randomUUID();
    const request = {
      id,
      project: place.project,
      hook_type: 'step_end',
      name: 'alert',
      status: 'completed',
      start_time: '2026-11-23T09:03:09.093821',
      end_time: '2026-11-23T09:03:10',
      source: 'hooks.alert',
      pipeline_run_id: run.id,
      step_run_id: step.id,
      outputs: { report: [version.id] },
      exception_info: null,
      logs_id: log.id,
    };
    expect((await guest.post('/hook_invocations', request)).status).toBe(403);
    const made = await admin.post('/hook_invocations', request);
    expect(made.status, made.text).toBe(200);
    expect(made.body).toMatchObject({
      id,
      name: 'alert',
      body: { hook_type: 'step_end', start_time: '2026-11-23T09:03:09.093821', step_run_id: step.id },
      metadata: { source: 'hooks.alert' },
      resources: { outputs: { report: [{ id: version.id }] }, log_collection: [{ id: log.id }] },
    });
    expect((await admin.get(`/hook_invocations?pipeline_run_id=${run.id}&hook_type=step_end&status=completed`)).body.total).toBe(1);
    expect(
      (await admin.post('/hook_invocations', { ...request, id: crypto.randomUUID(), step_run_id: (await makeStep(admin, place, await dynamicRun(admin), 'a')).id }))
        .status,
    ).toBe(404);
    expect((await admin.post('/hook_invocations', { ...request, id: crypto.randomUUID(), outputs: { report: [crypto.randomUUID()] } })).status).toBe(404);
    expect((await guest.del(`/hook_invocations/${id}`)).status).toBe(403);
    expect((await admin.del(`/hook_invocations/${id}`)).status).toBe(200);
    expect((await admin.get(`/artifact_versions/${version.id}`)).status).toBe(200);
  });
});
