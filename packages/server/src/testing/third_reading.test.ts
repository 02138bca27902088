// What a third, hostile reading found, of secrets, stores, triggers, webhooks and what hangs on them: each as the attack that no longer works.
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withOnly } from './hostile.ts';
import { makePipeline, makeSnapshot, placeOf, postRun, unused, type Place } from './pipelines.ts';
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
    await expect(server.jobs.run('events')).resolves.toBeTypeOf('number');
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
});
