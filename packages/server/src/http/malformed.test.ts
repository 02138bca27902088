// Bytes and addresses that no honest client sends: never a 5xx, always the wire's form.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { raw, send, type Heard } from '../testing/hostile.ts';
import { dialects, PASSWORD, testServer, type TestServer } from '../testing/server.ts';

/** The wire's three forms of an error (wire.md 4.1). */
export const wellFormed = (body: any): boolean => {
  const detail = body?.detail;
  return (
    typeof detail === 'string' ||
    (Array.isArray(detail) && detail.length >= 2 && detail.every((part) => typeof part === 'string') && /^[A-Z]\w+$/.test(String(detail[0])))
  );
};

describe.each(dialects)('malformed requests on %s', (dialect) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await testServer(dialect, { listen: true, port: 0 });
  });
  afterAll(() => server.close());
  const at = (method: string, path: string, headers: Record<string, string> = {}, body?: unknown) =>
    send(server.url, method, path, { headers, body, token: server.admin.token });
  const refused = (answer: Heard, what: string) => {
    expect(answer.status, `${what}: ${answer.text.slice(0, 300)}`).toBeGreaterThanOrEqual(400);
    expect(answer.status, `${what}: ${answer.text.slice(0, 300)}`).toBeLessThan(500);
    expect(wellFormed(answer.body), `${what}: ${answer.text.slice(0, 300)}`).toBe(true);
  };

  test('bodies that are no JSON, or no object', async () => {
    for (const body of [
      '{',
      '}',
      '{"name":',
      '{"name":"x",}',
      "{'name':'x'}",
      'name=x',
      '\ufeff{}',
      '[]',
      '[{}]',
      'null',
      '1',
      '"x"',
      'true',
      '{"name":NaN}',
      '{"name":"a\u0001"}',
      '{"name":"\\ud800"}',
      '{"na\\u0000me":1}',
      '{"name":"\\u0000"}',
      '{"name":{"$ne":""}}',
      '{"__proto__":{"name":"x"}}',
      '{"constructor":{"prototype":{"name":"x"}}}',
      `{"name":"x","description":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
    ]) {
      for (const path of ['/teams', '/users', '/invitations', '/tokens', '/roles', '/access/preview'])
        refused(await at('POST', path, {}, body), `${path} ${body.slice(0, 40)}`);
    }
    expect(({} as Record<string, unknown>)['name']).toBeUndefined();
    expect((await server.admin.get('/teams')).body.total).toBe(0);
    const deep = await at('POST', '/users', {}, `{"name":"deep","user_metadata":${'{"a":'.repeat(150)}1${'}'.repeat(150)}}`);
    expect(deep.status, deep.text).toBe(200);
  });

  test('what is wrong with a body is told without a piece of it', async () => {
    const answer = await at('POST', '/users', {}, '{"name": "x", "password": hunter2hunter2}');
    expect(answer.status).toBe(422);
    expect(answer.text).not.toContain('hunter2');
  });

  test('content types that are not taken', async () => {
    for (const type of [
      'text/plain',
      'application/xml',
      'application/octet-stream',
      'application/x-yaml',
      'text/json',
      'x',
      ';',
      'application/json, text/plain',
      'application/jsonp',
    ])
      refused(await at('POST', '/teams', { 'content-type': type }, '{"name":"typed"}'), type);
    const upload = await at(
      'POST',
      '/teams',
      { 'content-type': 'multipart/form-data; boundary=x' },
      '--x\r\ncontent-disposition: form-data; name="name"\r\n\r\ntyped\r\n--x--\r\n',
    );
    expect([upload.status, wellFormed(upload.body)]).toEqual([403, true]);
    expect((await server.admin.get('/teams?name=typed')).body.total).toBe(0);
    expect((await at('POST', '/teams', { 'content-type': 'application/json; charset=utf-8' }, '{"name":"typed"}')).status).toBe(200);
  });

  test('bodies over the limit, announced or in chunks, small for callers without an account', async () => {
    const { port } = new URL(server.url);
    const chunks = (path: string, token: string) =>
      `POST /api/v1${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\n${token === '' ? '' : `authorization: Bearer ${token}\r\n`}transfer-encoding: chunked\r\nconnection: close\r\n\r\n${`4000\r\n${'x'.repeat(0x4000)}\r\n`.repeat(8)}0\r\n\r\n`;
    for (const path of ['/login', '/invitations/preview', '/invitations/accept', '/setup', '/setup/check', '/device_authorization']) {
      const answer = await send(server.url, 'POST', path, { body: `"${'x'.repeat(70_000)}"` });
      expect([answer.status, wellFormed(answer.body)], path).toEqual([413, true]);
      expect(await raw(server.url, chunks(path, '')), path).toMatch(/^HTTP\/1.1 413/);
    }
    // Who is not signed in does not even get as far as sending a body elsewhere.
    expect(await raw(server.url, chunks('/users', ''))).toMatch(/^HTTP\/1.1 401/);
    expect(await raw(server.url, chunks('/users', server.admin.token))).toMatch(/^HTTP\/1.1 422/);
    const small = await testServer('sqlite', { body_limit: 1_000 });
    const answer = await small.admin.post('/teams', { name: 'x'.repeat(2_000) });
    expect([answer.status, wellFormed(answer.body)]).toEqual([413, true]);
    await small.close();
  });

  test('broken framing gets an answer or a closed connection, never the server', async () => {
    for (const text of [
      'GET /api/v1/info HTTP/9.9\r\n\r\n',
      'GET\r\n\r\n',
      '\0\0\0\0',
      'POST /api/v1/login HTTP/1.1\r\nhost: localhost\r\ncontent-length: -1\r\n\r\n',
      'POST /api/v1/login HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      'POST /api/v1/login HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\n',
      `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nhost: localhost\r\n\r\n`,
      `GET /api/v1/info HTTP/1.1\r\nhost: localhost\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`,
      'GET /api/v1/info HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer \x01\r\n\r\n',
      'TRACE /api/v1/info HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n',
      'CONNECT evil.example:443 HTTP/1.1\r\nhost: localhost\r\n\r\n',
      'PROPFIND /api/v1/users HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n',
    ]) {
      const heard = await raw(server.url, text, 300);
      expect(heard === '' || /^HTTP\/1.1 4\d\d /.test(heard), `${text.slice(0, 60)} → ${heard.slice(0, 60)}`).toBe(true);
      if (heard.includes('\r\n\r\n{')) expect(wellFormed(JSON.parse(heard.split('\r\n\r\n')[1]!))).toBe(true);
    }
    expect((await at('GET', '/info')).status).toBe(200);
  }, 30_000);

  test('paths that do not exist are 404, methods that do not fit 405, HEAD is GET without its body', async () => {
    for (const path of ['/nothing', '/users/admin/nothing', '/user', '/USERS', '/users//', '/..', '/'])
      expect([(await at('GET', path)).status, (await at('POST', path, {}, {})).status], path).toEqual([404, 404]);
    const known: readonly (readonly [string, string, string])[] = [
      ['GET', '/login', 'POST'],
      ['PUT', '/login', 'POST'],
      ['PATCH', '/users', 'GET, POST'],
      ['DELETE', '/users', 'GET, POST'],
      ['POST', '/users/admin', 'GET, PUT, DELETE'],
      ['POST', '/info', 'GET'],
      ['PATCH', '/roles/x', 'GET, PUT, DELETE'],
    ];
    for (const [method, path, allow] of known) {
      const answer = await at(method, path);
      expect([answer.status, answer.text], `${method} ${path}`).toEqual([405, '{"detail":"Method Not Allowed"}']);
      expect(String(answer.headers['allow']).split(', ').toSorted()).toEqual(allow.split(', ').toSorted());
    }
    const [head, get] = [await at('HEAD', '/users'), await at('GET', '/users')];
    expect([head.status, head.text, head.headers['content-type']]).toEqual([200, '', get.headers['content-type']]);
    expect((await send(server.url, 'HEAD', '/users')).status).toBe(401);
  });

  test('addresses with tricks in them lead nowhere', async () => {
    for (const path of [
      '/users/%2e%2e/%2e%2e/etc/passwd',
      '/users/..%2f..%2fsettings',
      '/users/admin%2fdeactivate',
      '/users/%252e%252e',
      '/users/%00',
      '/users/admin%00',
      '/users/%ff',
      '/users/%c0%ae',
      '/users/%ed%a0%80',
      '/users/%zz',
      '/users/%',
      `/users/${'x'.repeat(1999)}`,
      `/users/${'x'.repeat(5000)}`,
      "/users/'%20or%201=1--",
      '/users/%E2%80%8Badmin',
      '/users/admin%20',
      '/users/%20admin',
      '/users/admin.',
      '/users/;admin',
      '/users/constructor',
      '/users/__proto__',
      '/roles/toString',
      '/projects/%2e',
      '/invitations/admin',
      '/sessions/%00',
      '/role_assignments/x',
      '/service_accounts/admin',
      '/users/admin/../../settings/%00',
    ]) {
      refused(await at('GET', path), path);
      refused(await at('DELETE', path), path);
      refused(await at('PUT', path, {}, { description: 'x' }), path);
    }
    for (const path of [
      '/../api/v1/../../etc/passwd',
      '/assets/../index.html',
      '/assets/..%2f..%2f..%2fpackage.json',
      '/assets/%2e%2e/%2e%2e/package.json',
      '//evil.example/',
      '/assets/%00',
    ]) {
      const page = await raw(server.url, `GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`);
      expect(page, path).not.toMatch(/^HTTP\/1.1 5|root:|"workspaces"|^location:/im);
    }
  });

  test('names with odd characters can be reached by their address, and only they', async () => {
    const odd = [
      'a b',
      "o'neil",
      'a%b',
      'a&b=c',
      'a+b',
      'ä',
      '日本語',
      'a:b',
      'a;b',
      'a,b',
      '*',
      'a"b',
      '<script>',
      '$(x)',
      '{x}',
      'a|b',
      '~',
      '!',
      'a@b',
      '\u{1F600}',
      'x'.repeat(255),
      '日'.repeat(200),
      'null',
      'undefined',
      'true',
      '-1',
      '1e3',
      '%41',
      '%2e%2e',
      '_',
      '%',
    ];
    for (const name of odd) {
      const made = await server.admin.post('/users', { name, roles: [] });
      expect(made.status, `${name}: ${made.text.slice(0, 200)}`).toBe(200);
      const found = await server.admin.get(`/users/${encodeURIComponent(name)}`);
      expect([found.status, found.body?.id], name).toEqual([200, made.body.id]);
      const listed = await server.admin.get(`/users?name=${encodeURIComponent(`equals:${name}`)}`);
      expect(
        listed.body.items.map((item: any) => item.id),
        name,
      ).toEqual([made.body.id]);
    }
    for (const name of odd) expect((await server.admin.del(`/users/${encodeURIComponent(name)}`)).status, name).toBe(200);
  });

  test('queries of any size and shape', async () => {
    const queries = [
      '__proto__=x',
      'constructor=x',
      'toString=x',
      '__proto__[x]=y',
      'name[]=x',
      'name[$ne]=x',
      'name=%00',
      'name=%ff%fe',
      `name=${'x'.repeat(7_000)}`,
      `${'name=a&'.repeat(900)}`,
      'page=0',
      'page=-1',
      'page=1.5',
      'page=NaN',
      'page=9007199254740991&size=10000',
      'page=99999999999999999999',
      'size=0',
      'size=10001',
      'size=1e9',
      'sort_by=',
      'sort_by=password_hash',
      'sort_by=desc:',
      'sort_by=desc:__proto__',
      'sort_by=name;drop table account',
      'logical_operator=xor',
      'hydrate=maybe',
      'name=oneof:x',
      'name=oneof:["a","\\u0000"]',
      `name=oneof:${encodeURIComponent(JSON.stringify(Array.from({ length: 1_500 }, (_, i) => `n${i}`)))}`.slice(0, 14_000),
      'name=oneof:[[[]]]',
      'name=oneof:{}',
      'created=gt:never',
      'created=in:',
      'created=in:2020-01-01 00:00:00,2021',
      'created=gt:99999-01-01',
      'id=x',
      'id=contains:%',
      'active=perhaps',
      'status=equals:king',
      'role=%00',
      'team=oneof:[',
      'name=regex:(a+)+$',
      'name=contains:%25%25%25',
      'name=isnull:',
      '=x',
      '&&&',
      '%',
      '%zz=1',
      'name=%zz',
    ];
    for (const query of queries)
      for (const path of [
        '/users',
        '/roles',
        '/role_assignments',
        '/teams',
        '/projects',
        '/invitations',
        '/sessions',
        '/audit_events',
        '/service_accounts',
        '/devices',
      ]) {
        const answer = await at('GET', `${path}?${query.replaceAll(' ', '%20')}`);
        expect(answer.status, `${path}?${query.slice(0, 60)}: ${answer.text.slice(0, 200)}`).toBeLessThan(500);
        expect(answer.status === 200 || wellFormed(answer.body), `${path}?${query.slice(0, 60)}: ${answer.text.slice(0, 200)}`).toBe(true);
      }
    for (const path of [
      '/access/explain?action=read&type=user&principal=%00',
      '/access/explain?action=__proto__&type=user',
      '/access/explain?action=read&type=__proto__',
      '/access/who?action=read&type=project&id=%00',
      '/access/what?principal=constructor',
      '/api_token?expires_in=%00',
      '/statistics?x=%00',
      '/settings?__proto__=1',
    ]) {
      const answer = await at('GET', path);
      expect(answer.status === 200 || (answer.status < 500 && wellFormed(answer.body)), `${path}: ${answer.status} ${answer.text.slice(0, 200)}`).toBe(true);
    }
  }, 60_000);

  test('twins of a user name are one name', async () => {
    await server.admin.post('/users', { name: 'Renée', password: PASSWORD, roles: [] });
    for (const twin of ['renée', 'RENÉE', 'Rene\u0301e', 'Ｒenée', 'Renéｅ', 'ʳenée'])
      expect((await server.admin.post('/users', { name: twin, roles: [] })).status, twin).toBe(409);
    expect((await server.admin.post('/service_accounts', { name: 'renée', active: true })).status).toBe(409);
    expect((await server.admin.post('/invitations', { name: 'renée' })).status).toBe(409);
    await server.admin.post('/users', { name: 'other', roles: [] });
    expect((await server.admin.put('/users/other', { name: 'renÉe' })).status).toBe(409);
    for (const bad of [
      '',
      ' ',
      ' admin',
      'admin ',
      'a\tb',
      'a\nb',
      'a\u00a0 b',
      'a  b',
      'ad\u200bmin',
      'ad\u00admin',
      'admin\u202e',
      '\ufeffadmin',
      'admin\u3164',
      'ad\ufe0fmin',
      '\u2800',
      '.',
      '..',
      'a/b',
      'a?b',
      'a#b',
      'аdmin',
      'αdmin',
      'admіn',
      crypto.randomUUID(),
      crypto.randomUUID().replaceAll('-', ''),
      'somebody@example.org',
      'x'.repeat(256),
      'ﷺ'.repeat(60),
      'a\ud800',
    ]) {
      const answer = await server.admin.post('/users', { name: bad, roles: [] });
      expect([answer.status, answer.body?.detail?.[0]], JSON.stringify(bad)).toEqual([422, 'ValueError']);
    }
    for (const fine of ['Админ', 'Αλέξης', '管理者', 'jean-luc', 'x_y.z', '4ever'])
      expect((await server.admin.post('/users', { name: fine, roles: [] })).status, fine).toBe(200);
  });

  test('a name that looks like an address is its owner’s own', async () => {
    expect((await server.admin.post('/users', { name: 'ada@example.org', roles: [] })).status).toBe(422);
    expect((await server.admin.post('/users', { name: 'ada@example.org', email: 'eve@example.org', roles: [] })).status).toBe(422);
    expect((await server.admin.post('/users', { name: 'Ada@example.org', email: 'ada@example.org', roles: [] })).status).toBe(200);
    expect((await server.admin.put('/users/Ada@example.org', { email: 'eve@example.org' })).status).toBe(422);
    expect((await server.admin.put('/users/Ada@example.org', { email: null })).status).toBe(422);
    const { token } = (await server.admin.post('/invitations', { name: 'bob@example.org', email: 'bob@example.org', roles: [] })).body.body;
    expect((await server.anonymous.post('/invitations/accept', { token, password: PASSWORD, email: 'eve@example.org' })).status).toBe(422);
    expect((await server.anonymous.post('/invitations/accept', { token, password: PASSWORD, email: 'a\0@example.org' })).status).toBe(422);
    expect((await server.anonymous.post('/invitations/accept', { token, password: PASSWORD })).status).toBe(200);
  });
});
