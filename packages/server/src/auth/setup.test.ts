// The first administrator: there is one, and he is whoever has the link.
import { afterEach, describe, expect, test } from 'vitest';
import { startServer, type Running, type StartOptions } from '../main.ts';
import { dialects, emptyDatabase, PASSWORD } from '../testing/server.ts';

describe.each(dialects)('set-up on %s', (dialect) => {
  const open: { close: () => Promise<void>; drop: () => Promise<void> }[] = [];
  afterEach(async () => {
    for (const { close, drop } of open.splice(0)) {
      await close();
      await drop();
    }
  });
  const fresh = async (options: StartOptions = {}) => {
    const { url, drop } = await emptyDatabase(dialect);
    let running: Running = await startServer({ database_url: url, listen: false, log_level: 'silent', ...options });
    open.push({ close: () => running.close(), drop });
    const ask = async (method: 'GET' | 'POST' | 'PUT', path: string, payload?: object, headers: Record<string, string> = {}) => {
      const answer = await running.server.inject({
        method,
        url: `/api/v1${path}`,
        headers: { host: 'localhost', ...headers },
        ...(payload === undefined ? {} : { payload }),
      });
      return { status: answer.statusCode, body: answer.json() };
    };
    const link = () => new URL(running.setup_url!).hash.slice('#token='.length);
    const restart = async () => {
      await running.close();
      running = await startServer({ database_url: url, listen: false, log_level: 'silent', ...options });
    };
    const people = async () => (await running.app.database.read.selectFrom('account').select(['name', 'status']).execute()).map((row) => row['name'] as string);
    return { ask, link, restart, people, running: () => running };
  };

  test('of 20 that are sent at once one makes an administrator', async () => {
    const { ask, link, people } = await fresh();
    const setup_token = link();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        i % 2 === 0
          ? ask('POST', '/setup', { setup_token, username: `first-${i}`, password: PASSWORD })
          : ask('PUT', '/activate', { setup_token, admin_username: `first-${i}`, admin_password: PASSWORD }),
      ),
    );
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
    expect(new Set(answers.filter((answer) => answer.status !== 200).map((answer) => answer.status))).toEqual(new Set([403]));
    expect(await people()).toEqual([`first-${answers.findIndex((answer) => answer.status === 200)}`]);
    expect((await ask('POST', '/setup', { setup_token, username: 'late', password: PASSWORD })).status).toBe(403);
    expect((await ask('PUT', '/activate', { setup_token, admin_username: 'late', admin_password: PASSWORD })).status).toBe(403);
    expect((await ask('POST', '/setup/check', { setup_token })).status).toBe(403);
  });

  test('needs the link that was printed last, and leaves nothing behind when it fails', async () => {
    const { ask, link, restart, people } = await fresh();
    const old = link();
    await restart();
    expect(link()).not.toBe(old);
    for (const setup_token of [old, '', 'x', 'zset_', `zset_${'A'.repeat(43)}`]) {
      expect([401, 422]).toContain((await ask('POST', '/setup', { setup_token, username: 'first', password: PASSWORD })).status);
      expect((await ask('PUT', '/activate', { setup_token, admin_username: 'first', admin_password: PASSWORD })).status).toBe(401);
    }
    expect((await ask('PUT', '/activate', { admin_username: 'first', admin_password: PASSWORD })).status).toBe(401);
    for (const bad of [{ username: 'a/b' }, { username: '  ' }, { default_role: 'king' }, { email: 'no address' }, { is_admin: true }, { server_name: 5 }]) {
      expect((await ask('POST', '/setup', { setup_token: link(), username: 'first', password: PASSWORD, ...bad })).status, JSON.stringify(bad)).toBe(422);
    }
    expect(await people()).toEqual([]);
    expect((await ask('GET', '/info')).body.zendo.setup_required).toBe(true);
    expect((await ask('POST', '/setup', { setup_token: link(), username: 'first', password: PASSWORD })).status).toBe(200);
    await restart();
    expect((await ask('GET', '/info')).body.zendo.setup_required).toBe(false);
  });

  test('before it nobody can log in, and after it nobody but the administrator', async () => {
    const { ask, link, people } = await fresh();
    const usual = [
      ['admin', 'admin'],
      ['admin', ''],
      ['default', ''],
      ['default', 'default'],
      ['root', 'root'],
      ['zendo', 'zendo'],
      ['zenml', 'zenml'],
      ['admin', 'password'],
      ['admin', 'changeme'],
    ] as const;
    const none = async () => {
      for (const [username, password] of usual) {
        const answer = await ask('POST', '/login', { username, password });
        expect([401, 429], `${username}: ${JSON.stringify(answer.body)}`).toContain(answer.status);
      }
    };
    await none();
    expect(await people()).toEqual([]);
    expect((await ask('GET', '/users')).status).toBe(401);
    await ask('POST', '/setup', { setup_token: link(), username: 'first', password: PASSWORD });
    await none();
    expect(await people()).toEqual(['first']);
  });
});
