// Every resource with its verbs, over HTTP: created, got, listed, changed, removed; and what each of these writes leaves behind.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appOn, insertRows } from '../testing/bare.ts';
import { bodyFor, changeFor, createRoute } from '../testing/bodies.ts';
import { makePipeline, makeSnapshot, placeOf, postRun } from '../testing/pipelines.ts';
import { inOrder, makeRow } from '../testing/rows.ts';
import { dialects, PASSWORD, testServer, type Person, type TestServer } from '../testing/server.ts';
import { zendoRegistry } from '../registry.ts';
import { newId } from './context.ts';
import type { Resource, Values } from './resource.ts';

const all = zendoRegistry(appOn(undefined as never)).resources.filter((resource) => resource.path !== null);
const has = (resource: Resource, verb: 'list' | 'get' | 'create' | 'update' | 'remove') => !(resource.without ?? []).includes(verb);

describe.each(dialects)('verbs on %s', (dialect) => {
  let server: TestServer;
  let stranger: Person;
  const made = new Map<string, string>();
  beforeAll(async () => {
    server = await testServer(dialect);
    stranger = await server.person('stranger');
    // One of everything, to point to.
    const owner = (await server.admin.get('/current-user')).body.id as string;
    const project = (await server.admin.get('/projects/default')).body.id as string;
    made.set('project', project);
    made.set('account', owner);
    const rows = new Map<string, Values[]>();
    for (const resource of inOrder(server.registry)) {
      if (made.has(resource.type)) continue;
      const column =
        resource.type === 'role_assignment' ? { role_id: made.get('role'), user_id: made.get('user'), team_id: null, scope: 'server', project_id: null } : {};
      const row = makeRow(resource, column, (type) => made.get(type) ?? null);
      made.set(resource.type, row['id'] as string);
      rows.set(resource.table, [...(rows.get(resource.table) ?? []), row]);
    }
    const seeded = await server.app.database.read.selectFrom('stack_component').select(['id', 'type']).where('user_id', 'is', null).execute();
    for (const row of seeded) made.set(`stack_component ${row['type']}`, row['id']);
    // A step is one that the snapshot of its run knows.
    rows.set('step_configuration', [
      {
        snapshot_id: made.get('pipeline_snapshot'),
        name: 'only',
        place: 0,
        upstream: '[]',
        document: JSON.stringify({ spec: { source: 'steps.only', upstream_steps: [], inputs: {} }, config: { name: 'only' } }),
      },
    ]);
    await server.app.database.transaction((tx) => insertRows(tx, rows));
    // Only a dynamic run waits for an answer.
    const place = await placeOf(server.admin);
    const snapshot = await makeSnapshot(server.admin, place, await makePipeline(server.admin, place), {}, {}, { is_dynamic: true });
    made.set('dynamic run', (await postRun(server.admin, place, snapshot)).body[0].id);
  });
  afterAll(() => server.close());

  const count = async (table: string): Promise<number> =>
    Number((await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(server.app.database.read)).rows[0]!.n);
  /** What one call leaves in the audit log and in the outbox. */
  const leaving = async <T>(work: () => Promise<T>): Promise<{ result: T; audit: Values[]; events: number }> => {
    const [audit, events] = [await count('audit_event'), await count('outbox')];
    const result = await work();
    const rows = (await server.app.database.read.selectFrom('audit_event').selectAll().orderBy('created').orderBy('id').execute()) as Values[];
    return { result, audit: rows.slice(audit), events: (await count('outbox')) - events };
  };
  const listed = async (resource: Resource): Promise<readonly string[]> => {
    const answer = await server.admin.get(`/${resource.path}?size=1000`);
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body.total).toBe(answer.body.items.length);
    return answer.body.items.map((item: Values) => item['id']);
  };

  test.each(all.filter((resource) => has(resource, 'list')).map((resource) => [resource.type, resource] as const))(
    'what lists of %s show gets an answer, and nothing else does',
    async (_, resource) => {
      const ids = await listed(resource);
      if (!has(resource, 'get')) return;
      for (const id of ids.slice(0, 10)) {
        const answer = await server.admin.get(`/${resource.path}/${id}`);
        expect(answer.status, answer.text).toBe(200);
        expect(answer.body.id).toBe(id);
      }
      expect((await server.admin.get(`/${resource.path}/${newId()}`)).status).toBe(404);
    },
  );

  test.each(all.map((resource) => [resource.type, resource] as const))(
    'a %s is created, got, listed, changed and removed, each with one audit row and one event',
    async (type, resource) => {
      const route = createRoute(server.routes, resource);
      let id = made.get(type)!;
      if (route !== undefined) {
        const body = bodyFor(resource, route.operation, (target) => made.get(target)!);
        const { result, audit, events } = await leaving(() => server.admin.post(`/${resource.path}`, body));
        expect(result.status, `The server does not take ${JSON.stringify(body)} for a ${type}: ${result.text}. Give it a hint in testing/bodies.ts`).toBe(200);
        const answer = Array.isArray(result.body) ? result.body[0] : result.body;
        id = answer.id;
        expect(audit, 'creating').toHaveLength(1);
        expect(audit[0]).toMatchObject({ outcome: 'success', action: 'create', actor_name: 'admin' });
        expect(events, 'creating').toBe(1);
        if (has(resource, 'list')) expect(await listed(resource)).toContain(id);
        if (has(resource, 'get')) expect((await server.admin.get(`/${resource.path}/${id}`)).body.id).toBe(id);
      }
      const change = has(resource, 'update') && route !== undefined ? changeFor(resource) : null;
      if (change !== null) {
        const [name, value] = change;
        const { result, audit, events } = await leaving(() => server.admin.put(`/${resource.path}/${id}`, { [name]: value }));
        expect(result.status, result.text).toBe(200);
        expect({ ...result.body, ...result.body.body, ...result.body.metadata }[name]).toBe(value);
        expect([audit.length, events], 'changing').toEqual([1, 1]);
        expect(audit[0]).toMatchObject({ outcome: 'success', action: 'update', target_type: type, target_id: id });
        expect(JSON.parse(audit[0]!['changes'])[name]).toMatchObject({ after: value });
      }
      if (has(resource, 'remove') && route !== undefined) {
        const { result, audit, events } = await leaving(() => server.admin.del(`/${resource.path}/${id}`));
        expect(result.status, result.text).toBe(200);
        expect([audit.length, events], 'removing').toEqual([1, 1]);
        expect(audit[0]).toMatchObject({ outcome: 'success', action: 'delete', target_type: type, target_id: id });
        if (has(resource, 'get')) expect((await server.admin.get(`/${resource.path}/${id}`)).status).toBe(404);
        if (has(resource, 'list')) expect(await listed(resource)).not.toContain(id);
      }
    },
  );

  test('what is refused leaves a denial in the audit log, no event, and nothing else', async () => {
    const before = await count('project');
    const { result, audit, events } = await leaving(() => stranger.post('/projects', { name: 'mine' }));
    expect(result.status).toBe(403);
    expect(events).toBe(0);
    expect(audit.map((row) => [row['outcome'], row['action'], row['target_type'], row['actor_name']])).toEqual([['denied', 'create', 'project', 'stranger']]);
    expect(audit[0]!['reason']).toContain('project:create');
    expect(await count('project')).toBe(before);
  });

  test('what fails leaves nothing at all', async () => {
    for (const call of [
      () => server.admin.post('/projects', { name: 'default' }),
      () => server.admin.post('/projects', { name: 7 }),
      () => server.admin.post('/projects', { nam: 'x' }),
      () => server.admin.post('/teams', { name: 'half', members: ['nobody-like-this'] }),
      () => server.admin.post('/roles', { name: 'half', permissions: ['no:such'] }),
      () => server.admin.post('/users', { name: 'half', roles: ['no-such-role'] }),
      () => server.admin.put('/projects/default', { name: 'other' }),
    ]) {
      const { result, audit, events } = await leaving(call);
      expect(result.status, result.text).toBeGreaterThanOrEqual(400);
      expect(result.status).toBeLessThan(500);
      expect(audit.filter((row) => row['outcome'] !== 'denied')).toEqual([]);
      expect(events).toBe(0);
      for (const [table, name] of [
        ['team', 'half'],
        ['role', 'half'],
        ['account', 'half'],
      ] as const)
        expect(await server.app.database.read.selectFrom(table).select('id').where('name', '=', name).execute()).toEqual([]);
    }
  });

  test('no password, no token and no stored secret stands in the audit log', async () => {
    const { admin } = server;
    const told: string[] = [PASSWORD];
    const keep = (answer: { text: string }) => told.push(...(answer.text.match(/(?:zses|zset|zinv|zdev|zkey)_[\w-]{20,}|ZENKEY_[\w=+/-]{20,}/g) ?? []));
    keep(await admin.post('/users', { name: 'with a password', password: PASSWORD }));
    keep(await admin.post('/users', { name: 'with a link' }));
    keep(await admin.post('/invitations', { name: 'invited once more' }));
    const machine = await admin.post('/service_accounts', { name: 'machine with keys' });
    keep(await admin.post(`/service_accounts/${machine.body.id}/api_keys`, { name: 'first' }));
    keep(await admin.put(`/service_accounts/${machine.body.id}/api_keys/first/rotate`, {}));
    keep(await admin.post('/tokens', { name: 'for a script' }));
    expect(told.length).toBeGreaterThanOrEqual(6);
    for (const resource of server.registry.resources)
      for (const [name, field] of Object.entries(resource.fields)) {
        if (!field.secret || field.value !== undefined) continue;
        const rows = await server.app.database.read.selectFrom(resource.table).select(name).execute();
        told.push(...rows.map((row) => row[name] as unknown).filter((value): value is string => typeof value === 'string' && value.length > 12));
      }
    const log = JSON.stringify(await server.app.database.read.selectFrom('audit_event').selectAll().execute());
    expect(told.filter((secret) => log.includes(secret))).toEqual([]);
  });
});
