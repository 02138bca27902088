// One-time links against people who misuse them.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everythingStored, login, send, withOnly } from '../../testing/hostile.ts';
import { dialects, PASSWORD, testServer, type Answer, type TestServer } from '../../testing/server.ts';

describe.each(dialects)('invitation links on %s', (dialect) => {
  let server: TestServer;
  let number = 0;
  beforeAll(async () => {
    server = await testServer(dialect, { listen: true, port: 0 });
  });
  afterAll(() => server.close());

  const invite = async (by = server.admin, more: object = {}) => {
    const made = await by.post('/invitations', { name: `guest-${++number}`, roles: ['guest'], ...more });
    expect(made.status, made.text).toBe(200);
    return { name: `guest-${number}`, id: made.body.id as string, token: made.body.body.token as string, url: made.body.body.url as string };
  };
  const preview = (token: string) => server.anonymous.post('/invitations/preview', { token });
  const accept = (token: string, more: object = {}) => server.anonymous.post('/invitations/accept', { token, password: PASSWORD, ...more });
  const dead = async (token: string) => {
    const answers = [
      await preview(token),
      await accept(token),
      await server.anonymous.put(`/users/guest-${number}/activate`, { activation_token: token, password: PASSWORD }),
    ];
    expect(answers.map((answer) => answer.status)).toEqual([404, 404, 404]);
    return answers;
  };

  test('the token is nowhere in the database, only its SHA-256', async () => {
    const { token } = await invite();
    const text = await everythingStored(server);
    expect(text).toContain(createHash('sha256').update(`invite\0${token}`).digest('base64url'));
    expect(text).not.toContain(token);
    expect(text).not.toContain(token.slice('zinv_'.length));
    expect(Buffer.from(token.slice('zinv_'.length), 'base64url')).toHaveLength(32);
  });

  test('of 200 people who use one link at the same time one signs up', async () => {
    const { token, name } = await invite();
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, i) => send(server.url, 'POST', '/invitations/accept', { body: { token, password: `${PASSWORD} ${i}` } })),
    );
    const joined = answers.filter((answer) => answer.status === 200);
    expect(joined).toHaveLength(1);
    expect(new Set(answers.filter((answer) => answer.status !== 200).map((answer) => `${answer.status} ${answer.text}`)).size).toBe(1);
    const winner = answers.indexOf(joined[0]!);
    expect((await login(server, name, `${PASSWORD} ${winner}`)).status).toBe(200);
    expect((await login(server, name, `${PASSWORD} ${(winner + 1) % 200}`)).status).toBe(401);
    const { id } = (await server.admin.get(`/users/${name}`)).body;
    expect((await server.admin.get(`/sessions?user=${id}`)).body.total).toBe(2);
    expect((await server.admin.get(`/audit_events?action=accept&target_id=${id}`)).body.total).toBe(1);
  }, 60_000);

  test('a link holds until the second in which it expires', async () => {
    const { token } = await invite(server.admin, { expires_in: 3600 });
    server.shift(3599);
    expect((await preview(token)).status).toBe(200);
    server.shift(2);
    await dead(token);
    server.shift(-3601);
    expect((await accept(token)).status).toBe(200);
  });

  test('a link holds for three days where nothing is said, and for seven at most', async () => {
    const { id } = await invite();
    const { created, expires } = (await server.admin.get(`/invitations/${id}`)).body.body;
    expect((Date.parse(`${expires.slice(0, 23)}Z`) - Date.parse(`${created.slice(0, 23)}Z`)) / 3_600_000).toBe(72);
    expect((await server.admin.post('/invitations', { name: 'too-long', expires_in: 604_801 })).status).toBe(422);
    expect((await server.admin.post(`/invitations/${id}/renew`, { expires_in: 604_801 })).status).toBe(422);
  });

  test('a renewed link kills the old one, a revoked one is dead', async () => {
    const { token, id } = await invite();
    const renewed = (await server.admin.post(`/invitations/${id}/renew`)).body;
    await dead(token);
    expect((await preview(renewed.body.token)).status).toBe(200);
    expect((await server.admin.del(`/invitations/${renewed.id}`)).status).toBe(200);
    await dead(renewed.body.token);
  });

  test('of links renewed at the same moment one lives', async () => {
    const first = await invite();
    const second = (await server.admin.post(`/invitations/${first.id}/renew`)).body;
    const renewed = await Promise.all(Array.from({ length: 20 }, (_, i) => server.admin.post(`/invitations/${i % 2 === 0 ? first.id : second.id}/renew`)));
    expect(renewed.map((answer) => answer.status)).toEqual(Array(20).fill(200));
    const alive = (await Promise.all(renewed.map((answer) => preview(answer.body.body.token)))).filter((answer) => answer.status === 200);
    expect(alive).toHaveLength(1);
  });

  const inviters: readonly (readonly [string, (name: string) => Promise<Answer>])[] = [
    ['is deactivated', (name) => server.admin.put(`/users/${name}/deactivate`)],
    ['is removed', (name) => server.admin.del(`/users/${name}`)],
    ['is demoted to a guest', (name) => server.admin.put(`/users/${name}`, { is_admin: false })],
  ];
  test.each(inviters)('a link dies when its inviter %s', async (what, act) => {
    const inviter = await server.person(`inviter-${++number}`, { roles: ['admin'] });
    const { token } = await invite(inviter);
    const forAdmin = await invite(inviter, { roles: ['admin'] });
    const { id } = (await server.admin.post(`/invitations/${(await invite()).id}/renew`)).body;
    const renewed = (await inviter.post(`/invitations/${id}/renew`)).body.body.token;
    expect((await preview(token)).status).toBe(200);
    expect((await act(inviter.name)).status, what).toBe(200);
    for (const link of [token, forAdmin.token, renewed]) await dead(link);
  });

  test('a link dies when its inviter loses one permission that it gives', async () => {
    const inviter = await withOnly(server, `narrow-${++number}`, ['read', 'me', 'user:create', 'user:manage']);
    const { token } = await invite(inviter);
    expect((await preview(token)).status).toBe(200);
    expect((await server.admin.put(`/roles/only-${inviter.name}`, { permissions: ['read', 'user:create', 'user:manage'] })).status).toBe(200);
    await dead(token);
  });

  test('the name and the roles come from the invitation, whatever is sent', async () => {
    const { token, name } = await invite();
    for (const more of [
      { name: 'root' },
      { username: 'root' },
      { roles: ['admin'] },
      { role: 'admin' },
      { is_admin: true },
      { teams: ['x'] },
      { projects: [] },
      { user: 'admin' },
      { status: 'active' },
    ]) {
      expect((await accept(token, more)).status, JSON.stringify(more)).toBe(422);
    }
    // A client that is known to send too much is not refused, and gets no more for it.
    const joined = await server.anonymous.post(
      '/invitations/accept',
      { token, password: PASSWORD, name: 'root', roles: ['admin'], is_admin: true },
      { 'user-agent': 'zenml/0.98.0' },
    );
    expect(joined.status, joined.text).toBe(200);
    const me = (await server.as('', joined.body.access_token).get('/current-user')).body;
    expect([me.name, me.body.is_admin, me.resources.roles.map((held: any) => held.role.name)]).toEqual([name, false, ['guest']]);
  });

  test('an activation token is good for its own person only', async () => {
    const { token } = await invite();
    const other = await invite();
    expect((await server.anonymous.put(`/users/${other.name}/activate`, { activation_token: token, password: PASSWORD })).status).toBe(404);
    expect((await server.anonymous.put('/users/admin/activate', { activation_token: token, password: PASSWORD })).status).toBe(404);
    expect((await server.anonymous.put('/users/nobody-at-all/activate', { activation_token: token, password: PASSWORD })).status).toBe(404);
    expect((await preview(token)).status).toBe(200);
  });

  test('all dead links answer with the same bytes', async () => {
    const [used, revoked, renewed] = [await invite(), await invite(), await invite()];
    await accept(used.token);
    await server.admin.del(`/invitations/${revoked.id}`);
    await server.admin.post(`/invitations/${renewed.id}/renew`);
    const gone = await invite();
    await server.admin.del(`/users/${gone.name}`);
    const unknown = `zinv_${'A'.repeat(43)}`;
    const answers = (await Promise.all([used, revoked, renewed, gone].map(({ token }) => dead(token)))).concat([await dead(unknown)]);
    expect(new Set(answers.flat().map((answer) => `${answer.status} ${answer.text} ${answer.headers['content-type']} ${answer.headers['content-length']}`)).size).toBe(1);
  });

  test('links are built from the configured address, whatever the request says', async () => {
    const foreign = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', forwarded: 'host=evil.example;proto=https', 'x-original-host': 'evil.example' };
    for (const host of ['localhost', '127.0.0.1:9', '10.1.2.3']) {
      const made = await server.admin.post('/users', { name: `linked-${++number}`, roles: [] }, { ...foreign, host });
      const { name } = made.body;
      const links = [
        made.body.body.activation_url,
        (await server.admin.post('/invitations', { name: `${name}-b`, roles: [] }, { ...foreign, host })).body.body.url,
        (await server.admin.post('/users/admin/reset', {}, { ...foreign, host })).body.url,
      ];
      for (const link of links) expect(link.startsWith(`${server.url}/signup#token=zinv_`), link).toBe(true);
    }
  });

  test('whoever is deactivated can come back once, with the link that the one who did it was told', async () => {
    const { name } = await server.person(`away-${++number}`, { roles: ['developer'] });
    const leave = () => server.admin.put(`/users/${name}/deactivate`);
    const back = (token: string) => server.anonymous.put(`/users/${name}/activate`, { activation_token: token, password: 'another good phrase' });
    const { activation_token: first, activation_url: url } = (await leave()).body.body;
    expect(url).toBe(`${server.url}/signup#token=${first}`);
    expect((await preview(first)).body).toMatchObject({ kind: 'reactivate', user_name: name });
    expect((await login(server, name, 'another good phrase')).status).toBe(401);
    const returned = await back(first);
    expect([returned.status, returned.body.body.active], returned.text).toEqual([200, true]);
    expect([(await login(server, name, 'another good phrase')).status, (await login(server, name)).status]).toEqual([200, 401]);
    expect((await back(first)).status).toBe(404);
    // A link that was not needed opens nothing, also after the next time.
    const { activation_token: second } = (await leave()).body.body;
    expect((await server.admin.put(`/users/${name}/reactivate`)).status).toBe(200);
    expect([(await preview(second)).status, (await back(second)).status]).toEqual([404, 404]);
    expect((await server.admin.put(`/users/${name}`, { active: false })).status).toBe(200);
    expect([(await preview(second)).status, (await back(second)).status]).toEqual([404, 404]);
    expect((await server.admin.get(`/users/${name}`)).text).not.toContain(second);
  });

  test('links made before somebody is deactivated are dead, and a way back is for those who are away', async () => {
    const { name } = await server.person(`gone-${++number}`, { roles: ['developer'] });
    const { token } = (await server.admin.post(`/users/${name}/reset`)).body;
    await server.admin.put(`/users/${name}/deactivate`);
    expect((await accept(token)).status).toBe(404);
    const inviter = await server.person(`leaver-${++number}`, { roles: ['admin'] });
    await server.admin.put(`/users/${name}/reactivate`);
    const { activation_token: way } = (await inviter.put(`/users/${name}/deactivate`)).body.body;
    expect((await preview(way)).status).toBe(200);
    expect((await server.admin.put(`/users/${inviter.name}/deactivate`)).status).toBe(200);
    expect((await accept(way)).status).toBe(404);
  });

  test('a reset link sets a new password once and ends every session of its person', async () => {
    const person = await server.person(`forgetful-${++number}`, { roles: ['admin'] });
    const personal = server.as('', (await person.post('/tokens', { name: 'script' })).body.body.token);
    const cookie = await login(server, person.name, PASSWORD, { 'x-zendo-session': 'cookie' });
    const { token } = (await server.admin.post(`/users/${person.name}/reset`)).body;
    expect((await person.get('/current-user')).status).toBe(200);
    expect((await accept(token, { password: 'another good phrase' })).status).toBe(200);
    const answers = [
      await person.get('/current-user'),
      await personal.get('/current-user'),
      await server.anonymous.get('/current-user', { cookie: String(cookie.headers['set-cookie']).split(';')[0]! }),
    ];
    expect(answers.map((answer) => answer.status)).toEqual([401, 401, 401]);
    expect((await login(server, person.name)).status).toBe(401);
    expect((await accept(token, { password: 'a third good phrase' })).status).toBe(404);
  });
});
