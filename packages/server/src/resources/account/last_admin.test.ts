// Somebody must remain who can hand out everything.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sql } from 'kysely';
import { dialects, testServer, type Answer, type Person, type TestServer } from '../../testing/server.ts';

describe.each(dialects)('the last administrator on %s', (dialect) => {
  let server: TestServer;
  beforeEach(async () => {
    server = await testServer(dialect);
  });
  afterEach(() => server.close());

  const admins = async (): Promise<number> =>
    Number(
      (
        await sql<{
          n: number;
        }>`select count(distinct u.id) as n from account as u join role_assignment as a on a.user_id = u.id or a.team_id in (select team_id from team_member where account_id = u.id)
    join role as r on r.id = a.role_id where r.name = 'admin' and a.scope = 'server' and a.expires is null and u.status = 'active' and u.is_service_account = 0`.execute(
          server.app.database.read,
        )
      ).rows[0]!.n,
    );
  const assignmentOf = async (name: string): Promise<string> =>
    (await server.admin.get(`/role_assignments?${name.startsWith('team') ? 'team' : 'user'}=${name}&role=admin`)).body.items[0].id;

  test('cannot be removed in any way, by himself or by a manager', async () => {
    await server.admin.post('/roles', {
      name: 'manager',
      permissions: ['read', 'user:manage', 'user:update', 'user:delete', 'role_assignment:update', 'role_assignment:delete', 'team:update', 'team:delete'],
    });
    const manager = await server.person('manager', { roles: ['manager'] });
    const id = await assignmentOf('admin');
    const ways: readonly ((by: Person) => Promise<Answer>)[] = [
      (by) => by.del('/users/admin'),
      (by) => by.del('/users/admin?hand_over_to=manager'),
      (by) => by.put('/users/admin/deactivate'),
      (by) => by.put('/users/admin', { active: false }),
      (by) => by.put('/users/admin', { is_admin: false }),
      (by) => by.del(`/role_assignments/${id}`),
      (by) => by.put(`/role_assignments/${id}`, { expires: '2099-01-01T00:00:00' }),
      (by) => by.del('/roles/admin'),
      (by) => by.put('/roles/admin', { permissions: ['read'] }),
      (by) => by.put('/roles/admin', { name: 'king' }),
    ];
    for (const by of [server.admin, manager]) for (const way of ways) expect((await way(by)).status).toBe(403);
    expect((await server.admin.get('/access/me')).body.server).toContain('settings:manage');
    expect(await admins()).toBe(1);
  });

  test('cannot be lost through a team, a machine, somebody who waits, or a role that ends', async () => {
    const { admin } = server;
    await admin.post('/service_accounts', { name: 'robot', active: true, roles: ['admin'] });
    await admin.post('/users', { name: 'waiting', roles: ['admin'] });
    await server.person('temp', { roles: [] });
    await admin.post('/role_assignments', { role: 'admin', user: 'temp', expires: '2099-01-01T00:00:00' });
    await server.person('elsewhere', { roles: [], projects: [{ project: 'default', role: 'admin' }] });
    expect((await admin.del(`/role_assignments/${await assignmentOf('admin')}`)).status).toBe(403);
    await admin.post('/teams', { name: 'team-a', members: ['admin'] });
    await admin.post('/role_assignments', { role: 'admin', team: 'team-a' });
    // Now he holds it through the team alone.
    expect((await admin.del(`/role_assignments/${await assignmentOf('admin')}`)).status).toBe(200);
    const id = await assignmentOf('team-a');
    const ways = [
      admin.put('/teams/team-a', { remove_members: ['admin'] }),
      admin.put('/teams/team-a', { users: [] }),
      admin.put('/teams/team-a', { users: ['robot', 'waiting'] }),
      admin.del('/teams/team-a'),
      admin.del(`/role_assignments/${id}`),
      admin.put(`/role_assignments/${id}`, { expires: '2099-01-01T00:00:00' }),
    ];
    expect((await Promise.all(ways)).map((answer) => answer.status)).toEqual([403, 403, 403, 403, 403, 403]);
    expect(await admins()).toBe(1);
    expect((await admin.get('/teams/team-a')).body.resources.members).toHaveLength(1);
    expect((await admin.put('/teams/team-a', { users: ['admin', 'temp'] })).status).toBe(200);
    expect((await admin.put('/teams/team-a', { remove_members: ['admin'] })).status).toBe(200);
    expect(await admins()).toBe(1);
  });

  const duels: Readonly<Record<string, (by: Person, other: string) => Promise<Answer>>> = {
    deactivate: (by, other) => by.put(`/users/${other}/deactivate`),
    'switch off': (by, other) => by.put(`/users/${other}`, { active: false }),
    remove: (by, other) => by.del(`/users/${other}`),
    demote: (by, other) => by.put(`/users/${other}`, { is_admin: false }),
    revoke: async (by, other) => by.del(`/role_assignments/${await assignmentOf(other)}`),
    'put an end to': async (by, other) => by.put(`/role_assignments/${await assignmentOf(other)}`, { expires: '2099-01-01T00:00:00' }),
  };
  test('remains when two administrators take it from each other at the same moment', async () => {
    let winners = 0;
    for (const [what, duel] of Object.entries(duels)) {
      for (let round = 0; round < 4; round++) {
        const name = `${what.replaceAll(' ', '')}${round}`;
        const [one, two] = [await server.person(`${name}-1`, { roles: ['admin'] }), await server.person(`${name}-2`, { roles: ['admin'] })];
        const others = await server.app.database.read.selectFrom('account').select('id').where('name', 'not in', [one.name, two.name]).execute();
        const admin = (await server.admin.get('/users/admin')).body.id;
        // Only these two hold it for now.
        const { rows } = await sql<{
          id: string;
        }>`select a.id from role_assignment as a join role as r on r.id = a.role_id where r.name = 'admin' and a.user_id in (${sql.join(others.map((row) => row['id']))})`.execute(
          server.app.database.read,
        );
        const set = (expires: string | null) =>
          server.app.database.transaction((tx) =>
            tx
              .updateTable('role_assignment')
              .set({ expires })
              .where(
                'id',
                'in',
                rows.map((row) => row.id),
              )
              .execute()
              .then(() => undefined),
          );
        await set('2099-01-01T00:00:00.000000');
        const answers = await Promise.all([duel(one, two.name), duel(two, one.name)]);
        expect(await admins(), `${what}: ${answers.map((answer) => answer.text)}`).toBe(1);
        expect(
          answers.map((answer) => answer.status).every((status) => [200, 401, 403, 404].includes(status)),
          `${what}: ${answers.map((answer) => answer.text)}`,
        ).toBe(true);
        winners += answers.filter((answer) => answer.status === 200).length;
        await server.app.database.transaction((tx) => sql`update role_assignment set expires = null where user_id = ${admin}`.execute(tx).then(() => undefined));
        for (const loser of [one, two]) await server.admin.del(`/users/${loser.name}`);
      }
    }
    expect(winners).toBe(24);
  }, 120_000);
});
