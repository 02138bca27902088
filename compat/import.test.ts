// Taking over a running genuine server: afterwards its client sees here what it sees there.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../scripts/lib/paths.ts';
import { newClient } from './testing/client.ts';
import { differences } from './testing/compare.ts';
import { GENUINE_ADMIN, startGenuine, type Genuine } from './testing/genuine.ts';
import { ADMIN, logIn, startZendo, type Zendo } from './testing/zendo.ts';

type Counted = { readonly what: string; readonly project: string } & Readonly<
  Record<'made' | 'changed' | 'kept' | 'left', number>
>;
type Report = { readonly lists: readonly Counted[]; readonly left: readonly { readonly why: string }[] };

describe('zendo import', () => {
  let zendo: Zendo;
  let genuine: Genuine;
  beforeAll(async () => {
    [zendo, genuine] = await Promise.all([startZendo(), startGenuine()]);
    const { code, output } = await (
      await newClient(genuine, GENUINE_ADMIN)
    ).python('fill.py', {
      env: { ZENDO_KEY: join(genuine.folder, 'key') },
    });
    if (code !== 0) throw new Error(output);
  }, 400_000);
  afterAll(() => Promise.all([zendo.close(), genuine.close()]));

  const begin = async (...more: readonly string[]) => {
    const who = more.includes('--api-key') ? [] : ['--username', GENUINE_ADMIN.username, '--password-stdin'];
    const env = {
      ...process.env,
      ZENDO_URL: zendo.url,
      ZENDO_TOKEN: await logIn(zendo.url, ADMIN.username),
      ZENDO_CONFIG_DIR: join(zendo.folder, 'cli'),
    };
    const words = ['import', '--from', genuine.url, ...who, '-o', 'json', ...more];
    const child = spawn(process.execPath, [join(root, 'bin/zendo.mjs'), ...words], { env });
    child.stdin.end(`${GENUINE_ADMIN.password}\n`);
    return child;
  };
  const run = async (...more: readonly string[]): Promise<{ report: Report; words: string }> => {
    const child = await begin(...more);
    let [out, words] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()));
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect(code, words + out).toBe(0);
    return { report: JSON.parse(out) as Report, words };
  };
  const sum = (report: Report, what: keyof Counted): number =>
    report.lists.reduce((total, row) => total + Number(row[what]), 0);
  const seen = async (server: { url: string; folder: string }, who: typeof ADMIN): Promise<Record<string, unknown>> => {
    const file = join(server.folder, 'read.json');
    const { code, output } = await (await newClient(server, who)).python('read.py', { env: { ZENDO_RESULTS: file } });
    expect(code, output).toBe(0);
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  };

  test('that is broken off leaves what came so far, whole', { timeout: 120_000 }, async () => {
    const child = await begin();
    // In the middle: people are there, runs are not yet.
    for (let tries = 0; tries < 600; tries += 1) {
      if ((await zendo.admin('GET', '/stacks?name=own')).body.total === 1) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
    expect((await zendo.admin('GET', '/users?name=ada')).body.total).toBe(1);
  });

  test(
    'takes everything, goes on where it was broken off; the client then sees the same on both',
    { timeout: 300_000 },
    async () => {
      const { report, words } = await run();
      expect(report.left, words).toEqual([]);
      expect(sum(report, 'made')).toBeGreaterThan(20);
      expect(words).not.toContain('canary-of');
      const [ours, theirs] = [await seen(zendo, ADMIN), await seen(genuine, GENUINE_ADMIN as never)];
      expect(Object.keys(theirs).length).toBeGreaterThan(40);
      expect(differences(ours, theirs)).toEqual([]);
    },
  );

  test('again takes nothing new, and people are pending with the role that they had', async () => {
    const { report } = await run('--again');
    expect([sum(report, 'made'), sum(report, 'changed'), sum(report, 'left')]).toEqual([0, 0, 0]);
    const people = await zendo.admin('GET', '/users?size=100&sort_by=name');
    const told = people.body.items.map((one: any) => [
      one.name,
      one.body.status,
      one.resources.roles.map((held: any) => held.role.name),
    ]);
    expect(told).toEqual([
      ['ada', 'pending', ['developer']],
      ['admin', 'active', ['admin']],
      ['root', 'pending', ['admin']],
    ]);
  });

  test('later brings what has changed since', async () => {
    const client = await newClient(genuine, GENUINE_ADMIN);
    expect((await client.zenml(['project', 'set', 'default'])).code).toBe(0);
    expect((await client.zenml(['stack', 'rename', 'own', 'renamed'])).code).toBe(0);
    expect((await client.python('hello.py')).code).toBe(0);
    const { report } = await run();
    expect(report.lists.find((row) => row.what === 'stacks')).toMatchObject({ changed: 1, made: 0 });
    expect(report.lists.find((row) => row.what === 'runs' && row.project === 'default')).toMatchObject({ made: 1 });
    expect((await zendo.admin('GET', '/stacks?name=renamed')).body.total).toBe(1);
  });

  test('reads with an API key as well, and counts beforehand without taking anything', async () => {
    const key = readFileSync(join(genuine.folder, 'key'), 'utf8');
    const before = (await zendo.admin('GET', '/runs?size=1')).body.total;
    const { report, words } = await run('--api-key', key, '--dry-run', '--project', 'second');
    expect(report.lists.find((row) => row.what === 'runs')).toMatchObject({ project: 'second', made: 1 });
    expect(report.lists.some((row) => row.project === 'default')).toBe(false);
    expect(words).not.toContain(key);
    expect((await zendo.admin('GET', '/runs?size=1')).body.total).toBe(before);
  });
});
