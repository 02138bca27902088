import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testServer, type TestServer } from '../../testing/server.ts';

describe('the role of new people', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await testServer();
  });
  afterAll(() => server.close());

  test('stays the same role when it is renamed, and cannot be removed', async () => {
    const { admin } = server;
    await admin.post('/roles', { name: 'newcomer', permissions: ['read', 'me'] });
    expect((await admin.put('/settings', { default_role: 'newcomer' })).status).toBe(200);
    expect((await admin.put('/roles/newcomer', { name: 'fresh' })).status).toBe(200);
    expect((await admin.get('/settings')).body.body.default_role).toBe('fresh');
    const invited = await admin.post('/users', { name: 'nina' });
    expect(invited.body.resources.roles.map((held: any) => held.role.name)).toEqual(['fresh']);
    await admin.del('/users/nina');
    const refused = await admin.del('/roles/fresh');
    expect([refused.status, refused.body.detail[1]]).toEqual([403, expect.stringContaining('new people')]);
  });
});
