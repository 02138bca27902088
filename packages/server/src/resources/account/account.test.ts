import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dialects, PASSWORD, testServer, type TestServer } from '../../testing/server.ts';

describe.each(dialects)('people on %s', (dialect) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await testServer(dialect);
  });
  afterAll(() => server.close());

  test('a person is created, found by name, changed and removed', async () => {
    const { admin } = server;
    const made = await admin.post('/users', { name: 'bob', password: PASSWORD, is_admin: false, email: 'bob@example.org' });
    expect(made.status).toBe(200);
    expect(made.body.body.status).toBe('active');
    expect(made.body.resources.roles.map((held: any) => held.role.name)).toEqual(['developer']);
    const changed = await admin.put('/users/bob', { full_name: 'Bob B.' });
    expect(changed.body.body.full_name).toBe('Bob B.');
    expect((await admin.get('/users?name=startswith:bo')).body.total).toBe(1);
    expect((await admin.del('/users/bob')).status).toBe(200);
    expect((await admin.get('/users/bob')).status).toBe(404);
  });

  test('an invited person signs up once and holds the role of the invitation', async () => {
    const { admin, anonymous } = server;
    const invited = await admin.post('/invitations', { name: 'joe', roles: ['guest'], projects: [{ project: 'default', role: 'developer' }] });
    expect(invited.status, invited.text).toBe(200);
    const { token } = invited.body.body;
    expect((await anonymous.post('/invitations/preview', { token })).body).toMatchObject({ user_name: 'joe', inviter: { name: 'admin' } });
    const joined = await anonymous.post('/invitations/accept', { token, password: PASSWORD });
    expect(joined.status, joined.text).toBe(200);
    expect((await anonymous.post('/invitations/accept', { token, password: PASSWORD })).status).toBe(404);
    const joe = server.as('joe', joined.body.access_token);
    const refused = await joe.post('/users', { name: 'x' });
    expect(refused.status).toBe(403);
    expect(refused.body.needs).toBe('user:create');
    expect(refused.body.detail[1]).toContain('admin');
    const why = await admin.get('/access/explain?principal=joe&action=read&type=project&id=default');
    expect(why.body.reasons.map((reason: any) => reason.kind).sort()).toEqual(['project', 'server']);
  });

  test('roles, teams and a preview', async () => {
    const { admin } = server;
    const role = await admin.post('/roles', { name: 'stacker', permissions: ['read', 'project:update'] });
    expect(role.body.body.permissions).toEqual(['project:update', 'read']);
    const team = await admin.post('/teams', { name: 'ml', members: ['joe'] });
    expect(team.body.resources.members).toHaveLength(1);
    const look = await admin.post('/access/preview', { assign: { role: 'stacker', team: 'ml' } });
    expect(look.body.people, look.text).toEqual([
      { principal: expect.objectContaining({ name: 'joe' }), gains: [{ scope: 'server', permissions: ['project:update'] }], loses: [] },
    ]);
    expect((await admin.get('/users/joe')).body.resources.roles.map((held: any) => held.role.name)).not.toContain('stacker');
  });
});
