import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { endStep, makeRun, makeStep, placeOf, type Place } from '../testing/pipelines.ts';
import { dialects, testServer, type TestServer } from '../testing/server.ts';
import { startJobs, type Job, type Jobs } from './runner.ts';

describe.each(dialects)('jobs on %s', (dialect) => {
  let server: TestServer;
  let place: Place;
  const started: Jobs[] = [];
  beforeEach(async () => {
    server = await testServer(dialect, { webhook_retention_days: 1 });
    place = await placeOf(server.admin);
  });
  afterEach(async () => {
    for (const jobs of started.splice(0)) await jobs.close();
    await server.close();
  });
  const count = async (table: string): Promise<number> =>
    Number((await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(server.app.database.read)).rows[0]!.n);

  test('are done by one of several servers, and by another once that one is gone', async () => {
    const done: string[] = [];
    const begin = (name: string): Jobs => {
      const job: Job = { name: 'count', every_seconds: 0.02, run: async () => done.push(name) };
      const { database, clock } = server.app;
      const jobs = startJobs([job], {
        database,
        clock,
        asSystem: () => Promise.reject(new Error('unused')),
        failed: (_, error) => done.push(String(error)),
        start: true,
      });
      started.push(jobs);
      return jobs;
    };
    const one = begin('one');
    await expect.poll(() => done.length).toBeGreaterThan(2);
    begin('two');
    const seen = done.length;
    await expect.poll(() => done.length).toBeGreaterThan(seen + 3);
    expect(new Set(done)).toEqual(new Set(['one']));
    await one.close();
    await expect.poll(() => done.includes('two')).toBe(true);
  });

  test('that fail are told of and tried again', async () => {
    const told: string[] = [];
    let tries = 0;
    const job: Job = {
      name: 'stumbles',
      every_seconds: 0.02,
      run: async () => {
        tries += 1;
        if (tries === 1) throw new Error('stumbled');
        return 0;
      },
    };
    const { database, clock } = server.app;
    started.push(
      startJobs([job], {
        database,
        clock,
        asSystem: () => Promise.reject(new Error('unused')),
        failed: (name, error) => told.push(`${name}: ${(error as Error).message}`),
        start: true,
      }),
    );
    await expect.poll(() => tries).toBeGreaterThan(1);
    expect(told).toEqual(['stumbles: stumbled']);
  });

  test('remove the sessions of runs that are over, and of no others', async () => {
    const { admin } = server;
    const [over, going] = [await makeRun(admin, place), await makeRun(admin, place)];
    for (const { id } of [over, going]) expect((await admin.get(`/api_token?token_type=workload&pipeline_run_id=${id}`)).status).toBe(200);
    const workloads = async () => (await admin.get('/sessions?kind=workload')).body.total;
    await endStep(admin, await makeStep(admin, place, over, 'a'));
    await admin.put(`/runs/${over.id}`, { status: 'completed', end_time: server.app.clock() });
    expect((await admin.get(`/runs/${over.id}`)).body.body.in_progress).toBe(false);
    await server.jobs.run('retention');
    expect(await workloads()).toBe(2);
    server.shift(2 * 3600);
    await server.jobs.run('retention');
    expect(await workloads()).toBe(1);
  });

  test('remove what is past its time, and nothing that is not', async () => {
    const { admin } = server;
    const run = await makeRun(admin, place);
    await admin.post(`/runs/${run.id}/events`, { events: [{ pipeline_run_id: run.id, kind: 'x' }] });
    await admin.post('/teams', { name: 'once' }, { 'idempotency-key': crypto.randomUUID() });
    expect(await count('idempotency')).toBe(1);
    const before = await count('outbox');
    await server.jobs.run('retention');
    expect([await count('idempotency'), await count('outbox'), await count('run_event')]).toEqual([1, before, 1]);
    server.shift(3 * 86_400);
    await server.jobs.run('retention');
    expect([await count('idempotency'), await count('outbox'), await count('run_event')]).toEqual([0, 0, 1]);
    const sessions = await count('session');
    server.shift(400 * 86_400);
    await server.jobs.run('retention');
    expect(await count('session')).toBeLessThan(sessions);
  });

  test('end a failed run whose other steps have fallen silent, and leave one that only sleeps', async () => {
    const { admin } = server;
    const steps = { a: { heartbeat: true }, b: { heartbeat: true }, c: { after: ['b'] } };
    const run = await makeRun(admin, place, steps);
    const alive = await makeRun(admin, place, steps);
    for (const each of [run, alive]) {
      await makeStep(admin, place, each, 'b', { start_time: server.app.clock() });
      await endStep(admin, await makeStep(admin, place, each, 'a'), 'failed');
    }
    const state = async (id: string) => (await admin.get(`/runs/${id}`)).body.body;
    await admin.put(`/runs/${alive.id}/disable_heartbeat`);
    expect(await state(run.id)).toMatchObject({ status: 'failed', in_progress: true });
    expect(await server.jobs.run('heartbeats')).toBe(0);
    server.shift(31 * 60);
    expect(await server.jobs.run('heartbeats')).toBe(1);
    expect(await state(run.id)).toMatchObject({ status: 'failed', in_progress: false });
    expect(await state(alive.id)).toMatchObject({ status: 'failed', in_progress: true });
    expect((await admin.get(`/steps?pipeline_run_id=${run.id}&name=b`)).body.items[0].body.status).toBe('running');
  });
});
