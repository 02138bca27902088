// Every kind of secret, at every door that takes another kind.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer } from '../main.ts';
import { dialects, emptyDatabase, PASSWORD, testServer, type Answer, type TestServer } from '../testing/server.ts';
import { login } from '../testing/hostile.ts';
import { unwrapKey, wrapKey } from './tokens.ts';

const CLIENT = '7b0c3a52-5f0e-4d47-9a55-0d5a3c1c9e10';
const PREFIXES = ['zses_', 'zset_', 'zinv_', 'zdev_', 'zkey_', ''];

describe.each(dialects)('secrets on %s', (dialect) => {
  let server: TestServer;
  const secrets: Record<string, string> = {};
  let device_id = '';
  beforeAll(async () => {
    server = await testServer(dialect);
    const { admin, anonymous } = server;
    await server.person('reset-me', { roles: ['guest'] });
    secrets['session'] = admin.token;
    secrets['cookie'] = /zendo_session=([^;]+)/.exec(String((await login(server, 'admin', PASSWORD, { 'x-zendo-session': 'cookie' })).headers['set-cookie']))![1]!;
    secrets['personal'] = (await admin.post('/tokens', { name: 'script' })).body.body.token;
    secrets['invite'] = (await admin.post('/invitations', { name: 'invited', roles: ['guest'] })).body.body.token;
    secrets['reset'] = (await admin.post('/users/reset-me/reset')).body.token;
    await admin.post('/service_accounts', { name: 'robot', active: true, roles: ['guest'] });
    secrets['API key'] = (await admin.post('/service_accounts/robot/api_keys', { name: 'key' })).body.body.key;
    secrets['inside of the API key'] = unwrapKey(secrets['API key']!)!.key;
    const flow = (await anonymous.post('/device_authorization', new URLSearchParams({ client_id: CLIENT }))).body;
    secrets['device'] = flow.device_code;
    secrets['user code'] = flow.user_code;
    device_id = new URL(flow.verification_uri_complete).searchParams.get('device_id')!;
  });
  afterAll(() => server.close());

  const form = (fields: Record<string, string>) => server.anonymous.post('/login', new URLSearchParams(fields));
  /** A door, the secrets that open it, and how it refuses the others. */
  const doors: readonly (readonly [string, readonly string[], number, (secret: string) => Promise<Answer>])[] = [
    ['bearer', ['session', 'cookie', 'personal', 'API key'], 401, (secret) => server.as('', secret).get('/current-user')],
    ['cookie', ['cookie'], 401, (secret) => server.anonymous.get('/current-user', { cookie: `zendo_session=${encodeURIComponent(secret)}` })],
    ['preview of a link', ['invite', 'reset'], 404, (token) => server.anonymous.post('/invitations/preview', { token })],
    ['acceptance of a link', ['invite', 'reset'], 404, (token) => server.anonymous.post('/invitations/accept', { token, password: 'short' })],
    ['activation', ['invite', 'reset'], 404, (activation_token) => server.anonymous.put('/users/admin/activate', { activation_token, password: 'short' })],
    ['log-in with an API key', ['API key'], 401, (password) => form({ grant_type: 'zenml-api-key', password })],
    ['log-in with a device', ['device'], 400, (device_code) => form({ client_id: CLIENT, device_code })],
    ['log-in with a password', [], 401, (password) => form({ username: 'admin', password })],
    ['set-up', [], 403, (setup_token) => server.anonymous.post('/setup', { setup_token, username: 'second', password: PASSWORD })],
    ['server activation', [], 403, (setup_token) => server.anonymous.put('/activate', { setup_token, admin_username: 'second', admin_password: PASSWORD })],
  ];
  test.each(doors)('%s opens to its own kind only', async (_door, good, refusal, knock) => {
    const answers = await Promise.all(Object.entries(secrets).map(async ([kind, secret]) => [kind, await knock(secret)] as const));
    for (const [kind, answer] of answers.filter(([name]) => !good.includes(name))) expect(answer.status, `${kind}: ${answer.text}`).toBe(refusal);
    for (const [kind, answer] of answers.filter(([name]) => good.includes(name))) {
      // A good link with a bad password gets as far as the password; a device that waits is told to wait.
      expect([200, 422, kind === 'device' ? 400 : 200], `${kind}: ${answer.text}`).toContain(answer.status);
      if (kind === 'device') expect(answer.body.error).toBe('authorization_pending');
    }
  });

  test('the random part of a secret opens nothing under the prefix of another kind', async () => {
    for (const secret of Object.values(secrets)) {
      const part = secret.replace(/^z\w\w\w_/, '');
      for (const prefix of PREFIXES.filter((other) => other + part !== secret)) {
        expect((await server.as('', prefix + part).get('/current-user')).status).toBe(401);
        expect((await server.anonymous.post('/invitations/preview', { token: (prefix + part).slice(0, 200) })).status).toBe(404);
        expect((await form({ grant_type: 'zenml-api-key', password: prefix + part })).status).toBe(401);
      }
    }
  });

  test('the code of a device is none of the other secrets', async () => {
    const flow = (await server.anonymous.post('/device_authorization', new URLSearchParams({ client_id: crypto.randomUUID() }))).body;
    const id = new URL(flow.verification_uri_complete).searchParams.get('device_id')!;
    expect((await server.admin.put(`/devices/${id}/verify`, { user_code: flow.device_code })).status).toBe(400);
    expect((await server.admin.put(`/devices/${id}/verify`, { user_code: secrets['user code'] })).status).toBe(400);
    expect((await server.admin.put(`/devices/${id}/verify`, { user_code: flow.user_code })).status).toBe(200);
    expect((await server.anonymous.get(`/devices/${device_id}?user_code=${secrets['user code']}`)).status).toBe(401);
  });

  test('the secret of one key under the id of another is no key', async () => {
    const other = (await server.admin.post('/service_accounts/robot/api_keys', { name: 'other' })).body.body.key;
    const mixed = wrapKey(unwrapKey(other)!.id, unwrapKey(secrets['API key']!)!.key);
    expect((await server.as('', mixed).get('/current-user')).status).toBe(401);
    expect((await server.as('', other).get('/current-user')).status).toBe(200);
  });

  test('before the set-up only the set-up token opens it, and it opens nothing else', async () => {
    const { url, drop } = await emptyDatabase(dialect);
    const fresh = await startServer({ database_url: url, listen: false, log_level: 'silent' });
    const post = async (path: string, payload: object, method: 'POST' | 'PUT' = 'POST') =>
      (await fresh.server.inject({ method, url: `/api/v1${path}`, headers: { host: 'localhost' }, payload })).statusCode;
    const token = new URL(fresh.setup_url!).hash.slice('#token='.length);
    const person = { username: 'first', password: PASSWORD };
    for (const setup_token of [...Object.values(secrets), ...PREFIXES.map((prefix) => token.replace('zset_', prefix))].filter(
      (secret) => secret !== token && secret !== '',
    )) {
      expect(await post('/setup', { setup_token, ...person })).toBe(401);
      expect(await post('/setup/check', { setup_token })).toBe(401);
      expect(await post('/activate', { setup_token, admin_username: 'first', admin_password: PASSWORD }, 'PUT')).toBe(401);
    }
    expect(await post('/activate', { admin_username: 'first', admin_password: PASSWORD }, 'PUT')).toBe(401);
    expect((await fresh.server.inject({ url: '/api/v1/current-user', headers: { host: 'localhost', authorization: `Bearer ${token}` } })).statusCode).toBe(401);
    expect(await post('/invitations/preview', { token })).toBe(404);
    expect(await post('/setup/check', { setup_token: token })).toBe(200);
    await fresh.close();
    await drop();
  });
});
