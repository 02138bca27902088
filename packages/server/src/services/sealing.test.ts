import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { startServer } from '../main.ts';
import { dialects, testServer } from '../testing/server.ts';
import { createSealing, encrypt, keyOf } from './sealing.ts';

const place = { table: 'secret', column: 'values', id: 'one' };
const [first, second] = [randomBytes(32), randomBytes(32)];

describe('a sealed text', () => {
  test('opens in its own place with its own key, and nowhere else', () => {
    const sealed = encrypt(keyOf(first), place, 'ünïcode \u0000 text');
    expect(createSealing([second, first]).open(place, sealed)).toBe('ünïcode \u0000 text');
    expect(encrypt(keyOf(first), place, 'ünïcode \u0000 text')).not.toBe(sealed);
    for (const other of [{ id: 'two' }, { column: 'proof' }, { table: 'webhook' }]) expect(() => createSealing([first]).open({ ...place, ...other }, sealed)).toThrow();
    expect(() => createSealing([second]).open(place, sealed)).toThrow(`needs the key ${keyOf(first).id}`);
  });
  test('does not open when a single bit of it was changed', () => {
    const blob = Buffer.from(encrypt(keyOf(first), place, 'text'), 'base64');
    for (let i = 0; i < blob.length; i += 1) {
      const changed = Buffer.from(blob);
      changed[i]! ^= 1;
      expect(() => createSealing([first]).open(place, changed.toString('base64')), `byte ${i}`).toThrow();
    }
    expect(() => createSealing([first]).open(place, '')).toThrow('unknown form');
  });
});

describe.each(dialects)('the key of a server on %s', (dialect) => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });
  test('must be one that the secrets in the database were sealed with', async () => {
    const server = await testServer(dialect, { secrets_key: first.toString('base64') });
    closing.push(() => server.close());
    const again = async (secrets_key: string) => {
      const running = await startServer({ database_url: server.app.config.database_url, listen: false, log_level: 'silent', secrets_key });
      await running.close();
    };
    // Nothing is sealed yet: any key will do.
    await again(second.toString('base64'));
    expect((await server.admin.post('/secrets', { name: 's', values: { a: 'b' } })).status).toBe(200);
    await expect(again(second.toString('base64'))).rejects.toThrow(/sealed with the key [0-9a-f]{16}, which this server does not have.*ZENDO_SECRETS_KEY/);
    await expect(again('short')).rejects.toThrow('32 random bytes');
    await again(`${second.toString('base64')}, ${first.toString('base64')}`);
  });
});

test('without a setting the key lies beside the SQLite file, for its owner alone, and stays the same', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'zendo-key-'));
  const start = async () => (await startServer({ database_url: join(folder, 'zendo.db'), listen: false, log_level: 'silent', secrets_key: '' })).close();
  try {
    await start();
    const key = readFileSync(join(folder, 'secrets.key'), 'utf8');
    expect(Buffer.from(key, 'base64')).toHaveLength(32);
    expect(statSync(join(folder, 'secrets.key')).mode & 0o777).toBe(0o600);
    await start();
    expect(readFileSync(join(folder, 'secrets.key'), 'utf8')).toBe(key);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
