import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { endStep, makePipeline, makeSnapshot, makeStep, placeOf, postRun, unused, type Place, type StepWish } from '../../testing/pipelines.ts';
import { dialects, testServer, type Person, type TestServer } from '../../testing/server.ts';

describe.each(dialects)('triggers on %s', (dialect) => {
  let server: TestServer;
  let place: Place;
  beforeEach(async () => {
    server = await testServer(dialect);
    place = await placeOf(server.admin);
  });
  afterEach(() => server.close());

  /** A snapshot that could be started without its maker's machine. */
  const runnable = async (person: Person, more: object = {}, steps: Readonly<Record<string, StepWish>> = { a: {} }): Promise<any> => {
    const pipeline = await makePipeline(person, place, more);
    const build = await person.post('/pipeline_builds', {
      project: place.project,
      pipeline: pipeline.id,
      stack: place.stack,
      images: { orchestrator: { image: 'i' } },
      is_local: false,
      contains_code: true,
    });
    const snapshot = await makeSnapshot(person, place, pipeline, steps, {}, { build: build.body.id, name: unused('best'), run_name_template: 'nightly-{date}' });
    return { ...snapshot, pipeline };
  };
  const make = async (person: Person, more: object = {}): Promise<any> => {
    const made = await person.post('/triggers', { project: place.project, name: unused('trigger'), type: 'schedule', cron_expression: '0 * * * *', ...more });
    expect(made.status, made.text).toBe(200);
    return made.body;
  };
  const attach = async (person: Person, trigger: any, snapshot: any, configuration: object | undefined = undefined, query = '') =>
    person.put(`/triggers/${trigger.id}/pipeline_snapshots/${snapshot.id}${query}`, configuration);
  const shown = async (trigger: any): Promise<any> => (await server.admin.get(`/triggers/${trigger.id}`)).body;
  const stateOf = async (trigger: any): Promise<any> => Object.values((await shown(trigger)).resources.snapshot_dispatch_states)[0];
  const runsOf = async (trigger: any): Promise<any[]> => (await server.admin.get(`/runs?trigger_id=${trigger.id}&hydrate=true&sort_by=asc:created`)).body.items;
  const hours = (n: number) => server.shift(n * 3600);

  test('say what they are: each type its own things, refused in words where they do not fit', async () => {
    const { admin } = server;
    const schedule = await make(admin, { max_runs: 3, name: 'hourly' });
    expect(schedule).toMatchObject({
      name: 'hourly',
      body: {
        name: 'hourly',
        type: 'schedule',
        flavor: 'native schedule',
        active: true,
        is_archived: false,
        concurrency: 'skip',
        cron_expression: '0 * * * *',
        interval: null,
        max_runs: 3,
      },
      resources: { snapshots: [], executable_snapshots: [], latest_run: null, webhook: null, snapshot_dispatch_states: {} },
    });
    expect(schedule.body.next_occurrence > server.app.clock()).toBe(true);
    const paused = await admin.put(`/triggers/${schedule.id}`, { type: 'schedule', active: false });
    expect(paused.body.body.next_occurrence).toBeNull();
    const moved = await admin.put(`/triggers/${schedule.id}`, { type: 'schedule', active: true, cron_expression: null, run_once_start_time: '2099-01-01T00:00:00' });
    expect(moved.body.body).toMatchObject({ cron_expression: null, next_occurrence: '2099-01-01T00:00:00.000000' });
    const bad = (more: object) => admin.post('/triggers', { project: place.project, name: unused('t'), type: 'schedule', ...more });
    expect((await bad({})).status).toBe(422);
    expect((await bad({ cron_expression: '* * *' })).text).toContain('five fields');
    expect((await bad({ cron_expression: '0 * * * *', target_events: ['run_failed'] })).text).toContain('has no target_events');
    expect((await bad({ interval: 30, start_time: '2026-01-01T00:00:00' })).status).toBe(422);
    expect((await bad({ cron_expression: '0 * * * *', name: 'hourly' })).status).toBe(409);
    expect((await admin.put(`/triggers/${schedule.id}`, { type: 'webhook', configuration: {} })).status).toBe(403);
    const pipeline = await makePipeline(admin, place);
    const event = { type: 'platform_event', source_entity: { type: 'pipeline', id: pipeline.id }, target_events: ['run_failed'] };
    expect((await bad(event)).body.body).toMatchObject({ source_entity: { type: 'pipeline', id: pipeline.id }, target_events: ['run_failed'], next_occurrence: null });
    expect((await bad({ ...event, target_events: ['failed'] })).text).toContain('run_completed, run_failed');
    expect((await bad({ ...event, source_entity: { type: 'pipeline', id: crypto.randomUUID() } })).status).toBe(404);
    expect((await server.anonymous.get('/supported-events?source_type=pipeline_run')).body.map(({ value }: any) => value)).toEqual(['completed', 'failed']);
  });

  test('make a run when they come due, once for each time, also after a night without a server', async () => {
    const { admin } = server;
    const [trigger, snapshot] = [await make(admin, { concurrency: 'submit' }), await runnable(admin)];
    expect((await attach(admin, trigger, snapshot, { enable_cache: false, steps: { a: { parameters: { x: 1.5 } } } })).status).toBe(200);
    expect(await server.jobs.run('schedules')).toBe(0);
    hours(1);
    expect(await server.jobs.run('schedules')).toBe(1);
    expect(await server.jobs.run('schedules')).toBe(0);
    hours(12);
    await server.jobs.run('schedules');
    const runs = await runsOf(trigger);
    expect(runs.map(({ body }) => body.status)).toEqual(['initializing', 'initializing']);
    expect(runs[0].name).toMatch(/^nightly-\d{4}_\d\d_\d\d-/);
    expect(runs[0]).toMatchObject({
      resources: { trigger: { id: trigger.id }, user: { name: 'admin' } },
      metadata: { trigger_execution_info: {}, config: { enable_cache: false } },
    });
    const now = await shown(trigger);
    expect(now.body.next_occurrence > server.app.clock()).toBe(true);
    expect(now.resources).toMatchObject({ snapshots: [{ id: snapshot.id }], latest_run: { id: runs[1].id } });
    const own = (await admin.get(`/pipeline_snapshots/${now.resources.executable_snapshots[0].id}`)).body;
    expect(own.metadata).toMatchObject({ source_snapshot_id: snapshot.id, step_configurations: { a: { config: { enable_cache: false, parameters: { x: 1.5 } } } } });
    expect((await admin.get(`/pipeline_snapshots?trigger_id=${trigger.id}`)).body.items.map(({ id }: any) => id)).toEqual([snapshot.id]);
    expect((await admin.get(`/triggers?snapshot_id=${snapshot.id}&pipeline_id=${snapshot.pipeline.id}`)).body.total).toBe(1);
    expect(await stateOf(trigger)).toMatchObject({ last_status: 'SUCCESS', last_status_details: { pipeline_run_id: runs[1].id } });
    // Whoever executes it takes over the run that waits.
    const [taken, created] = (await postRun(admin, place, own, { orchestrator_run_id: 'machine' })).body;
    expect([taken.id, created]).toEqual([runs[0].id, true]);
    const told = await admin.get('/audit_events?action=dispatch&hydrate=true');
    expect(told.body.items.map(({ body }: any) => [body.actor_name, body.via, body.target_id])).toEqual(
      Array.from({ length: 2 }, () => ['admin', 'trigger', trigger.id]),
    );
  });

  test('wait for the run before, stop after so many, and end at their end', async () => {
    const { admin } = server;
    const snapshot = await runnable(admin);
    const trigger = await make(admin, { max_runs: 1 });
    await attach(admin, trigger, snapshot);
    hours(1);
    await server.jobs.run('schedules');
    hours(1);
    await server.jobs.run('schedules');
    expect(await stateOf(trigger)).toMatchObject({ last_status: 'SKIPPED_MAX_RUNS' });
    await admin.put(`/triggers/${trigger.id}`, { type: 'schedule', max_runs: null });
    hours(1);
    await server.jobs.run('schedules');
    expect(await stateOf(trigger)).toMatchObject({ last_status: 'SKIPPED_CONCURRENCY' });
    const once = await make(admin, { cron_expression: null, run_once_start_time: '2099-06-01T00:00:00', end_time: null });
    await attach(admin, once, snapshot);
    const ending = await make(admin, { cron_expression: null, interval: 3600, start_time: '2099-06-01T00:00:00', end_time: '2099-06-01T00:30:00' });
    await attach(admin, ending, snapshot);
    server.shift((Date.parse('2099-06-02T00:00:00Z') - Date.parse(`${server.app.clock().slice(0, 19)}Z`)) / 1000);
    await server.jobs.run('schedules');
    const login = await server.anonymous.post('/login', new URLSearchParams({ username: 'admin', password: 'correct horse battery' }));
    const later = server.as('admin', login.body.access_token);
    for (const one of [once, ending])
      expect((await later.get(`/triggers/${one.id}`)).body).toMatchObject({
        body: { next_occurrence: null },
        resources: { latest_run: { body: { status: 'initializing' } } },
      });
  });

  test('run nothing that their owner, or whoever attached it, may no longer run, and say so', async () => {
    const { admin } = server;
    const ada = await server.person(unused('ada'), { roles: ['developer'] });
    const bob = await server.person(unused('bob'), { roles: ['developer'] });
    const [trigger, snapshot] = [await make(ada), await runnable(admin)];
    expect((await attach(bob, trigger, snapshot)).status).toBe(200);
    hours(1);
    await server.jobs.run('schedules');
    // Nobody has code run in the name of somebody else: the run is of whoever attached it.
    expect((await runsOf(trigger)).map(({ resources }) => resources.user.name)).toEqual([bob.name]);
    const roles = (await admin.get('/role_assignments?size=100')).body.items;
    await admin.del(`/role_assignments/${roles.find((item: any) => item.body.principal_name === bob.name).id}`);
    hours(1);
    await server.jobs.run('schedules');
    expect(await stateOf(trigger)).toMatchObject({
      last_status: 'ERROR',
      last_error_type: 'NotAllowed',
      last_error_count: 1,
      last_error_message: expect.stringContaining('Whoever attached the snapshot'),
    });
    await admin.put(`/users/${ada.name}/deactivate`);
    hours(1);
    await server.jobs.run('schedules');
    hours(1);
    await server.jobs.run('schedules');
    expect(await stateOf(trigger)).toMatchObject({
      last_error_type: 'OwnerInactive',
      last_error_count: 2,
      last_error_message: expect.stringContaining('hand the trigger over'),
    });
    expect(await runsOf(trigger)).toHaveLength(1);
    expect((await admin.del(`/triggers/${trigger.id}/dispatch_state?snapshot_id=${snapshot.id}`)).status).toBe(200);
    expect(await stateOf(trigger)).toBeUndefined();
    const { rows } = await sql<{ outcome: string }>`select outcome from trigger_execution order by created`.execute(server.app.database.read);
    expect(rows.map(({ outcome }) => outcome)).toEqual(['SUCCESS', 'ERROR', 'ERROR', 'ERROR']);
  });

  test('take snapshots from those who may change the trigger and run the snapshot', async () => {
    const { admin } = server;
    const guest = await server.person(unused('guest'), { roles: ['guest'] });
    const ada = await server.person(unused('ada'), { roles: ['developer'] });
    const [trigger, snapshot, hidden] = [await make(admin), await runnable(admin), await runnable(admin, { private: true })];
    expect((await attach(guest, trigger, snapshot)).status).toBe(403);
    expect((await attach(ada, trigger, hidden)).status).toBe(404);
    const local = await makeSnapshot(admin, place, await makePipeline(admin, place), {}, {}, { name: unused('local') });
    expect((await attach(ada, trigger, local)).text).toContain('cannot be started from here');
    expect((await attach(ada, trigger, snapshot, { steps: { nowhere: {} } })).status).toBe(422);
    expect((await attach(ada, trigger, snapshot)).status).toBe(200);
    expect((await attach(ada, trigger, snapshot)).status).toBe(403);
    expect((await attach(ada, trigger, snapshot, {}, '?allow_replace=true')).status).toBe(200);
    expect((await attach(admin, trigger, hidden)).status).toBe(200);
    const seen = (await ada.get(`/triggers/${trigger.id}`)).body.resources;
    expect(seen.snapshots.map(({ permission_denied }: any) => permission_denied)).toEqual([false, true]);
    expect(JSON.stringify(seen)).not.toContain(hidden.name);
    expect((await ada.get(`/triggers?snapshot_id=${hidden.id}`)).body.total).toBe(0);
    const role = await admin.post('/roles', { name: unused('mender'), permissions: ['read', 'me', 'trigger:update'] });
    const mender = await server.person(unused('mia'), { roles: [role.body.name] });
    const refused = await attach(mender, trigger, snapshot, {}, '?allow_replace=true');
    expect([refused.status, refused.body.needs]).toEqual([403, 'run:create']);
    expect((await ada.del(`/triggers/${trigger.id}/pipeline_snapshots/${snapshot.id}`)).status).toBe(200);
    expect((await ada.del(`/triggers/${trigger.id}/pipeline_snapshots/${snapshot.id}`)).status).toBe(404);
    expect((await admin.del(`/triggers/${trigger.id}`)).body).toBeNull();
    expect((await shown(trigger)).body).toMatchObject({ is_archived: true, active: false });
    expect((await admin.get('/triggers?is_archived=False')).body.items.map(({ id }: any) => id)).not.toContain(trigger.id);
    expect((await admin.del(`/triggers/${trigger.id}`)).status).toBe(403);
    expect((await admin.del(`/triggers/${trigger.id}?soft=False`)).status).toBe(200);
    expect((await admin.get(`/triggers/${trigger.id}`)).status).toBe(404);
  });

  test('start runs on events from outside, once each, and the run tells of the event', async () => {
    const { admin } = server;
    const hook = (await admin.post('/webhooks', { project: place.project, name: unused('hook'), webhook_type: 'github', secret: 'hush' })).body;
    const trigger = await make(admin, {
      type: 'webhook',
      cron_expression: undefined,
      concurrency: 'submit',
      webhook_id: hook.id,
      configuration: { target_events: [{ type: 'push', branch: 'main' }] },
    });
    expect(trigger.body).toMatchObject({ webhook_id: hook.id, configuration: { target_events: [{ type: 'push', branch: 'main', repo: null, actor: null }] } });
    const snapshot = await runnable(admin);
    await attach(admin, trigger, snapshot);
    const push = async (branch: string, delivery: string) => {
      const text = JSON.stringify({ ref: `refs/heads/${branch}`, repository: { full_name: 'o/r' } });
      const headers = {
        'x-hub-signature-256': `sha256=${createHmac('sha256', 'hush').update(text).digest('hex')}`,
        'x-github-event': 'push',
        'x-github-delivery': delivery,
      };
      expect((await server.anonymous.post(`/webhooks/github/${hook.id}/events`, text, headers)).status).toBe(202);
    };
    await push('main', 'one');
    await push('main', 'one');
    await push('other', 'two');
    expect(await server.jobs.run('events')).toBe(2);
    expect(await server.jobs.run('events')).toBe(0);
    const [run, ...more] = await runsOf(trigger);
    expect(more).toEqual([]);
    expect(run.metadata.trigger_execution_info).toEqual({
      webhook_upstream_event: {
        github: { webhook_id: hook.id, delivery_id: 'one', event_type: 'push', event: { type: 'push', repo: 'o/r', branch: 'main', actor: null, commit: null } },
      },
    });
    expect((await admin.del(`/webhooks/${hook.id}`)).status).toBe(403);
    await admin.del(`/triggers/${trigger.id}`);
    expect((await admin.del(`/webhooks/${hook.id}`)).status).toBe(200);
    expect((await shown(trigger)).body.webhook_id).toBeNull();
  });

  test('start runs when another run ends, but never round in a circle', async () => {
    const { admin } = server;
    const [first, second] = [await runnable(admin), await runnable(admin)];
    const source = (snapshot: any) => ({
      type: 'platform_event',
      cron_expression: undefined,
      source_entity: { type: 'pipeline', id: snapshot.pipeline.id },
      target_events: ['run_completed'],
    });
    const [forth, back] = [await make(admin, source(first)), await make(admin, source(second))];
    await attach(admin, forth, second);
    await attach(admin, back, first);
    const end = async (snapshot: any) => {
      const [run] = (await postRun(admin, place, snapshot)).body;
      await endStep(admin, await makeStep(admin, place, run, 'a'));
      await server.jobs.run('events');
      return run;
    };
    const upstream = await end(first);
    const [run] = await runsOf(forth);
    expect(run.metadata.trigger_execution_info).toEqual({ upstream_run_id: upstream.id, upstream_pipeline_ids: [first.pipeline.id] });
    await end((await shown(forth)).resources.executable_snapshots[0]);
    expect(await runsOf(back)).toEqual([]);
    expect(await stateOf(back)).toMatchObject({ last_status: 'SKIPPED_TRIGGER_CYCLE' });
  });

  test('tell nothing of what their owner may no longer read', async () => {
    const { admin } = server;
    const ada = await server.person(unused('ada'), { roles: ['developer'] });
    const [source, own] = [await runnable(admin, { private: true }), await runnable(ada)];
    const given = await admin.post('/role_assignments', { role: 'developer', user: ada.name, resource_type: 'pipeline', resource_id: source.pipeline.id });
    expect(given.status, given.text).toBe(200);
    const trigger = await make(ada, {
      type: 'platform_event',
      cron_expression: undefined,
      source_entity: { type: 'pipeline', id: source.pipeline.id },
      target_events: ['run_completed'],
    });
    expect((await attach(ada, trigger, own)).status).toBe(200);
    await admin.del(`/role_assignments/${given.body.id}`);
    const [run] = (await postRun(admin, place, source)).body;
    await endStep(admin, await makeStep(admin, place, run, 'a'));
    expect(await server.jobs.run('events')).toBe(1);
    expect(await runsOf(trigger)).toEqual([]);
    const seen = await ada.get(`/triggers/${trigger.id}`);
    expect(seen.body.resources.snapshot_dispatch_states).toEqual({});
    expect(seen.text).not.toContain(run.id);
  });
});
