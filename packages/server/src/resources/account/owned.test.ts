// What somebody owns is his like what he was given: whoever manages people does not come to it by way of the account.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withOnly } from '../../testing/hostile.ts';
import { placeOf, type Place } from '../../testing/pipelines.ts';
import { dialects, testServer, type Person, type TestServer } from '../../testing/server.ts';

describe.each(dialects)('what an account owns, on %s', (dialect) => {
  let server: TestServer;
  let clerk: Person;
  let place: Place;
  beforeAll(async () => {
    server = await testServer(dialect);
    place = await placeOf(server.admin);
    clerk = await withOnly(server, 'clerk', [
      'read',
      'user:manage',
      'user:update',
      'user:delete',
      'service_account:manage',
      'service_account:update',
      'service_account:delete',
      'role_assignment:delete',
    ]);
  });
  afterAll(() => server.close());
  /** Somebody whose roles are taken away after he has made something. */
  const owner = async (name: string, make: (who: Person) => Promise<{ status: number; body: any }>) => {
    const who = await server.person(name, { roles: ['developer'] });
    const made = await make(who);
    expect(made.status).toBe(200);
    const [held] = (await server.admin.get(`/role_assignments?user=${name}`)).body.items;
    expect((await clerk.del(`/role_assignments/${held.id}`)).status).toBe(200);
    return { who, id: made.body.id as string };
  };

  test('keeps who cannot do the same from becoming him', async () => {
    await owner('ann', (who) => who.post('/models', { project: place.project, name: 'of-ann', private: true }));
    for (const answer of [
      await clerk.post('/users/ann/reset'),
      await clerk.put('/users/ann', { email: 'clerk@example.org' }),
      await clerk.put('/users/ann', { name: 'nobody' }),
      await clerk.del('/users/ann?hand_over_to=clerk'),
    ]) {
      expect([answer.status, answer.body.needs], answer.text).toEqual([403, 'model:create']);
    }
    expect((await clerk.put('/users/ann', { full_name: 'Ann' })).status).toBe(200);
    expect((await clerk.put('/users/ann/deactivate')).status).toBe(200);
    expect((await clerk.put('/users/ann/reactivate')).status).toBe(403);
  });

  test('keeps the keys of a machine from him, too', async () => {
    const machine = (await server.admin.post('/service_accounts', { name: 'machine', active: true, roles: ['developer'] })).body;
    const { key } = (await server.admin.post('/service_accounts/machine/api_keys', { name: 'first' })).body.body;
    const login = await server.anonymous.post('/login', new URLSearchParams({ grant_type: 'zenml-api-key', password: key }));
    expect((await server.as('machine', login.body.access_token).post('/tags', { name: 'of-machine' })).status).toBe(200);
    for (const held of (await server.admin.get(`/role_assignments?user=${machine.id}`)).body.items) await clerk.del(`/role_assignments/${held.id}`);
    expect((await clerk.post('/service_accounts/machine/api_keys', { name: 'mine' })).body.needs).toBe('tag:create');
    expect((await clerk.put('/service_accounts/machine/api_keys/first/rotate')).status).toBe(403);
    expect((await server.admin.post('/service_accounts/machine/api_keys', { name: 'second' })).status).toBe(200);
  });

  test('is handed over whole, also what belongs to nothing yet, and the audit log tells it', async () => {
    const lonely = { project: place.project, name: 'lonely', active: true, cron_expression: '* * * * *' };
    const { id } = await owner('ben', (who) => who.post('/schedules', lonely));
    expect((await server.admin.get('/users/ben/owned')).body).toEqual([{ type: 'schedule', count: 1 }]);
    expect((await server.admin.del('/users/ben')).status).toBe(403);
    expect((await clerk.post('/users/ben/reset')).body.needs).toMatch(/^pipeline:/);
    const ben = (await server.admin.get('/users/ben')).body.id;
    const heir = (await server.admin.get('/users/clerk')).body.id;
    expect((await clerk.del('/users/ben?hand_over_to=clerk')).status).toBe(403);
    expect((await server.admin.del('/users/ben?hand_over_to=clerk')).status).toBe(200);
    expect((await clerk.get(`/schedules/${id}`)).body.name).toBe('lonely');
    const [told] = (await server.admin.get(`/audit_events?action=delete&outcome=success&target_id=${ben}`)).body.items;
    expect(told.body.changes).toEqual({ hand_over_to: heir, owned: [{ type: 'schedule', count: 1 }] });
  });
});
