// Log-in against people who guess.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditOf, login, loginByKey, send } from '../testing/hostile.ts';
import { dialects, PASSWORD, testServer, type TestServer } from '../testing/server.ts';

const WRONG = 'not the password';

describe.each(dialects)('log-in on %s', (dialect) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await testServer(dialect, { listen: true, port: 0, login_failures_per_address: 100_000 });
  });
  afterAll(() => server.close());
  const paused = async (name: string) => (await login(server, name, WRONG)).status === 429;

  test('after ten wrong passwords even the right one must wait, and the answer says how long', async () => {
    await server.person('patient');
    for (let i = 0; i < 10; i++) expect((await login(server, 'patient', WRONG)).status).toBe(401);
    const answer = await login(server, 'patient');
    expect(answer.status).toBe(429);
    expect(typeof answer.body.detail).toBe('string');
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(290);
    server.shift(Number(answer.headers['retry-after']) + 1);
    expect((await login(server, 'patient')).status).toBe(200);
  });

  test('no spelling of a name and no header that names another address gets a further try', async () => {
    await server.person('Ålice');
    const spellings = ['Ålice', 'ålice', 'ÅLICE', 'A\u030Alice', 'ＡＬＩＣＥ'.replace('Ａ', 'Å'), 'ålicE', 'Åⅼice', 'åLICE', 'Ålıce', 'Ålice'];
    const headers: Record<string, string>[] = [
      { 'x-forwarded-for': '1.2.3.4' },
      { forwarded: 'for=1.2.3.5' },
      { 'x-real-ip': '1.2.3.6' },
      { 'cf-connecting-ip': '1.2.3.7' },
      { 'true-client-ip': '1.2.3.8' },
      { 'x-client-ip': '1.2.3.9' },
      { 'x-forwarded-for': '1.2.3.4, 5.6.7.8' },
    ];
    let tries = 0;
    for (let i = 0; i < 30 && !(await paused('ålice')); i++, tries++) await login(server, spellings[i % spellings.length]!, WRONG, headers[i % headers.length]);
    expect(tries).toBeLessThanOrEqual(10);
    for (const spelling of spellings.filter((name) => name !== 'Ålıce'))
      for (const header of headers) expect((await login(server, spelling, PASSWORD, header)).status, spelling).toBe(429);
    expect(
      (
        await send(server.url, 'POST', '/login', {
          headers: { 'x-forwarded-for': '9.9.9.9', 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams({ username: 'ålice', password: PASSWORD }).toString(),
        })
      ).status,
    ).toBe(429);
    expect((await server.admin.get('/audit_events?size=1')).body.items[0].body.ip).toBe('127.0.0.1');
  });

  test('of 60 guesses sent at once no more than twelve are weighed', async () => {
    await server.person('rushed');
    const answers = await Promise.all(Array.from({ length: 60 }, () => login(server, 'rushed', WRONG)));
    const weighed = answers.filter((answer) => answer.status === 401).length;
    expect(weighed).toBeGreaterThanOrEqual(10);
    expect(weighed).toBeLessThanOrEqual(12);
    expect(answers.filter((answer) => answer.status === 429)).toHaveLength(60 - weighed);
  });

  test('many right passwords at once all get in', async () => {
    await server.person('popular');
    const answers = await Promise.all(Array.from({ length: 30 }, () => login(server, 'popular')));
    expect(answers.map((answer) => answer.status)).toEqual(Array(30).fill(200));
  });

  test('guesses at a name that nobody has are counted like others', async () => {
    const answers = await Promise.all(Array.from({ length: 15 }, () => login(server, 'nobody-here', WRONG)));
    expect(answers.filter((answer) => answer.status === 401).length).toBeLessThanOrEqual(12);
    expect(await paused('nobody-here')).toBe(true);
  });

  test('the old password is asked for when it is changed, and cannot be guessed there either', async () => {
    const person = await server.person('changing', { roles: ['guest'] });
    expect((await person.put('/current-user', { password: 'a new good phrase' })).status).toBe(403);
    expect((await person.put('/current-user', { password: 'a new good phrase', old_password: '' })).status).toBe(403);
    const answers = await Promise.all(Array.from({ length: 20 }, () => person.put('/current-user', { password: 'a new good phrase', old_password: WRONG })));
    expect(answers.filter((answer) => answer.status === 403).length).toBeLessThanOrEqual(12);
    const answer = await person.put('/current-user', { password: 'a new good phrase', old_password: PASSWORD });
    expect([answer.status, typeof answer.body.detail]).toEqual([429, 'string']);
    server.shift(400);
    expect((await person.put('/current-user', { password: 'a new good phrase', old_password: PASSWORD })).status).toBe(200);
  });

  test('a changed password ends every other session and token, not this one', async () => {
    const person = await server.person('careful', { roles: ['guest'] });
    const other = server.as('', (await login(server, 'careful')).body.access_token);
    const script = server.as('', (await person.post('/tokens', { name: 'script' })).body.body.token);
    const further = server.as('', (await person.get('/api_token')).body);
    expect([await other.get('/current-user'), await script.get('/current-user'), await further.get('/current-user')].map((answer) => answer.status)).toEqual([
      200, 200, 200,
    ]);
    expect((await person.put('/current-user', { password: 'a new good phrase', old_password: PASSWORD })).status).toBe(200);
    expect([await other.get('/current-user'), await script.get('/current-user'), await further.get('/current-user')].map((answer) => answer.status)).toEqual([
      401, 401, 401,
    ]);
    expect((await person.get('/current-user')).status).toBe(200);
    expect([(await login(server, 'careful')).status, (await login(server, 'careful', 'a new good phrase')).status]).toEqual([401, 200]);
  });

  test('a machine has no password and cannot be given one', async () => {
    await server.admin.post('/service_accounts', { name: 'robot', active: true, roles: ['guest'] });
    const key = (await server.admin.post('/service_accounts/robot/api_keys', { name: 'k' })).body.body.key;
    const robot = server.as('robot', key);
    expect((await robot.put('/current-user', { password: 'a new good phrase', old_password: 'anything' })).status).toBe(403);
    expect((await server.admin.put('/service_accounts/robot', { password: PASSWORD })).status).toBe(422);
    expect((await server.admin.put('/users/robot', { password: PASSWORD })).status).toBe(404);
    expect((await server.admin.post('/users/robot/reset')).status).toBe(404);
    for (const password of ['', PASSWORD, key]) expect((await login(server, 'robot', password)).status).toBe(401);
  });

  test('whoever is deactivated is out at the next request, by whatever way he came', async () => {
    const person = await server.person('leaving', { roles: ['admin'] });
    const cookie = String((await login(server, 'leaving', PASSWORD, { 'x-zendo-session': 'cookie' })).headers['set-cookie']).split(';')[0]!;
    const script = server.as('', (await person.post('/tokens', { name: 'script' })).body.body.token);
    const further = server.as('', (await person.get('/api_token')).body);
    const flow = (await server.anonymous.post('/device_authorization', new URLSearchParams({ client_id: crypto.randomUUID() }))).body;
    const device = new URL(flow.verification_uri_complete).searchParams.get('device_id')!;
    const client_id = (await person.get(`/devices/${device}?user_code=${flow.user_code}`)).body.body.client_id;
    await person.put(`/devices/${device}/verify`, { user_code: flow.user_code });
    const poll = () => server.anonymous.post('/login', new URLSearchParams({ client_id, device_code: flow.device_code }));
    const machine = server.as('', (await poll()).body.access_token);
    const reset = (await server.admin.post('/users/leaving/reset')).body.token;
    const invited = (await person.post('/invitations', { name: 'follower', roles: ['guest'] })).body.body.token;
    const ways = () =>
      Promise.all([
        person.get('/current-user'),
        server.anonymous.get('/current-user', { cookie }),
        script.get('/current-user'),
        further.get('/current-user'),
        machine.get('/current-user'),
        login(server, 'leaving'),
      ]);
    expect((await ways()).map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200, 200]);
    expect((await server.admin.put('/users/leaving/deactivate')).status).toBe(200);
    const out = async () => {
      expect((await ways()).map((answer) => answer.status)).toEqual([401, 401, 401, 401, 401, 401]);
      for (const token of [reset, invited]) expect((await server.anonymous.post('/invitations/accept', { token, password: PASSWORD })).status).toBe(404);
    };
    await out();
    // Coming back revives none of it but the password.
    expect((await server.admin.put('/users/leaving/reactivate')).status).toBe(200);
    expect((await ways()).map((answer) => answer.status)).toEqual([401, 401, 401, 401, 401, 200]);
  });

  test('a deactivated machine is out with its key and with what the key opened', async () => {
    await server.admin.post('/service_accounts', { name: 'worker', active: true, roles: ['guest'] });
    const key = (await server.admin.post('/service_accounts/worker/api_keys', { name: 'k' })).body.body.key;
    const opened = server.as('', (await loginByKey(server, key)).body.access_token);
    expect([(await opened.get('/current-user')).status, (await server.as('', key).get('/current-user')).status]).toEqual([200, 200]);
    expect((await server.admin.put('/service_accounts/worker', { active: false })).status).toBe(200);
    expect([(await opened.get('/current-user')).status, (await server.as('', key).get('/current-user')).status, (await loginByKey(server, key)).status]).toEqual([
      401, 401, 401,
    ]);
  });

  test('strange input at the log-in is refused and breaks nothing', async () => {
    for (const fields of [
      { username: 'a\0b', password: 'x' },
      { username: 'x'.repeat(4097), password: 'x' },
      { username: 'admin', password: 'x'.repeat(4097) },
      { username: '', password: 'x' },
      { grant_type: 'zenml-external' },
      { grant_type: '__proto__', username: 'admin' },
      { client_id: '\0', device_code: '\0' },
      {},
    ]) {
      const answer = await server.anonymous.post('/login', new URLSearchParams(fields as Record<string, string>));
      expect([400, 401, 422], `${JSON.stringify(fields).slice(0, 60)}: ${answer.text}`).toContain(answer.status);
    }
    for (const username of ['é'.repeat(4096), '\u{1F600}'.repeat(2000), 'ﷺ'.repeat(4000), `${'x'.repeat(254)}\u{1F600}`])
      expect((await login(server, username, WRONG)).status).toBe(401);
  });

  test('nobody is named in the audit log for a wrong password, and the password is not there', async () => {
    await login(server, 'admin', 'a very wrong password');
    expect(await auditOf(server)).not.toContain('a very wrong password');
  });
});

