// Requests under foreign names, from foreign pages, and the headers of every answer.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { login, raw, send } from '../testing/hostile.ts';
import { PASSWORD, testServer, type TestServer } from '../testing/server.ts';

const SECURITY = [
  'content-security-policy',
  'x-content-type-options',
  'referrer-policy',
  'x-frame-options',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'permissions-policy',
];

describe('a server on the open net', () => {
  let server: TestServer;
  let cookie = '';
  beforeAll(async () => {
    server = await testServer('sqlite', { listen: true, port: 0 });
    cookie = String((await login(server, 'admin', PASSWORD, { 'x-zendo-session': 'cookie' })).headers['set-cookie']).split(';')[0]!;
  });
  afterAll(() => server.close());
  const port = () => new URL(server.url).port;
  const at = (method: string, path: string, headers: Record<string, string>, body?: unknown) => send(server.url, method, path, { headers, body });

  test('answers under its own name and under addresses, and under no foreign name', async () => {
    for (const host of ['localhost', `localhost:${port()}`, `127.0.0.1:${port()}`, '10.0.0.5', '[::1]:80', '[::ffff:127.0.0.1]', 'LOCALHOST'])
      expect((await at('GET', '/info', { host })).status, host).toBe(200);
    for (const host of [
      'evil.example',
      'localhost.evil.example',
      '127.0.0.1.evil.example',
      'evil.example:80',
      'localhost@evil.example',
      'evil.example#localhost',
      'xn--lcalhost-v3a',
      ' ',
      '127.0.0.1, evil.example',
      '0x7f.1.evil',
      'localhost/',
    ]) {
      const answer = await at('GET', '/info', { host });
      expect([400, 421], `${host}: ${answer.status}`).toContain(answer.status);
      expect(answer.text).not.toContain('zendo');
    }
    expect((await at('GET', '/info', { host: 'evil.example', 'x-forwarded-host': 'localhost' })).status).toBe(421);
    expect((await at('GET', '/info', { host: 'localhost', 'x-forwarded-host': 'evil.example' })).status).toBe(200);
    expect(await raw(server.url, 'GET /api/v1/info HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1.1 (400|421)/);
    expect(await raw(server.url, 'GET /api/v1/info HTTP/1.1\r\nhost: localhost\r\nhost: evil.example\r\nconnection: close\r\n\r\n')).not.toContain('zendo');
  });

  test('answers under the names that were configured', async () => {
    const other = await testServer('sqlite', { public_url: 'https://ml.example.org', allowed_hosts: 'second.example, third.example' });
    const status = async (host: string) => (await other.server.inject({ url: '/api/v1/info', headers: { host } })).statusCode;
    expect(await Promise.all(['ml.example.org', 'ML.example.org:8443', 'second.example', 'third.example', 'fourth.example', 'example.org'].map(status))).toEqual([
      200, 200, 200, 200, 421, 421,
    ]);
    await other.close();
  });

  test('tells foreign pages nothing: no preflight succeeds and no answer names an origin', async () => {
    const foreign = { origin: 'https://evil.example', 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type,x-zendo-request', cookie };
    for (const path of ['/users', '/login', '/info', '/nothing-here']) {
      for (const answer of [
        await at('OPTIONS', path, foreign),
        await at('GET', path, { origin: 'https://evil.example', cookie }),
        await at('GET', path, { origin: 'null', cookie }),
      ]) {
        expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
      }
      expect((await at('OPTIONS', path, foreign)).status).toBeGreaterThanOrEqual(400);
    }
  });

  test('gives a cookie that scripts cannot read, and none where nobody asked for one', async () => {
    const answer = await login(server, 'admin', PASSWORD, { 'x-zendo-session': 'cookie' });
    expect(String(answer.headers['set-cookie'])).toMatch(/^zendo_session=zses_[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
    expect(answer.body.access_token).toBe('');
    expect((await login(server, 'admin')).headers['set-cookie']).toBeUndefined();
    const safe = await testServer('sqlite', { public_url: 'https://ml.example.org' });
    const secure = await login(safe, 'admin', PASSWORD, { 'x-zendo-session': 'cookie' });
    expect(String(secure.headers['set-cookie'])).toMatch(/^__Host-zendo=zses_[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/);
    expect(secure.headers['strict-transport-security']).toContain('max-age=');
    // The name without the prefix could be set by a neighbouring site.
    expect(
      (await safe.anonymous.get('/current-user', { cookie: String(secure.headers['set-cookie']).split(';')[0]!.replace('__Host-zendo', 'zendo_session') })).status,
    ).toBe(401);
    await safe.close();
  });

  test('changes nothing for a foreign page that rides on the cookie', async () => {
    const self = `http://127.0.0.1:${port()}`;
    const ways: readonly (readonly [string, Record<string, string>])[] = [
      ['no header', {}],
      ['no header, own origin', { origin: self }],
      ['foreign origin', { origin: 'https://evil.example', 'x-zendo-request': '1' }],
      ['opaque origin', { origin: 'null', 'x-zendo-request': '1' }],
      ['other port', { origin: 'http://127.0.0.1:1', 'x-zendo-request': '1' }],
      ['same site only', { 'sec-fetch-site': 'same-site', 'x-zendo-request': '1' }],
      ['cross site', { 'sec-fetch-site': 'cross-site', 'x-zendo-request': '1' }],
    ];
    for (const [what, headers] of ways) {
      expect((await at('POST', '/teams', { cookie, ...headers }, { name: 'ridden' })).status, what).toBe(403);
      expect((await at('PUT', '/settings', { cookie, ...headers }, { server_name: 'ridden' })).status, what).toBe(403);
      expect((await at('DELETE', '/teams/x', { cookie, ...headers })).status, what).toBe(403);
      expect((await at('GET', '/api_token', { cookie, ...headers })).status, what).toBe(403);
    }
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
      expect((await at('POST', '/teams', { cookie, 'content-type': type }, '{"name":"ridden"}')).status).toBe(403);
    expect((await server.admin.get('/teams')).body.total).toBe(0);
    expect((await at('POST', '/teams', { cookie, origin: self, 'x-zendo-request': '1', 'sec-fetch-site': 'same-origin' }, { name: 'own' })).status).toBe(200);
  });

  test('logs nobody out because a foreign page leads him to /logout', async () => {
    for (const headers of [{}, { origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }]) {
      const answer = await at('GET', '/logout', { cookie, ...headers });
      expect(answer.headers['set-cookie']).toBeUndefined();
      expect((await at('GET', '/current-user', { cookie })).status).toBe(200);
    }
    const own = String((await login(server, 'admin', PASSWORD, { 'x-zendo-session': 'cookie' })).headers['set-cookie']).split(';')[0]!;
    const answer = await at('GET', '/logout', { cookie: own, 'x-zendo-request': '1', 'sec-fetch-site': 'same-origin' });
    expect(String(answer.headers['set-cookie'])).toContain('Expires=Thu, 01 Jan 1970');
    expect((await at('GET', '/current-user', { cookie: own })).status).toBe(401);
  });

  test('carries the security headers on every kind of answer', async () => {
    const big = 'x'.repeat(70_000);
    const kinds: Record<number, () => ReturnType<typeof send>> = {
      200: () => at('GET', '/info', {}),
      400: () => at('POST', '/login', {}, { grant_type: 'x' }),
      401: () => at('GET', '/users', {}),
      403: () => at('POST', '/teams', { cookie }, { name: 'x' }),
      404: () => at('GET', '/nothing', {}),
      405: () => at('DELETE', '/login', {}),
      413: () => at('POST', '/login', {}, { username: big }),
      414: () => at('GET', `/users/${'x'.repeat(2500)}`, {}),
      415: () => at('POST', '/login', { 'content-type': 'image/png' }, 'x'),
      421: () => at('GET', '/info', { host: 'evil.example' }),
      422: () => at('POST', '/invitations/preview', {}, {}),
    };
    for (const [status, ask] of Object.entries(kinds)) {
      const answer = await ask();
      expect(answer.status).toBe(Number(status));
      for (const name of SECURITY) expect(answer.headers[name], `${name} of ${status}`).toBeTypeOf('string');
      if (status !== '414') expect(answer.headers['cache-control'], status).toBe('no-store');
      expect(answer.headers['server'] ?? answer.headers['x-powered-by']).toBeUndefined();
    }
    for (const path of ['/', '/signup', '/assets/none.js', '/favicon.ico', '/people?token=x']) {
      const page = await server.server.inject({ url: path, headers: { host: 'localhost' } });
      for (const name of SECURITY) expect(page.headers[name], `${name} of ${path}`).toBeTypeOf('string');
      expect(page.headers['content-security-policy']).not.toContain('unsafe-eval');
    }
    expect(await raw(server.url, 'NONSENSE\r\n\r\n')).toContain('content-security-policy');
  });
});
