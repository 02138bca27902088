// What a second, hostile reading found, each as the attack that no longer works.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dialects, PASSWORD, testServer, type Person, type TestServer } from './server.ts';

describe.each(dialects)('attacks of the second reading on %s', (dialect) => {
  let server: TestServer;
  let project: string;
  beforeAll(async () => {
    server = await testServer(dialect);
    project = (await server.admin.get('/projects/default')).body.id;
  });
  afterAll(() => server.close());

  const waiting = async () => {
    const client_id = randomUUID();
    const begun = await server.anonymous.post('/device_authorization', new URLSearchParams({ client_id }));
    const device_id = new URL(begun.body.verification_uri_complete).searchParams.get('device_id');
    const confirm = (as: Person) => as.put(`/devices/${device_id}/verify`, { user_code: begun.body.user_code, trusted_device: true });
    const poll = () =>
      server.anonymous.post(
        '/login',
        new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:device_code', client_id, device_code: begun.body.device_code }),
      );
    return { confirm, poll };
  };

  test('a token cannot let a device in, and so become a longer and wider one', async () => {
    const short = await server.admin.post('/tokens', { name: 'short', expires_in: 60, permissions: ['read'] });
    const generic = await server.admin.get('/api_token');
    for (const token of [short.body.body.token, generic.body]) {
      const device = await waiting();
      expect((await device.confirm(server.as('admin', token))).status).toBe(403);
      expect((await device.poll()).body.error).toBe('authorization_pending');
    }
    const device = await waiting();
    expect((await device.confirm(server.admin)).status).toBe(200);
    expect((await device.poll()).status).toBe(200);
  });

  test('a device that was let in but has not come yet is out after a change of password', async () => {
    const vera = await server.person('vera', { roles: ['guest'] });
    const device = await waiting();
    expect((await device.confirm(vera)).status).toBe(200);
    expect((await vera.put('/current-user', { old_password: PASSWORD, password: 'another good battery' })).status).toBe(200);
    expect((await device.poll()).status).toBe(400);
  });

  test('a limited token makes none that names more, macros included', async () => {
    const every = (await server.admin.get('/permissions')).body.filter((one: any) => !one.macro).map((one: any) => one.name);
    const fine = await server.admin.post('/tokens', { name: 'fine', permissions: every });
    const limited = server.as('admin', fine.body.body.token);
    expect((await limited.post('/tokens', { name: 'macros', permissions: ['read', 'write', 'me'] })).status).toBe(403);
    expect((await limited.post('/tokens', { name: 'same', permissions: ['stack:read'] })).status).toBe(200);
  });

  test('a project that one may not see is missing on every page of every list', async () => {
    await server.admin.post('/projects', { name: 'secret' });
    const dev = await server.person('dev', { roles: [], projects: [{ project: 'default', role: 'developer' }] });
    for (const query of ['', '&page=2', '&size=1&page=9']) {
      const [hidden, missing] = [await dev.get(`/pipelines?project=secret${query}`), await dev.get(`/pipelines?project=nosuch${query}`)];
      expect([hidden.status, hidden.text.replace('secret', 'nosuch')]).toEqual([404, missing.text]);
    }
  });

  test('a repeated request is not answered from before one’s rights changed, nor through a narrower token', async () => {
    const dora = await server.person('dora', { roles: ['developer'] });
    const headers = { 'idempotency-key': randomUUID() };
    expect((await dora.post('/pipelines', { project, name: 'kept' }, headers)).status).toBe(200);
    const narrow = server.as('dora', (await dora.post('/tokens', { name: 'narrow', permissions: ['tag:read'] })).body.body.token);
    // A token for tags sees no project, and nothing of what was answered before.
    expect((await narrow.post('/pipelines', { project, name: 'kept' }, headers)).status).toBe(404);
    expect((await dora.post('/pipelines', { project, name: 'another body' }, headers)).body.name).toBe('another body');
    const held = (await server.admin.get('/role_assignments?user=dora')).body.items[0].id;
    await server.admin.del(`/role_assignments/${held}`);
    expect((await dora.post('/pipelines', { project, name: 'kept' }, headers)).status).toBe(404);
  });

  test('removing what holds private things of others is refused, and they stay', async () => {
    const alice = await server.person('alice', { roles: ['developer'] });
    const room = (await server.admin.post('/projects', { name: 'room' })).body.id;
    const model = await alice.post('/models', { project: room, name: 'mine', private: true });
    expect(model.status, model.text).toBe(200);
    expect((await server.admin.del('/projects/room')).status).toBe(403);
    expect((await alice.get(`/models/${model.body.id}`)).status).toBe(200);
    expect((await alice.del(`/models/${model.body.id}`)).status).toBe(200);
    expect((await server.admin.del('/projects/room')).status).toBe(200);
  });
});
