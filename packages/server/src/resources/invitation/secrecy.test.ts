// No secret is written down anywhere, and how long an answer takes tells nothing about a link.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { login, send, spawnServer } from '../../testing/hostile.ts';
import { dialects, PASSWORD, testServer, type TestServer } from '../../testing/server.ts';

test('no token, password or session is in the log, the audit log, an error or the database, whatever is done with them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'zendo-secrecy-'));
  const server = await spawnServer({ ZENDO_DATA_DIR: folder, ZENDO_LOG_LEVEL: 'trace' });
  try {
    const secrets = new Set<string>([PASSWORD, server.setup_token!]);
    const refusals: string[] = [];
    const ask = async (method: string, path: string, options: Parameters<typeof send>[3] = {}) => {
      const answer = await send(server.url, method, path, {
        ...options,
        headers: { ...(method === 'POST' ? { 'idempotency-key': crypto.randomUUID() } : {}), ...options.headers },
      });
      const found = [
        answer.body?.access_token,
        answer.body?.body?.token,
        answer.body?.token,
        answer.body?.body?.activation_token,
        answer.body?.body?.key,
        answer.body?.device_code,
        answer.body?.user_code,
      ];
      for (const secret of found) if (typeof secret === 'string' && secret !== '') secrets.add(secret);
      for (const [, secret] of String(answer.headers['set-cookie'] ?? '').matchAll(/zendo_session=([^;]+)/g)) if (secret !== undefined) secrets.add(secret);
      // What somebody writes into an address may come back to him, and to nobody else.
      if (answer.status >= 400 && ![...secrets].some((secret) => path.includes(secret))) refusals.push(answer.text);
      return answer;
    };
    const admin = (await ask('POST', '/setup', { body: { setup_token: server.setup_token, username: 'admin', password: PASSWORD } })).body.access_token as string;
    const invited = (await ask('POST', '/invitations', { token: admin, body: { name: 'ada', roles: ['guest'] } })).body;
    const made = (await ask('POST', '/users', { token: admin, body: { name: 'bob', roles: ['guest'] } })).body.body.activation_token as string;
    await ask('POST', '/invitations/preview', { body: { token: invited.body.token } });
    await ask('POST', '/invitations/accept', { body: { token: invited.body.token, password: 'short' } });
    const ada = (await ask('POST', '/invitations/accept', { body: { token: invited.body.token, password: PASSWORD } })).body.access_token as string;
    await ask('POST', '/invitations/accept', { body: { token: invited.body.token, password: PASSWORD } });
    await ask('GET', `/invitations/${invited.body.token}`, { token: admin });
    await ask('GET', `/users?token=${made}&name=${made}`, { token: admin });
    await ask('PUT', '/users/bob/activate', { body: { activation_token: made, password: PASSWORD } });
    const reset = (await ask('POST', '/users/ada/reset', { token: admin, body: {} })).body.token as string;
    await ask('POST', '/invitations/accept', { body: { token: reset, password: 'a fine new phrase' }, headers: { 'x-zendo-session': 'cookie' } });
    for (const secret of ['a fine new phrase', 'the newest phrase of all']) secrets.add(secret);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const signed = (await ask('POST', '/login', { headers: form, body: new URLSearchParams({ username: 'ada', password: 'a fine new phrase' }).toString() })).body
      .access_token as string;
    await ask('POST', '/login', { headers: form, body: new URLSearchParams({ username: 'bob', password: 'a fine new phrase' }).toString() });
    await ask('PUT', '/current-user', { token: signed, body: { old_password: 'a fine new phrase', password: 'the newest phrase of all' } });
    await ask('PUT', '/current-user', { token: signed, body: { old_password: 'a fine new phrase', password: 'the newest phrase of all' } });
    await ask('PUT', '/users/bob', { token: admin, body: { password: 'the newest phrase of all' } });
    await ask('POST', '/tokens', { token: signed, body: { name: 'script' } });
    await ask('POST', '/service_accounts', { token: admin, body: { name: 'robot', active: true, roles: ['guest'] } });
    const key = (await ask('POST', '/service_accounts/robot/api_keys', { token: admin, body: { name: 'key' } })).body.body.key as string;
    await ask('PUT', '/service_accounts/robot/api_keys/key/rotate', { token: admin, body: {} });
    await ask('GET', '/current-user', { token: key });
    await ask('GET', '/current-user', { token: ada });
    await ask('POST', '/users', { token: admin, body: `{"name": "x", "password": "${PASSWORD}", }` });
    await ask('POST', '/invitations/accept', { body: `{"token": ${invited.body.token}, "password": "${PASSWORD}"}` });
    await ask('POST', '/device_authorization', { headers: form, body: 'client_id=7b0c3a52-5f0e-4d47-9a55-0d5a3c1c9e10' });
    const audit = (await ask('GET', '/audit_events?size=1000&hydrate=true', { token: admin })).text;
    await server.kill();
    const places = {
      log: server.log(),
      audit,
      refusals: refusals.join('\n'),
      database: ['zendo.db', 'zendo.db-wal'].map((file) => readFileSync(join(folder, file), 'latin1')).join('\n'),
    };
    // The set-up link is told on the terminal by whoever starts the server, not by its log.
    expect(secrets.size).toBeGreaterThan(14);
    expect(refusals.length).toBeGreaterThan(8);
    expect(places.log).toContain('/api/v1/invitations/accept');
    expect(JSON.parse(audit).total).toBeGreaterThan(10);
    for (const [place, text] of Object.entries(places)) for (const secret of secrets) expect(text.includes(secret), `${secret.slice(0, 9)}… in the ${place}`).toBe(false);
  } finally {
    await server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;

describe.each(dialects)('timing on %s', (dialect) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await testServer(dialect);
  });
  afterAll(() => server.close());

  test('an unknown, a used and a revoked link take the same time', async () => {
    const make = async (name: string) => (await server.admin.post('/invitations', { name, roles: ['guest'] })).body;
    const [used, revoked] = [await make('used'), await make('revoked')];
    await server.anonymous.post('/invitations/accept', { token: used.body.token, password: PASSWORD });
    await server.admin.del(`/invitations/${revoked.id}`);
    const links: Record<string, string> = { unknown: `zinv_${'A'.repeat(43)}`, used: used.body.token, revoked: revoked.body.token };
    const samples = dialect === 'sqlite' ? 2_000 : 500;
    const times: Record<string, number[]> = Object.fromEntries(Object.keys(links).map((kind) => [kind, []]));
    for (let i = 0; i < samples; i++) {
      for (const [kind, token] of Object.entries(links)) {
        const from = performance.now();
        await server.anonymous.post('/invitations/preview', { token });
        times[kind]!.push(performance.now() - from);
      }
    }
    const medians = Object.fromEntries(Object.entries(times).map(([kind, list]) => [kind, median(list)]));
    const apart = Math.max(...Object.values(medians)) - Math.min(...Object.values(medians));
    console.log(
      `${dialect}: dead links, median of ${samples} previews each: ${Object.entries(medians)
        .map(([kind, ms]) => `${kind} ${ms.toFixed(3)} ms`)
        .join(', ')}; ${apart.toFixed(3)} ms apart`,
    );
    expect(apart).toBeLessThan(Math.max(1, median(Object.values(medians)) / 2));
  }, 60_000);

  test('an unknown user name and a wrong password get the same bytes after the same work', async () => {
    await server.person('known');
    await server.admin.post('/users', { name: 'waiting', roles: [] });
    await server.person('gone');
    await server.admin.put('/users/gone/deactivate');
    const answers = new Set<string>();
    const fail = async (name: string): Promise<number> => {
      await server.app.database.transaction((tx) =>
        tx
          .deleteFrom('login_attempt')
          .execute()
          .then(() => undefined),
      );
      const from = performance.now();
      const {
        status,
        text,
        headers: { 'x-request-id': _id, date: _date, ...headers },
      } = await login(server, name, 'not the password');
      const took = performance.now() - from;
      answers.add(JSON.stringify([status, text, headers]));
      return took;
    };
    for (const name of ['known', 'unknown', 'waiting', 'gone', 'known', 'KNOWN']) await fail(name);
    const samples = dialect === 'sqlite' ? 200 : 20;
    const times: { readonly known: number[]; readonly unknown: number[] } = { known: [], unknown: [] };
    // Neither is always the first of the two.
    for (let i = 0; i < samples; i++)
      for (const name of i % 2 === 0 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)) times[name].push(await fail(name));
    expect([...answers]).toHaveLength(1);
    const medians = Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]));
    const apart = Math.max(...Object.values(medians)) - Math.min(...Object.values(medians));
    console.log(
      `${dialect}: log-in, median of ${samples} each: ${Object.entries(medians)
        .map(([name, ms]) => `${name} ${ms.toFixed(2)} ms`)
        .join(', ')}; ${apart.toFixed(2)} ms apart`,
    );
    // A missing hash would halve the time; anything near that is a gross difference.
    expect(apart).toBeLessThan(median(Object.values(medians)) / 3);
  }, 120_000);
});
