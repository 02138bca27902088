// The genuine server beside ours: the genuine client runs the same script against both, and what it sees must be the same.
// Every difference has its place and reason in oracle-differences.json, and must stay true. `UPDATE_ORACLE=1` lists the present ones.
import { existsSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { differences } from './testing/compare.ts';
import { newClient, scripts, type SignIn } from './testing/client.ts';
import { GENUINE_ADMIN, startGenuine, type Genuine } from './testing/genuine.ts';
import { ADMIN, startZendo, type Zendo } from './testing/zendo.ts';

type Records = Readonly<Record<string, unknown>>;
/** `script: what: path`, or a beginning of it that ends in `*`, and why it differs. */
type Named = Readonly<Record<string, string>>;

const file = new URL('oracle-differences.json', import.meta.url);
const named: Named = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Named) : {};
const found: string[] = [];
const names = (key: string, line: string): boolean =>
  key.endsWith('*') ? line.startsWith(key.slice(0, -1)) : line === key || line.startsWith(`${key} `);

const recorded = async (server: { url: string; folder: string }, who: SignIn, script: string): Promise<Records> => {
  const results = join(mkdtempSync(join(server.folder, 'oracle-')), 'records.json');
  const client = await newClient(server, who);
  const { output } = await client.python(join('oracle', script), { env: { ZENDO_RESULTS: results } });
  if (!existsSync(results))
    throw new Error(`${script} did not get to its end at ${server.url}:\n${output.slice(-3000)}`);
  return JSON.parse(readFileSync(results, 'utf8')) as Records;
};

describe('the same outcome as with the genuine server', () => {
  let zendo: Zendo;
  let genuine: Genuine;
  // One server of each kind for every script: what one leaves behind, the next finds on both.
  beforeAll(async () => {
    [zendo, genuine] = await Promise.all([startZendo(), startGenuine()]);
  }, 400_000);
  afterAll(() => Promise.all([zendo.close(), genuine.close()]));

  test.each(readdirSync(join(scripts, 'oracle')).toSorted())('%s', { timeout: 400_000 }, async (script) => {
    const [ours, theirs] = await Promise.all([
      recorded(zendo, ADMIN, script),
      recorded(genuine, GENUINE_ADMIN, script),
    ]);
    expect(Object.keys(theirs).length).toBeGreaterThan(10);
    const lines = differences(ours, theirs).map((line) => `${script.replace('.py', '')}: ${line}`);
    found.push(...lines);
    if (process.env['UPDATE_ORACLE'] === '1') return;
    expect(lines.filter((line) => !Object.keys(named).some((key) => names(key, line)))).toEqual([]);
  });

  test('every difference that is named is still one', () => {
    if (process.env['UPDATE_ORACLE'] === '1') writeFileSync('/tmp/oracle-found.txt', `${found.join('\n')}\n`);
    else expect(Object.keys(named).filter((key) => !found.some((line) => names(key, line)))).toEqual([]);
  });
});