describe.each(dialects)('the throttle of an address on %s', (dialect) => {
  const guess = async (server: TestServer, from: string, i: number) => (await login(server, `name-${i}`, WRONG, { 'x-forwarded-for': from })).status;

  test('counts all names together, and believes only the nearest proxy', async () => {
    const server = await testServer(dialect, { login_failures_per_address: 5, trust_proxy: true });
    // Whatever the caller wrote comes first; the proxy adds what it saw at the end.
    for (let i = 0; i < 5; i++) expect(await guess(server, `10.0.0.${i}, 203.0.113.7`, i)).toBe(401);
    expect(await guess(server, '10.0.0.99, 203.0.113.7', 6)).toBe(429);
    expect((await login(server, 'admin', PASSWORD, { 'x-forwarded-for': '203.0.113.7' })).status).toBe(429);
    expect(await guess(server, '203.0.113.8', 7)).toBe(401);
    await server.close();
  });

  test('takes a whole IPv6 network for one caller, and an IPv4 address in IPv6 clothes for itself', async () => {
    const server = await testServer(dialect, { login_failures_per_address: 5, trust_proxy: true });
    for (let i = 0; i < 5; i++) expect(await guess(server, `2001:db8:0:1::${i}`, i)).toBe(401);
    expect(await guess(server, '2001:0db8:0000:0001:ffff:ffff:ffff:ffff', 6)).toBe(429);
    expect(await guess(server, '2001:db8:0:2::1', 7)).toBe(401);
    for (let i = 0; i < 5; i++) expect(await guess(server, i % 2 === 0 ? '203.0.113.7' : '::ffff:203.0.113.7', 10 + i)).toBe(401);
    expect(await guess(server, '::ffff:203.0.113.7', 16)).toBe(429);
    await server.close();
  });
});
