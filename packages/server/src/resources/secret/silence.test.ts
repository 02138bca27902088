// Neither the log of a real server at its most talkative, nor what it leaves on disk, holds a secret or a credential.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { send, spawnServer } from '../../testing/hostile.ts';
import { PASSWORD } from '../../testing/server.ts';

test('whatever is done with secrets and service connectors, their values stay out of the log and of the disk', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'zendo-silence-'));
  const server = await spawnServer({ ZENDO_DATA_DIR: folder, ZENDO_LOG_LEVEL: 'trace' });
  const canary = (n: number): string => `canary-${n}-f00d5e`;
  const told: string[] = [];
  try {
    const setup = await send(server.url, 'POST', '/setup', { body: { setup_token: server.setup_token, username: 'admin', password: PASSWORD } });
    const token = setup.body.access_token as string;
    const ask = async (method: string, path: string, body?: unknown) =>
      send(server.url, method, path, {
        token,
        ...(body === undefined ? {} : { body: body as object }),
        headers: method === 'POST' ? { 'idempotency-key': crypto.randomUUID() } : {},
      });
    const refused = async (method: string, path: string, body: unknown) => told.push((await ask(method, path, body)).text);
    const made = (await ask('POST', '/secrets', { name: 's', values: { k: canary(1) } })).body;
    await ask('PUT', `/secrets/${made.id}?patch_values=true`, { values: { k: canary(2) } });
    await refused('POST', '/secrets', { name: 's', values: { k: canary(3) } });
    await refused('POST', '/secrets', `{"name": "t", "values": {"k": "${canary(4)}"`);
    await refused('PUT', `/secrets/${made.id}`, { values: { k: { inner: canary(5) } } });
    const docker = (n: number) => ({ name: 'c', connector_type: 'docker', auth_method: 'password', configuration: { username: canary(n), password: canary(n) } });
    const connector = (await ask('POST', '/service_connectors', docker(6))).body;
    await ask('GET', `/service_connectors/${connector.id}/client`);
    await refused('POST', '/service_connectors/verify', { ...docker(7), auth_method: 'none' });
    const oauth = { api_url: 'https://api.invalid', token_url: 'http://127.0.0.1:9/token', client_id: 'i', client_secret: canary(8) };
    await refused('POST', '/service_connectors/verify', { name: 'o', connector_type: 'oauth2', auth_method: 'client-credentials', configuration: oauth });
    await refused('POST', '/service_connectors', docker(9));
    expect((await ask('GET', `/secrets/${made.id}`)).body.body.values).toEqual({ k: canary(2) });
    await server.kill();
    expect(server.log()).toContain('/api/v1/secrets');
    const files = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'latin1'));
    expect(files.length).toBeGreaterThan(1);
    for (const [place, text] of Object.entries({ log: server.log(), answers: told.join('\n'), disk: files.join('\n') }))
      expect(text.includes('f00d5e'), place).toBe(false);
    expect(readdirSync(folder)).toContain('secrets.key');
  } finally {
    await server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
});
