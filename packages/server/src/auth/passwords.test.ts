// What a password must be, wherever one is set, and how it is kept.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer } from '../main.ts';
import { dialects, emptyDatabase, PASSWORD, testServer, type TestServer } from '../testing/server.ts';
import { login } from '../testing/hostile.ts';

const BAD: Readonly<Record<string, string>> = {
  'too short': 'short one',
  common: 'password123',
  'common in capitals': 'PASSWORD123',
  'common with a tail': 'princess12345!',
  'common in wide letters': 'ｐａｓｓｗｏｒｄ１２３',
  'one letter': 'aaaaaaaaaaaaaaa',
  'short once composed': 'e\u0301'.repeat(9),
  'too long': 'xY3 '.repeat(200),
  'half a character': `${PASSWORD}\ud800`,
  'with NUL': `${PASSWORD}\0`,
};

describe.each(dialects)('passwords on %s', (dialect) => {
  let server: TestServer;
  let number = 0;
  beforeAll(async () => {
    server = await testServer(dialect);
  });
  afterAll(() => server.close());

  const stored = async (name: string): Promise<string> =>
    (await server.app.database.read.selectFrom('account').select('password_hash').where('name', '=', name).executeTakeFirstOrThrow())['password_hash'];

  test('are kept as argon2id with a salt of their own', async () => {
    await server.person('one');
    await server.person('two');
    const [one, two] = [await stored('one'), await stored('two')];
    for (const hash of [one, two]) expect(hash).toMatch(/^\$argon2id\$[\w-]{22}\$[\w-]{43}$/);
    expect(one).not.toBe(two);
  });

  const places: readonly (readonly [string, (password: string) => Promise<number>])[] = [
    ['a new user', async (password) => (await server.admin.post('/users', { name: `p-${++number}`, password, roles: [] })).status],
    [
      'an accepted invitation',
      async (password) => {
        const { token } = (await server.admin.post('/invitations', { name: `p-${++number}`, roles: [] })).body.body;
        return (await server.anonymous.post('/invitations/accept', { token, password })).status;
      },
    ],
    [
      'an activation',
      async (password) => {
        const { activation_token } = (await server.admin.post('/users', { name: `p-${++number}`, roles: [] })).body.body;
        return (await server.anonymous.put(`/users/p-${number}/activate`, { activation_token, password })).status;
      },
    ],
    [
      'a reset',
      async (password) => {
        await server.person(`p-${++number}`, { roles: [] });
        const { token } = (await server.admin.post(`/users/p-${number}/reset`)).body;
        return (await server.anonymous.post('/invitations/accept', { token, password })).status;
      },
    ],
    [
      'a change',
      async (password) => {
        const person = await server.person(`p-${++number}`, { roles: ['guest'] });
        return (await person.put('/current-user', { old_password: PASSWORD, password })).status;
      },
    ],
  ];
  test.each(places)('are judged at %s', async (_place, set) => {
    for (const [why, password] of Object.entries(BAD)) expect(await set(password), why).toBe(422);
    expect(await set('four unrelated words here')).toBe(200);
    expect((await login(server, `p-${number}`, 'four unrelated words here')).status).toBe(200);
  });

  test('are judged at the set-up, in all of its forms', async () => {
    const { url, drop } = await emptyDatabase(dialect);
    const fresh = await startServer({ database_url: url, listen: false, log_level: 'silent' });
    const setup_token = new URL(fresh.setup_url!).hash.slice('#token='.length);
    const ask = async (method: 'POST' | 'PUT', path: string, payload: object) =>
      (await fresh.server.inject({ method, url: `/api/v1${path}`, headers: { host: 'localhost' }, payload })).statusCode;
    for (const [why, password] of Object.entries(BAD)) {
      expect(await ask('POST', '/setup', { setup_token, username: 'first', password }), why).toBe(422);
      expect(await ask('PUT', '/activate', { setup_token, admin_username: 'first', admin_password: password }), why).toBe(422);
    }
    await fresh.close();
    await expect(startServer({ database_url: url, listen: false, log_level: 'silent', admin_username: 'first', admin_password: 'password123' })).rejects.toThrow(
      'common passwords',
    );
    const now = await startServer({ database_url: url, listen: false, log_level: 'silent', admin_username: 'first', admin_password: PASSWORD });
    expect(now.setup_url).toBeNull();
    await now.close();
    await drop();
  });

  test('cannot be one’s own name or address', async () => {
    for (const own of [
      { name: 'bartholomew', password: 'Bartholomew' },
      { name: 'b2', full_name: 'Ada Lovelace King', password: 'ada lovelace king' },
      { name: 'b3', email: 'somebody@example.org', password: 'somebody@example.org' },
    ]) {
      expect((await server.admin.post('/users', { roles: [], ...own })).status).toBe(422);
    }
  });

  test('that are allowed can always be used again', async () => {
    const long = [
      'x'.repeat(508) + 'yzab',
      '\u{1F600}\u{1F601}\u{1F602}\u{1F603}'.repeat(128),
      'ﷺabc'.repeat(10),
      'a\u030A'.repeat(100) + 'bcd',
      '  spaces count  ',
      'tab\tand\nline',
    ];
    for (const password of long) {
      const name = `long-${++number}`;
      const made = await server.admin.post('/users', { name, password, roles: [] });
      expect(made.status, made.text).toBe(200);
      expect((await login(server, name, password)).status, password.slice(0, 20)).toBe(200);
      expect((await login(server, name, password.normalize('NFC'))).status).toBe(200);
      expect((await login(server, name, password.slice(0, -1))).status).toBe(401);
    }
  });

  test('are set by their owner only', async () => {
    await server.person('target');
    expect((await server.admin.put('/users/target', { password: 'four unrelated words here' })).status).toBe(403);
    expect((await server.admin.put('/users/admin', { password: 'four unrelated words here' })).status).toBe(403);
    expect((await login(server, 'target')).status).toBe(200);
    expect((await server.admin.get('/users/target')).text).not.toContain('argon2');
    expect((await server.admin.get('/users?password_hash=isnotnull')).status).toBe(422);
    expect((await server.admin.get('/users?sort_by=password_hash')).status).toBe(422);
  });
});
