// What a third, hostile reading found, of secrets, stores, triggers, webhooks and what hangs on them: each as the attack that no longer works.
import { createHmac } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { counted } from '../services/stores/archive.ts';
import { until } from '../services/streams.ts';
import { withOnly } from './hostile.ts';
import { endStep, makePipeline, makeRun, makeSnapshot, makeStep, makeVersion, placeOf, postRun, unused, type Place } from './pipelines.ts';
import { dialects, testServer, type Person, type TestServer } from './server.ts';

const LENIENT = { 'user-agent': 'zenml/0.98.0' };

describe.each(dialects)('attacks of the third reading on %s', (dialect) => {
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
    };
    remote = (await server.admin.post('/stacks', { name: unused('remote'), components })).body.id;
  });
  afterAll(() => server.close());

  const runnable = async (person: Person, more: object = {}): Promise<any> => {
    const pipeline = await makePipeline(person, place, more);
    const build = await person.post('/pipeline_builds', {
      project: place.project,
      pipeline: pipeline.id,
      stack: remote,
      images: {},
      is_local: false,
      contains_code: true,
    });
    const snapshot = await makeSnapshot(person, { ...place, stack: remote }, pipeline, { a: {} }, {}, { build: build.body.id, name: unused('best') });
    return { ...snapshot, pipeline };
  };
  const ok = (answer: any): any => {
    expect(answer.status, answer.text).toBe(200);
    return answer.body;
  };

  test('a pipeline of one’s own that the request names beside it opens no snapshot of another pipeline', async () => {
    const { admin } = server;
    const eve = await withOnly(server, unused('eve'), ['read', 'pipeline:create']);
    const mine = await makePipeline(eve, place);
    const theirs = await runnable(admin);
    const request = { project: place.project, name: 'stolen', source_snapshot_id: theirs.id, pipeline_id: mine.id, hidden: false };
    for (const headers of [{}, LENIENT]) expect((await eve.post('/run_templates', request, headers)).status).not.toBe(200);
    expect((await admin.get(`/pipeline_snapshots/${theirs.id}`)).body.name).toBe(theirs.name);
  });

  test('an event that only looks like JSON stops no trigger of anybody', async () => {
    const { admin } = server;
    const hook = ok(await admin.post('/webhooks', { project: place.project, name: unused('hook'), webhook_type: 'custom', secret: 'hush' }));
    const send = async (text: string) =>
      (
        await server.anonymous.post(`/webhooks/custom/${hook.id}/events`, text, {
          'x-zenml-event': 'ping',
          'x-zenml-signature-256': `sha256=${createHmac('sha256', 'hush').update(text).digest('hex')}`,
        })
      ).status;
    expect(await send('\ufeff{"a": 1}')).toBeLessThan(500);
    expect(await send(`{"a": ${'['.repeat(50_000)}${']'.repeat(50_000)}}`)).toBeLessThan(500);
    expect(
      await server.jobs.run('events').then(
        () => 'done',
        () => 'failed',
      ),
    ).toBe('done');
    expect((await admin.get(`/webhooks/${hook.id}/events/raw`)).body).toEqual({ body: { a: 1 } });
    // Whatever else may go wrong with one keeps no other waiting.
    const { database } = server.app;
    const pending = () => database.read.selectFrom('pending_dispatch').select('detail').execute();
    await database.transaction(async (tx) => {
      const at = { created: server.app.clock(), webhook_id: hook.id, event_type: 'x' };
      await tx
        .insertInto('webhook_event')
        .values({ ...at, delivery_id: 'poison', body: 'no JSON' })
        .execute();
      const one = { id: crypto.randomUUID(), created: '2020-01-01T00:00:00.000000', kind: 'webhook', subject_id: hook.id, detail: 'poison' };
      await tx
        .insertInto('pending_dispatch')
        .values([one, { ...one, id: crypto.randomUUID(), created: at.created }])
        .execute();
    });
    expect(await send('{"b": 1}')).toBe(202);
    await expect(server.jobs.run('events')).rejects.toThrow();
    expect((await pending()).map((one) => one['detail'])).toEqual(['poison']);
    server.shift(2 * 3600);
    await expect(server.jobs.run('events')).rejects.toThrow();
    expect(await pending()).toEqual([]);
    server.shift(-2 * 3600);
  });

  test('whoever knows the address of a webhook but not its secret does not occupy the one who writes', async () => {
    const hook = ok(await server.admin.post('/webhooks', { project: place.project, name: unused('hook'), webhook_type: 'custom', secret: 'hush' }));
    let transactions = 0;
    const { database } = server.app;
    const counting = {
      ...database,
      get read() {
        return database.read;
      },
      transaction: (work: never) => ((transactions += 1), database.transaction(work)),
    };
    Object.assign(server.app, { database: counting });
    try {
      const sent = await Promise.all(Array.from({ length: 200 }, () => server.anonymous.post(`/webhooks/custom/${hook.id}/events`, '{}')));
      expect(new Set(sent.map((one) => one.status))).toEqual(new Set([401]));
      expect(transactions).toBeLessThan(100);
      server.shift(2);
      await server.anonymous.post(`/webhooks/custom/${hook.id}/events`, '{}');
    } finally {
      Object.assign(server.app, { database });
    }
    expect((await server.admin.get(`/webhooks/${hook.id}`)).body.metadata.stats).toMatchObject({ auth_failed_count: 201, received_count: 201 });
  });

  test('a question whose schema refers to itself is not asked: an answer to it would keep everybody waiting', async () => {
    const { admin } = server;
    const snapshot = await makeSnapshot(admin, place, await makePipeline(admin, place), { a: {} }, {}, { is_dynamic: true });
    const run = (await postRun(admin, place, snapshot)).body[0];
    const again = (ref: object) => ({ type: 'array', anyOf: [{ items: ref }, { items: ref }] });
    const schemas = [
      again({ $ref: '#' }),
      { $dynamicAnchor: 'x', ...again({ $dynamicRef: '#x' }) },
      { $recursiveAnchor: true, ...again({ $recursiveRef: '#' }) },
      { $ref: '#/$defs/a', $defs: { a: again({ $ref: '#/$defs/b' }), b: again({ $ref: '#/$defs/a' }) } },
      { $id: 'https://example.org/a', ...again({ $ref: 'https://example.org/a' }) },
    ];
    let deep: unknown = 1;
    for (let i = 0; i < 14; i += 1) deep = [deep];
    for (const [i, data_schema] of schemas.entries()) {
      const asked = await admin.post('/run_wait_conditions', {
        project: place.project,
        run: run.id,
        name: `q${i}`,
        type: 'external_input',
        question: 'Go?',
        data_schema,
        metadata: {},
      });
      expect(asked.status, JSON.stringify(data_schema)).toBe(422);
    }
  });

  const general = (person: Person, type: string, id: string, to: 'private' | 'shared') => person.put(`/shares/${type}/${id}`, { general: to, confirm: true });

  test('a trigger hears of what its owner may see at that moment, and of nothing else', async () => {
    const { admin } = server;
    const eve = await server.person(unused('eve'), { roles: ['developer'] });
    const pipeline = await makePipeline(admin, place);
    const own = await runnable(eve);
    const listening = async (more: object) => {
      const trigger = ok(await eve.post('/triggers', { project: place.project, name: unused('ear'), concurrency: 'submit', ...more }));
      ok(await eve.put(`/triggers/${trigger.id}/pipeline_snapshots/${own.id}`));
      return async (): Promise<[number, number]> => {
        const shown = ok(await eve.get(`/triggers/${trigger.id}`));
        return [ok(await eve.get(`/runs?trigger_id=${trigger.id}`)).total, Object.keys(shown.resources.snapshot_dispatch_states).length];
      };
    };
    const heard = await listening({ type: 'platform_event', source_entity: { type: 'pipeline', id: pipeline.id }, target_events: ['run_completed', 'run_failed'] });
    const ended = async (more: object = {}) => {
      const run = ok(await postRun(admin, place, await makeSnapshot(admin, place, pipeline), more))[0];
      await endStep(admin, await makeStep(admin, place, run, 'a'));
      await server.jobs.run('events');
    };
    // A private run of a pipeline that one sees, then runs of a pipeline that one sees no longer.
    await ended({ private: true });
    expect(await heard()).toEqual([0, 0]);
    await ended();
    expect(await heard()).toEqual([1, 1]);
    ok(await general(admin, 'pipeline', pipeline.id, 'private'));
    await ended();
    expect(await heard()).toEqual([1, 1]);

    const hook = ok(await admin.post('/webhooks', { project: place.project, name: unused('hook'), webhook_type: 'custom', secret: 'hush' }));
    const told = await listening({ type: 'webhook', webhook_id: hook.id, configuration: { target_events: null } });
    const send = async () => {
      const text = JSON.stringify({ at: unused('x') });
      const signature = `sha256=${createHmac('sha256', 'hush').update(text).digest('hex')}`;
      await server.anonymous.post(`/webhooks/custom/${hook.id}/events`, text, { 'x-zenml-event': 'ping', 'x-zenml-signature-256': signature });
      await server.jobs.run('events');
    };
    await send();
    expect(await told()).toEqual([1, 1]);
    ok(await general(admin, 'webhook', hook.id, 'private'));
    await send();
    expect(await told()).toEqual([1, 1]);
  });

  test('a trigger that others see tells them nothing of a snapshot that they do not', async () => {
    const { admin } = server;
    const eve = await server.person(unused('eve'), { roles: ['developer'] });
    const hidden = await runnable(admin, { private: true, name: unused('whisper') });
    const trigger = ok(
      await admin.post('/triggers', { project: place.project, name: unused('loud'), type: 'schedule', cron_expression: '0 * * * *', concurrency: 'submit' }),
    );
    ok(await admin.put(`/triggers/${trigger.id}/pipeline_snapshots/${hidden.id}`, { model: { name: 'whispered', version: '7' } }));
    server.shift(3600);
    await server.jobs.run('schedules');
    server.shift(-3600);
    expect(JSON.stringify(ok(await admin.get(`/triggers/${trigger.id}`)).resources.snapshot_dispatch_states)).toContain('whispered');
    expect(ok(await eve.get(`/triggers/${trigger.id}`)).resources).toMatchObject({
      snapshot_dispatch_states: {},
      snapshots: [{ id: hidden.id, permission_denied: true }],
    });
    for (const path of [`/triggers/${trigger.id}`, '/triggers?hydrate=true', '/audit_events?size=1000&hydrate=true'])
      expect((await eve.get(path)).text).not.toMatch(/whisper/);
    expect((await server.person(unused('auditor'), { roles: ['admin'] }).then((one) => one.get('/audit_events?size=1000&hydrate=true'))).text).not.toMatch(/whispered/);
  });

  test('a token that is limited sets nothing going that would act without its limit', async () => {
    const { admin } = server;
    const snapshot = await runnable(admin);
    const trigger = ok(await admin.post('/triggers', { project: place.project, name: unused('later'), type: 'schedule', cron_expression: '0 * * * *' }));
    const made = ok(
      await admin.post('/tokens', { name: unused('narrow'), permissions: ['trigger:read', 'trigger:update', 'run:create', 'run:read', 'pipeline:read', 'project:read'] }),
    );
    const narrow = server.as('admin', made.body.token);
    const refused = await narrow.put(`/triggers/${trigger.id}/pipeline_snapshots/${snapshot.id}`, { model: { name: unused('made') } });
    expect(refused.status, refused.text).toBe(403);
    ok(await admin.put(`/triggers/${trigger.id}/pipeline_snapshots/${snapshot.id}`));
  });

  test('the token of a deployment ends with the deployment', async () => {
    const { admin } = server;
    const snapshot = await makeSnapshot(admin, place, await makePipeline(admin, place));
    const deployer = ok(await admin.post('/components', { name: unused('d'), type: 'deployer', flavor: 'docker', configuration: {} })).id;
    const deployment = ok(await admin.post('/deployments', { project: place.project, name: unused('served'), snapshot_id: snapshot.id, deployer_id: deployer }));
    const token = ok(await admin.get(`/api_token?token_type=workload&deployment_id=${deployment.id}`));
    const workload = server.as('admin', token);
    expect((await workload.get('/current-user')).status).toBe(200);
    ok(await admin.del(`/deployments/${deployment.id}`));
    expect((await workload.get('/current-user')).status).toBe(401);
  });

  test('what lies in one project names nothing of another one, also once it is there', async () => {
    const { admin } = server;
    const other = ok(await admin.post('/projects', { name: unused('other') })).id;
    const elsewhere = { ...place, project: other };
    const model = ok(await admin.post('/models', { project: other, name: unused('model') }));
    const version = ok(await admin.post('/model_versions', { project: other, model: model.id, name: 'a' }));
    const service = ok(
      await admin.post('/services', { project: place.project, name: unused('s'), service_type: { type: 'x', flavor: 'y' }, config: { n: unused('c') } }),
    );
    expect((await admin.put(`/services/${service.id}`, { model_version_id: version.id })).status).toBe(404);
    const foreign = await makeVersion(admin, place, unused('art'));
    expect((await admin.post('/model_version_artifacts', { model_version: version.id, artifact_version: foreign.id })).status).toBe(404);
    const run = await makeRun(admin, place);
    expect((await admin.post('/model_version_pipeline_runs', { model_version: version.id, pipeline_run: run.id })).status).toBe(404);
    const log = ok(await admin.post('/logs', { project: other, uri: 's3://x' }));
    expect((await admin.put(`/logs/${log.id}`, { pipeline_run_id: run.id })).status).toBe(404);
    const theirs = await makeVersion(admin, elsewhere, unused('art'));
    expect((await admin.put(`/runs/${run.id}`, { outputs: { x: theirs.id } })).status).toBe(404);
    const repository = ok(await admin.post('/code_repositories', { project: other, name: unused('repo'), source: { module: 'm' }, config: {} }));
    const request = {
      project: place.project,
      pipeline: (await makePipeline(admin, place)).id,
      run_name_template: 'x',
      pipeline_configuration: {},
      code_reference: { commit: 'c', subdirectory: '', code_repository: repository.id },
    };
    expect((await admin.post('/pipeline_snapshots', request)).status).toBe(404);
  });

  test('a log hangs on the call of a hook only where one may change its run', async () => {
    const { admin } = server;
    const run = await makeRun(admin, place);
    const hook = ok(
      await admin.post('/hook_invocations', {
        project: place.project,
        hook_type: 'run_start',
        status: 'completed',
        start_time: '2026-11-23T09:03:09',
        pipeline_run_id: run.id,
      }),
    );
    const eve = await withOnly(server, unused('eve'), ['read', 'run:create']);
    expect((await eve.post('/logs', { project: place.project, uri: 's3://x', hook_invocation_id: hook.id })).status).toBe(403);
    expect(ok(await admin.get(`/hook_invocations/${hook.id}`)).resources.log_collection).toEqual([]);
  });

  test('a hidden name that only looks like a number ends nobody’s list', async () => {
    const { admin } = server;
    const eve = await server.person(unused('eve'), { roles: ['guest'] });
    for (const name of ['1.2.3', '-', '.', '1-2', '--1', '9'.repeat(255)]) await makePipeline(admin, place, { name, private: true });
    for (const name of ['5.', '.5', '-7', '12']) await makePipeline(admin, place, { name });
    const names = async (query: string) => ok(await eve.get(`/pipelines?sort_by=name&${query}`)).items.map((one: any) => one.name);
    expect(await names('name=gt:4')).toEqual(['12', '5.']);
    expect(await names('name=lt:1')).toEqual(['-7', '.5']);
    ok(await admin.post('/schedules', { project: place.project, name: unused('long'), active: true, interval_second: `P${'9'.repeat(57)}D` }));
    expect((await eve.get('/schedules?interval_second=gt:5')).status).toBe(200);
  });

  test('a question that no database can answer is refused in words', async () => {
    const eve = await server.person(unused('eve'), { roles: ['guest'] });
    const many = (n: number) => Array.from({ length: n }, (_, i) => `x${i}`);
    expect((await eve.post('/runs/statistics', { filter: { name: many(5000) } })).status).toBe(422);
    expect((await eve.post('/runs/statistics', { filter: { name: `oneof:${JSON.stringify(many(70_000))}` } })).status).toBe(422);
    expect((await eve.post('/runs/statistics', { filter: { name: `oneof:${JSON.stringify(many(5000))}` } })).status).toBe(200);
  });

  test('the credentials of a connector go out for those only who may use it', async () => {
    const { admin } = server;
    const guest = await server.person(unused('guest'), { roles: ['guest'] });
    const made = ok(
      await admin.post('/service_connectors', {
        name: unused('api'),
        connector_type: 'oauth2',
        auth_method: 'client-credentials',
        resource_types: ['oauth2-api'],
        configuration: { api_url: 'https://api.example.org', token_url: 'http://127.0.0.1:9/token', client_id: 'id', client_secret: 'hush' },
      }),
    );
    const tried = async (person: Person) => [
      ok(await person.put(`/service_connectors/${made.id}/verify`)).error,
      ok(await person.get(`/service_connectors/resources?id=${made.id}`))[0].error,
    ];
    expect(await tried(admin)).toEqual(Array(2).fill(expect.stringContaining('private network')));
    expect(await tried(guest)).toEqual(Array(2).fill(expect.stringContaining('service_connector:client')));
  });
});

describe('whoever goes before the first byte', () => {
  test('is not counted among those who download for ever', async () => {
    const text = async function* () {
      yield Buffer.from('x');
    };
    for (let i = 0; i < 3; i += 1) {
      const stream = Readable.from(counted(1, text), { objectMode: false });
      expect(() => counted(1, text)).toThrow('Too many downloads');
      stream.destroy();
      await new Promise((done) => {
        stream.on('close', done);
      });
    }
    for (let i = 0; i < 3; i += 1) expect(await Readable.from(counted(1, text)).toArray()).toHaveLength(1);
    const broken = () =>
      (async function* () {
        yield await Promise.reject<Buffer>(new Error('broken'));
      })();
    await expect(Readable.from(counted(1, broken)).toArray()).rejects.toThrow('broken');
    expect(await Readable.from(counted(1, text)).toArray()).toHaveLength(1);
  });

  test('holds no event stream', () => {
    let ended = 0;
    const watch = { next: async () => [], end: () => (ended += 1) };
    until({ closed: AbortSignal.abort(), still: () => Promise.reject(new Error('unused')) }, watch as never);
    expect(ended).toBe(1);
  });
});
