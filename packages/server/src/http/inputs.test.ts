// Every create, update and action that is declared, fed with what its schema does not allow: refused in the wire's form, nothing written.
import { sql } from 'kysely';
import { Compile } from 'typebox/compile';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inputSchema } from '../kernel/schemas.ts';
import { sample } from '../testing/sample.ts';
import { dialects, testServer, type TestServer } from '../testing/server.ts';
import { PREFIX, type Route } from './mount.ts';

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly type?: string | readonly string[];
}

/** Values of every kind, of which hardly any fits anywhere. */
const VALUES: readonly unknown[] = [null, 5, 2 ** 60, true, '', 'x', 'x'.repeat(70_000), '\0', '\ud800', [], [null], { $ne: null }, '9999-99-99T99:99:99'];
/** Those of them at which PostgreSQL could stumble where SQLite does not. */
const HARD: readonly unknown[] = [null, 2 ** 60, 'x'.repeat(70_000), '\0', { $ne: null }];

describe.each(dialects)('inputs on %s', (dialect) => {
  let server: TestServer;
  beforeEach(async () => {
    server = await testServer(dialect, { login_failures_per_account: 1_000_000, login_failures_per_address: 1_000_000 });
    const { admin } = server;
    await admin.post('/users', { name: 'target', roles: ['guest'] });
    await admin.post('/roles', { name: 'target', permissions: ['read'] });
    await admin.post('/teams', { name: 'target' });
    await admin.post('/projects', { name: 'target' });
    await admin.post('/service_accounts', { name: 'robot', active: true });
    await admin.post('/service_accounts/robot/api_keys', { name: 'target' });
  });
  afterEach(() => server.close());

  const schemaOf = (route: Route): Schema | null => {
    if (route.operation !== undefined) return (route.operation.input as Schema | undefined) ?? null;
    return route.verb === 'create' || route.verb === 'update' ? (inputSchema(route.resource!, route.verb, () => true) as Schema) : null;
  };
  const tables = [
    'account',
    'role',
    'role_permission',
    'role_assignment',
    'team',
    'team_member',
    'invitation',
    'session',
    'api_key',
    'project',
    'device',
    'outbox',
    'setting',
  ];
  const written = async (): Promise<string> => {
    const { rows } =
      await sql<object>`select ${sql.join(tables.map((name) => sql`(select count(*) from ${sql.table(name)}) as ${sql.ref(name)}`))}, (select max(version) from authz_version) as rights`.execute(
        server.app.database.read,
      );
    return JSON.stringify(rows[0]);
  };

  test('what no schema allows is refused everywhere, and leaves nothing behind', async () => {
    const routes = server.routes.filter(
      (route) => route.writes && schemaOf(route) !== null && !route.path.startsWith('/workspaces') && (dialect === 'sqlite' || route.resource?.group !== 'ml'),
    );
    expect(routes.length).toBeGreaterThan(25);
    const problems: string[] = [];
    let sent = 0;
    const call = async (route: Route, body: unknown, what: string, fits: boolean) => {
      const url =
        PREFIX + route.path.replace(/^(\/service_accounts)\/\{\w+\}/, '$1/robot').replace(/\{\w+\}/g, route.resource?.by_name === true ? 'target' : crypto.randomUUID());
      const before = await written();
      const answer = await server.server.inject({
        method: route.method,
        url,
        headers: { host: 'localhost', authorization: `Bearer ${server.admin.token}`, 'content-type': 'application/json' },
        payload: JSON.stringify(body),
      });
      sent++;
      const at = `${route.method} ${route.path} with ${what}: ${answer.statusCode} ${answer.payload.slice(0, 160)}`;
      if (answer.statusCode >= 500 && answer.statusCode !== 501) problems.push(`breaks: ${at}`);
      if (answer.statusCode === 200 && !fits) problems.push(`taken: ${at}`);
      if (answer.statusCode === 200) return;
      const { detail, error } = answer.json() as { detail?: unknown; error?: unknown };
      const shaped =
        typeof detail === 'string' || (Array.isArray(detail) && detail.length >= 2 && detail.every((part) => typeof part === 'string')) || typeof error === 'string';
      if (!shaped || answer.payload.length > 5_000) problems.push(`unlike the wire: ${at}`);
      if ((await written()) !== before) problems.push(`half written: ${at}`);
    };
    for (const route of routes) {
      const schema = schemaOf(route)!;
      const fits = Compile(schema as never) as { Check: (value: unknown) => boolean };
      const valid = sample(schema) as Record<string, unknown>;
      for (const body of [[], [valid], 'x', 5, null, true]) await call(route, body, JSON.stringify(body).slice(0, 60), fits.Check(body ?? {}));
      const open = fits.Check({ ...valid, no_such_field: 1 });
      await call(route, { ...valid, no_such_field: 1 }, 'an unknown field', open);
      for (const name of schema.required ?? []) await call(route, Object.fromEntries(Object.entries(valid).filter(([key]) => key !== name)), `no ${name}`, false);
      for (const name of Object.keys(schema.properties ?? {})) {
        for (const value of dialect === 'sqlite' ? VALUES : HARD) {
          // Links and log-ins answer the same to whatever is no secret; hashing would only take time.
          if (/password/.test(name) && typeof value === 'string' && value.length > 9) continue;
          const text = JSON.stringify(value);
          const stored = !/\\u0000|\\ud800/.test(text);
          await call(
            route,
            { ...valid, [name]: value },
            `${name} = ${text.slice(0, 40)}`,
            stored &&
              (fits.Check({ ...valid, [name]: value }) || route.resource?.ignore?.includes(name) === true || (value === null && route.resource?.null_keeps === true)),
          );
        }
      }
    }
    console.log(`${dialect}: ${sent} bad bodies to ${routes.length} operations`);
    expect(problems.slice(0, 20).join('\n')).toBe('');
  }, 180_000);

  test('what points to nothing, twice to the same, or to what is taken is refused, and leaves nothing behind', async () => {
    const { admin } = server;
    const tries: readonly (readonly [string, object, number])[] = [
      ['/users', { name: 'half', roles: ['guest', 'no such role'] }, 404],
      ['/users', { name: 'half', roles: ['guest', 'guest'] }, 422],
      ['/users', { name: 'half', roles: ['guest'], teams: ['target', 'no such team'] }, 404],
      ['/users', { name: 'half', projects: [{ project: 'target', role: 'guest' }, { project: 'no such project' }] }, 404],
      ['/users', { name: 'half', projects: [{ project: 'target' }, { project: 'target' }] }, 409],
      ['/users', { name: 'TARGET' }, 409],
      ['/users', { name: 'half', email: 'no address' }, 422],
      ['/users', { name: 'half', expires_in: 5 }, 422],
      ['/invitations', { name: 'half', roles: ['guest', 'no such role'] }, 404],
      ['/invitations', { name: 'half', teams: ['no such team'] }, 404],
      ['/invitations', { name: 'target' }, 409],
      ['/invitations', { name: 'half', projects: [{}] }, 422],
      ['/roles', { name: 'half', permissions: ['read', 'no:such'] }, 422],
      ['/roles', { name: 'half', permissions: ['read', 'Read'] }, 422],
      ['/roles', { name: 'target', permissions: ['read'] }, 409],
      ['/roles', { name: 'half' }, 422],
      ['/teams', { name: 'half', members: ['admin', 'nobody'] }, 404],
      ['/teams', { name: 'target', members: ['admin'] }, 409],
      ['/service_accounts', { name: 'Robot', active: true }, 409],
      ['/service_accounts', { name: 'admin', active: true }, 409],
      ['/service_accounts', { name: 'half', active: true, roles: ['no such role'] }, 404],
      ['/projects', { name: 'target' }, 409],
      ['/service_accounts/robot/api_keys', { name: 'target' }, 409],
      ['/role_assignments', { role: 'guest', user: 'target' }, 422],
      ['/role_assignments', { role: 'guest', user: 'nobody' }, 404],
      ['/role_assignments', { role: 'nothing', user: 'admin' }, 404],
      ['/role_assignments', { role: 'guest', user: 'admin', team: 'target' }, 422],
      ['/role_assignments', { role: 'guest' }, 422],
      ['/role_assignments', { role: 'guest', user: 'admin', project: 'nothing' }, 404],
      ['/role_assignments', { role: 'guest', user: 'admin', resource_type: 'user', resource_id: 'target' }, 422],
      ['/role_assignments', { role: 'guest', user: 'admin', resource_type: 'stack' }, 422],
      ['/role_assignments', { role: 'guest', user: 'admin', expires: '2001-01-01T00:00:00' }, 422],
      ['/role_assignments', { role: 'guest', user: 'admin', expires: 'tomorrow' }, 422],
      ['/tokens', { name: 'half', permissions: ['no:such'] }, 422],
      ['/tokens', { name: 'half', expires_in: 1 }, 422],
    ];
    for (const [path, body, status] of tries) {
      const before = await written();
      const answer = await admin.post(path, body);
      const wanted = path === '/role_assignments' && JSON.stringify(body) === '{"role":"guest","user":"target"}' ? 409 : status;
      expect(answer.status, `${path} ${JSON.stringify(body)}: ${answer.text}`).toBe(wanted);
      expect(await written(), `${path} ${JSON.stringify(body)}`).toBe(before);
    }
    for (const [path, body] of [
      ['/users/target', { name: 'renamed', email: 'no address' }],
      ['/users/target', { full_name: 'renamed', is_admin: 'yes' }],
      ['/roles/target', { name: 'renamed', permissions: ['no:such'] }],
      ['/teams/target', { name: 'renamed', add_members: ['admin', 'nobody'] }],
      ['/teams/target', { description: 'x', users: ['nobody'] }],
      ['/settings', { server_name: 'renamed', default_role: 'nothing' }],
      ['/settings', { server_name: 'renamed', invitation_hours: 100_000 }],
    ] as const) {
      const answer = await admin.put(path, body);
      expect([404, 422], `${path}: ${answer.text}`).toContain(answer.status);
    }
    for (const path of ['/users', '/roles', '/teams', '/projects']) expect((await admin.get(`${path}?name=oneof:["renamed","half"]`)).body.total, path).toBe(0);
    expect((await admin.get('/settings')).body.body.server_name).toBe('default');
  });
});
