// Nobody hands out more than he holds, by whatever way he tries.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { count, withOnly } from '../../testing/hostile.ts';
import { dialects, PASSWORD, testServer, type Answer, type Person, type TestServer } from '../../testing/server.ts';

describe.each(dialects)('a clerk who may make people and give roles, on %s', (dialect) => {
  let server: TestServer;
  let clerk: Person;
  let boss = '';
  let number = 0;
  beforeAll(async () => {
    server = await testServer(dialect);
    const { admin } = server;
    const everything = ['user', 'team', 'role', 'role_assignment', 'service_account', 'project'].flatMap((type) =>
      ['create', 'update', 'delete'].map((action) => `${type}:${action}`),
    );
    clerk = await withOnly(server, 'clerk', ['read', ...everything, 'user:manage', 'service_account:manage']);
    await server.person('chief', { roles: ['admin'] });
    await server.person('worker', { roles: [] });
    await admin.post('/teams', { name: 'admins' });
    await admin.post('/role_assignments', { role: 'admin', team: 'admins' });
    await admin.post('/teams', { name: 'of clerks', members: ['clerk'] });
    await admin.post('/service_accounts', { name: 'strong', active: true, roles: ['admin'] });
    await admin.post('/service_accounts/strong/api_keys', { name: 'key' });
    await admin.post('/service_accounts', { name: 'idle', active: false, roles: ['admin'] });
    await admin.post('/roles', { name: 'stronger', permissions: ['settings:manage', 'stack:update'] });
    boss = (await admin.get('/users/chief')).body.id;
  });
  afterAll(() => server.close());
  const held = async (name: string) => (await server.admin.get(`/access/what?principal=${name}`)).body.server as string[];
  const invited = async (name: string) => (await server.admin.post('/invitations', { name, roles: ['admin'] })).body;

  const ways: Readonly<Record<string, (name: string) => Promise<Answer>>> = {
    'a user with the role admin': (name) => clerk.post('/users', { name, password: PASSWORD, roles: ['admin'] }),
    'a user with is_admin': (name) => clerk.post('/users', { name, password: PASSWORD, is_admin: true }),
    'a user with the default role': (name) => clerk.post('/users', { name, password: PASSWORD }),
    'a user with a stronger role': (name) => clerk.post('/users', { name, roles: ['stronger'] }),
    'a user with me, which he does not hold': (name) => clerk.post('/users', { name, roles: ['guest'] }),
    'a user in a stronger team': (name) => clerk.post('/users', { name, roles: [], teams: ['admins'] }),
    'a user with a role in a project': (name) => clerk.post('/users', { name, roles: [], projects: [{ project: 'default', role: 'admin' }] }),
    'a user with the usual role in a project': (name) => clerk.post('/users', { name, projects: [{ project: 'default' }] }),
    'an invitation with the role admin': (name) => clerk.post('/invitations', { name, roles: ['admin'] }),
    'an invitation with the default role': (name) => clerk.post('/invitations', { name }),
    'an invitation to a stronger team': (name) => clerk.post('/invitations', { name, roles: [], teams: ['admins'] }),
    'an invitation into a project': (name) => clerk.post('/invitations', { name, roles: [], projects: [{ project: 'default', role: 'developer' }] }),
    'a renewed link of a stronger person': async (name) => clerk.post(`/invitations/${(await invited(name)).id}/renew`),
    'a reset link of a stronger person': () => clerk.post('/users/chief/reset'),
    'the name of a stronger person': () => clerk.put('/users/chief', { name: 'nobody' }),
    'the address of a stronger person': () => clerk.put(`/users/${boss}`, { email: 'clerk@example.org' }),
    'the password of a stronger person': () => clerk.put('/users/chief', { password: 'four unrelated words' }),
    'himself as administrator': () => clerk.put('/users/clerk', { is_admin: true }),
    'somebody as administrator': () => clerk.put('/users/worker', { is_admin: true }),
    'the role admin to himself': () => clerk.post('/role_assignments', { role: 'admin', user: 'clerk' }),
    'the role admin to his team': () => clerk.post('/role_assignments', { role: 'admin', team: 'of clerks' }),
    'the role admin in a project': () => clerk.post('/role_assignments', { role: 'admin', user: 'clerk', project: 'default' }),
    'the role admin for a while': () => clerk.post('/role_assignments', { role: 'admin', user: 'worker', expires: '2099-01-01T00:00:00' }),
    'a stronger role to a machine': () => clerk.post('/role_assignments', { role: 'stronger', user: 'strong' }),
    'a new role that holds more': (name) => clerk.post('/roles', { name, permissions: ['settings:manage'] }),
    'a new role with a macro': (name) => clerk.post('/roles', { name, permissions: ['write'] }),
    'more in a role that he holds': () => clerk.put('/roles/only-clerk', { permissions: ['read', 'write'] }),
    'a role that he does not hold, weakened': () => clerk.put('/roles/stronger', { permissions: ['read'] }),
    'the built-in role guest': () => clerk.put('/roles/guest', { permissions: ['read'] }),
    'a stronger team, with himself in it': () => clerk.put('/teams/admins', { add_members: ['clerk'] }),
    'a stronger team, all of it replaced': () => clerk.put('/teams/admins', { users: ['clerk'] }),
    'a key of a stronger machine': () => clerk.post('/service_accounts/strong/api_keys', { name: 'mine' }),
    'a rotated key of a stronger machine': () => clerk.put('/service_accounts/strong/api_keys/key/rotate'),
    'a machine with the role admin': (name) => clerk.post('/service_accounts', { name, active: true, roles: ['admin'] }),
    'a machine in a stronger team': (name) => clerk.post('/service_accounts', { name, active: true, teams: ['admins'] }),
    'a stronger machine, awake again': () => clerk.put('/service_accounts/idle', { active: true }),
    'the settings': () => clerk.put('/settings', { default_role: 'admin' }),
    'the audit log': () => clerk.put('/audit_events', {}),
  };
  test.each(Object.entries(ways))('cannot hand out %s', async (what, attempt) => {
    const before = [
      await held('clerk'),
      await held('worker'),
      await count(server, 'account'),
      await count(server, 'role_assignment'),
      await count(server, 'role'),
      await count(server, 'team_member'),
      await count(server, 'api_key'),
    ];
    const name = `made-${++number}`;
    const answer = await attempt(name);
    expect([403, 404, 405], `${what}: ${answer.status} ${answer.text}`).toContain(answer.status);
    const prepared = what === 'a renewed link of a stronger person' ? 1 : 0;
    const after = [
      await held('clerk'),
      await held('worker'),
      (await count(server, 'account')) - prepared,
      (await count(server, 'role_assignment')) - prepared,
      await count(server, 'role'),
      await count(server, 'team_member'),
      await count(server, 'api_key'),
    ];
    expect(after).toEqual(before);
    if (prepared === 0) expect((await server.admin.get(`/users/${name}`)).status).toBe(404);
  });

  test('cannot wake a stronger person, nor take what he owns', async () => {
    await server.person('sleeper', { roles: ['admin'] });
    expect((await clerk.put('/users/sleeper/deactivate')).body.body).toMatchObject({ active: false, activation_token: null });
    expect((await server.admin.put('/users/sleeper/reactivate')).status).toBe(200);
    await server.admin.put('/users/sleeper/deactivate');
    expect([(await clerk.put('/users/sleeper/reactivate')).status, (await clerk.put('/users/sleeper', { active: true })).status]).toEqual([403, 403]);
    expect((await clerk.del('/users/chief?hand_over_to=clerk')).status).toBe(403);
    expect((await server.admin.get('/users/chief')).body.body.active).toBe(true);
  });

  test('cannot make a role hold for longer than it was given', async () => {
    await server.person('temp', { roles: [] });
    const { id } = (await server.admin.post('/role_assignments', { role: 'admin', user: 'temp', expires: '2099-01-01T00:00:00' })).body;
    for (const expires of [null, '2199-01-01T00:00:00', '2098-01-01T00:00:00']) expect((await clerk.put(`/role_assignments/${id}`, { expires })).status).toBe(403);
    expect((await server.admin.get(`/role_assignments/${id}`)).body.body.expires).toContain('2099');
  });

  test('hands out what he holds', async () => {
    expect((await clerk.post('/users', { name: 'successor', password: PASSWORD, roles: ['only-clerk'] })).status).toBe(200);
    expect((await clerk.post('/roles', { name: 'weaker', permissions: ['read', 'user:create'] })).status).toBe(200);
    expect((await clerk.post('/role_assignments', { role: 'weaker', user: 'worker' })).status).toBe(200);
    expect((await clerk.post('/users/successor/reset')).status).toBe(200);
  });

  test('nobody changes what he is by changing himself', async () => {
    const guest = await server.person('guest-who-wants', { roles: ['guest'] });
    expect((await guest.put('/current-user', { is_admin: true, active: true, full_name: 'G' })).status).toBe(200);
    for (const more of [
      { roles: ['admin'] },
      { status: 'active' },
      { is_service_account: true },
      { teams: ['admins'] },
      { id: boss },
      { external_user_id: 'x', password_hash: 'x' },
    ])
      expect((await guest.put('/current-user', more)).status, JSON.stringify(more)).toBe(422);
    expect((await guest.put('/users/guest-who-wants', { is_admin: true })).status).toBe(403);
    expect((await held('guest-who-wants')).some((name) => !name.endsWith(':read') && name !== 'me')).toBe(false);
  });

  describe('a preview', () => {
    const proposals = () => [
      { assign: { role: 'admin', user: 'worker' } },
      { team: 'admins', add_members: ['worker'] },
      { role: 'stronger', permissions: ['read', 'write'] },
      { deactivate: 'chief' },
      { team: 'of clerks', remove_members: ['clerk'] },
    ];
    test('never changes anything, also when many come at once with real changes between them', async () => {
      const state = async () =>
        JSON.stringify([
          await held('worker'),
          await held('clerk'),
          await held('chief'),
          (await server.admin.get('/roles/stronger')).body.body.permissions,
          await count(server, 'role_assignment'),
          await count(server, 'team_member'),
        ]);
      const [before, events, outbox] = [await state(), await count(server, 'audit_event'), await count(server, 'outbox')];
      const answers = await Promise.all([
        ...Array.from({ length: 4 }, proposals)
          .flat()
          .map((body) => server.admin.post('/access/preview', body)),
        ...Array.from({ length: 5 }, (_, i) => server.admin.post('/teams', { name: `meanwhile-${i}` })),
      ]);
      expect(answers.map((answer) => answer.status)).toEqual(Array(25).fill(200));
      expect(answers[0]!.body.people.map((one: any) => one.principal.name)).toEqual(['worker']);
      expect(await state()).toBe(before);
      expect([
        (await count(server, 'audit_event')) - events,
        (await count(server, 'outbox')) - outbox,
        (await server.admin.get('/teams?name=startswith:meanwhile')).body.total,
      ]).toEqual([5, 5, 5]);
    }, 60_000);

    test('is refused where the change is, and stops nobody else', async () => {
      const guest = await server.person('curious', { roles: ['guest'] });
      const mine = (await guest.get('/role_assignments')).body.items.find((item: any) => item.body.principal_name === 'curious');
      for (const body of [
        ...proposals(),
        { unassign: mine.id },
        { unassign: crypto.randomUUID() },
        { deactivate: 'curious' },
        {},
        { assign: { role: 'guest', user: 'a', team: 'b' } },
      ]) {
        const answer = await Promise.race([
          guest.post('/access/preview', body),
          new Promise<null>((resolve) => {
            setTimeout(() => resolve(null), 8_000);
          }),
        ]);
        expect(answer, 'an answer').not.toBeNull();
        expect([403, 404, 422], JSON.stringify(body)).toContain(answer!.status);
      }
      expect((await server.admin.post('/teams', { name: 'still writing' })).status).toBe(200);
    }, 60_000);

    test('names nobody whom one may not see', async () => {
      const blind = await withOnly(server, 'blind', ['role:read', 'team:read', 'team:update', 'project:read', 'role_assignment:create', 'role_assignment:read']);
      await server.admin.post('/roles', { name: 'dim', permissions: ['project:read'] });
      await server.person('unseen');
      await server.admin.post('/teams', { name: 'secret team', members: ['unseen', 'chief'] });
      expect((await blind.get('/users')).body.total).toBe(0);
      const proposal = { assign: { role: 'dim', team: 'secret team' } };
      expect((await server.admin.post('/access/preview', proposal)).text).toContain('unseen');
      const seen = await blind.post('/access/preview', proposal);
      expect([seen.status, seen.body.needs]).toEqual([403, 'user:read']);
      expect(seen.text).not.toMatch(/unseen|chief/);
    });
  });
});
