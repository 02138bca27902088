// What a guest sees of other people: names, roles and teams; no addresses, sessions, invitations or audit log.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withOnly } from '../../testing/hostile.ts';
import { dialects, PASSWORD, testServer, type Person, type TestServer } from '../../testing/server.ts';

describe.each(dialects)('people seen by a guest, on %s', (dialect) => {
  let server: TestServer;
  let guest: Person;
  beforeAll(async () => {
    server = await testServer(dialect);
    const { admin } = server;
    await admin.post('/teams', { name: 'ml' });
    for (const [name, email] of [
      ['ann', 'zz-ann@example.org'],
      ['ben', 'mm-ben@example.org'],
      ['cat', 'aa-cat@example.org'],
    ])
      await admin.post('/users', { name, email, password: PASSWORD, roles: ['developer'], teams: ['ml'], external_user_id: `ext-${name}` });
    await admin.post('/users', { name: 'soon', email: 'soon@example.org', roles: ['guest'] });
    guest = await server.person('guest', { roles: ['guest'], teams: ['ml'] });
    await guest.put('/current-user', { email: 'own@example.org' });
  });
  afterAll(() => server.close());
  const names = (answer: { body: any }) => answer.body.items.map((item: any) => item.name);

  test('shows names, roles and teams', async () => {
    const ann = (await guest.get('/users/ann')).body;
    expect([ann.name, ann.resources.roles.map((held: any) => held.role.name), ann.resources.teams.map((team: any) => team.name), ann.metadata.email]).toEqual([
      'ann',
      ['developer'],
      ['ml'],
      null,
    ]);
  });

  test('hides addresses wherever people are shown', async () => {
    for (const path of [
      '/users?hydrate=true',
      '/users/ann',
      '/teams?hydrate=true',
      '/teams/ml',
      '/role_assignments?hydrate=true',
      '/projects?hydrate=true',
      '/access/what?principal=ann',
      '/access/who?action=read&type=project&id=default',
      '/access/explain?principal=ann&action=read&type=project&id=default',
      '/users?name=soon&hydrate=true',
      '/roles?hydrate=true',
      '/service_accounts?hydrate=true',
    ]) {
      const answer = await guest.get(path);
      expect(answer.status, path).toBe(200);
      expect(answer.text.replaceAll('own@example.org', ''), path).not.toMatch(/@example\.org|ext-|zinv_/);
    }
    expect((await guest.get('/current-user')).body.metadata.email).toBe('own@example.org');
    expect((await server.admin.get('/users/ann')).body.metadata.email).toBe('zz-ann@example.org');
  });

  test('lets nobody find people by an address that he may not see', async () => {
    const everybody = names(await guest.get('/users?size=100'));
    for (const filter of [
      'email=zz-ann@example.org',
      'email=contains:ann',
      'email=startswith:zz',
      'email=oneof:["zz-ann@example.org"]',
      'external_user_id=ext-ann',
      'email=isnotnull:&name=ann',
    ]) {
      const found = await guest.get(`/users?${encodeURI(filter)}`);
      expect([200, 422], filter).toContain(found.status);
      expect(
        (found.body.items ?? []).map((item: any) => item.name).filter((name: string) => name !== 'guest'),
        filter,
      ).toEqual([]);
      expect((await server.admin.get(`/users?${encodeURI(filter)}`)).body.total, filter).toBeGreaterThan(0);
    }
    // Negated, nothing may be missing that would give the address away.
    for (const filter of ['email=notcontains:ann', 'email=notequals:zz-ann@example.org']) {
      const found = names(await guest.get(`/users?${filter}&size=100`)).filter((name: string) => name !== 'guest');
      expect([0, everybody.length - 1], filter).toContain(found.length);
    }
    const either = names(await guest.get('/users?logical_operator=or&email=contains:ann&name=ben'));
    expect(either).toEqual(['ben']);
  });

  test('sorts by an address as if nobody had one', async () => {
    for (const sort of ['email', 'desc:email', 'external_user_id', 'password_changed_at']) {
      const answer = await guest.get(`/users?sort_by=${sort}&size=100`);
      if (answer.status === 422) continue;
      const order = names(answer).filter((name: string) => ['ann', 'ben', 'cat'].includes(name));
      const byId = names(await guest.get(`/users?sort_by=${sort.startsWith('desc') ? 'desc:id' : 'id'}&size=100`)).filter((name: string) =>
        ['ann', 'ben', 'cat'].includes(name),
      );
      expect(order, sort).toEqual(byId);
    }
    expect(names(await server.admin.get('/users?sort_by=email&size=100')).filter((name: string) => ['ann', 'ben', 'cat'].includes(name))).toEqual(['cat', 'ben', 'ann']);
  });

  test('hides the sessions and invitations of others, and the audit log', async () => {
    const { items } = (await server.admin.get('/invitations')).body;
    expect(items).toHaveLength(1);
    expect([(await guest.get('/invitations')).body.total ?? 0, (await guest.get(`/invitations/${items[0].id}`)).status]).toEqual([0, 404]);
    for (const [method, path] of [
      ['post', `/invitations/${items[0].id}/renew`],
      ['del', `/invitations/${items[0].id}`],
    ] as const)
      expect((await guest[method](path)).status).toBe(404);
    expect((await guest.get('/users/soon')).body.resources.invitation).toBeNull();
    const sessions = (await guest.get('/sessions?size=100')).body.items;
    expect(sessions.every((session: any) => session.body.user_id === sessions[0].body.user_id)).toBe(true);
    expect((await server.admin.get('/audit_events')).body.total).toBeGreaterThan(5);
    const event = (await server.admin.get('/audit_events?size=1')).body.items[0];
    for (const person of [guest, await server.person('dev', { roles: ['developer'] }), await withOnly(server, 'reader', ['read', 'write'].slice(0, 1))]) {
      const listed = await person.get('/audit_events');
      expect([403, 200]).toContain(listed.status);
      expect(listed.body.total ?? 0).toBe(0);
      expect((await person.get(`/audit_events/${event.id}`)).status).toBe(404);
    }
    const auditor = await withOnly(server, 'auditor', ['settings:manage']);
    expect((await auditor.get('/audit_events')).body.total).toBeGreaterThan(5);
  });

  test('answers for what is hidden as for what is missing', async () => {
    const { id } = (await server.admin.get('/invitations')).body.items[0];
    const [hidden, missing] = [await guest.get(`/invitations/${id}`), await guest.get(`/invitations/${crypto.randomUUID()}`)];
    expect(hidden.text.replace(id, '…')).toBe(missing.text.replace(/[0-9a-f-]{36}/, '…'));
  });
});
