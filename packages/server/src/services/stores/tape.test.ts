import { appendFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { entryOf, type LogEntry } from './lines.ts';
import { localStore } from './local.ts';
import { pageOf, type Asked, type Page } from './page.ts';
import type { Store } from './store.ts';
import { tapeOf } from './tape.ts';

const line = (i: number, more: object = {}) =>
  `${JSON.stringify({ message: `line ${i}`, level: i % 10 === 0 ? 40 : 20, timestamp: new Date(1_700_000_000_000 + i * 1000).toISOString(), id: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`, ...more })}\n`;

let base: string;
let store: Store;
beforeAll(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'zendo-logs-')));
  store = localStore('here', { path: base, real: base });
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

const write = (name: string, text: string): string => {
  writeFileSync(join(base, name), text);
  return `${base}/${name}`;
};
const page = async (uri: string, asked: Partial<Asked> = {}, bounds: Partial<Parameters<typeof pageOf>[2]> = {}): Promise<Page> =>
  pageOf(await tapeOf(store, uri), { limit: 10, filter: {}, ...asked }, { answer: 1 << 20, scan: 1 << 26, live: false, seed: 'seed', ...bounds });
const messages = (of: Page): readonly string[] => of.items.map((entry) => entry.message);

describe('a page of a log', () => {
  test('leads from either end to the other, without a gap and without a repetition', async () => {
    const uri = write('walk.log', Array.from({ length: 2500 }, (_, i) => line(i)).join(''));
    const all = Array.from({ length: 2500 }, (_, i) => `line ${i}`);
    for (const limit of [1, 7, 1000, 5000]) {
      const count = limit === 1 ? 20 : 5000;
      const [there, back]: [string[], string[]] = [[], []];
      for (let at: Page | null = null; at === null || (at.after !== null && there.length < count);)
        there.push(...messages((at = await page(uri, { limit, after: at?.after ?? undefined }))));
      for (let at: Page | null = null; at === null || (at.before !== null && back.length < count);)
        back.unshift(...messages((at = await page(uri, { limit, start: 'newest', before: at?.before ?? undefined }))));
      expect(there).toEqual(all.slice(0, count));
      expect(back).toEqual(all.slice(-count));
    }
    const middle = await page(uri, { after: (await page(uri, { limit: 100 })).after!, limit: 5 });
    expect(messages(middle)).toEqual(['line 100', 'line 101', 'line 102', 'line 103', 'line 104']);
    expect(messages(await page(uri, { before: middle.before!, limit: 2 }))).toEqual(['line 98', 'line 99']);
    await expect(page(uri, { before: middle.before!, after: middle.after! })).rejects.toThrow(/only one/);
    for (const before of ['', 'x', 'p', 'p-1', 'pzzzzzzzzzzzzz', '../p1']) await expect(page(uri, { before }), before).rejects.toThrow(/no cursor/);
    expect(messages(await page(uri, { after: 'p5', limit: 1 }))).toEqual(['line 1']);
    expect(messages(await page(uri, { after: 'pzzzzzzzz', limit: 1 }))).toEqual([]);
  });

  test('holds only what is asked for, and goes on from where it stopped looking', async () => {
    const uri = write('filter.log', Array.from({ length: 3000 }, (_, i) => line(i)).join(''));
    expect(messages(await page(uri, { filter: { level: 30 }, limit: 3 }))).toEqual(['line 0', 'line 10', 'line 20']);
    expect(messages(await page(uri, { filter: { search: 'LINE 299' }, start: 'newest', limit: 2 }))).toEqual(['line 2998', 'line 2999']);
    const at = (i: number) => 1_700_000_000_000 + i * 1000;
    expect(messages(await page(uri, { filter: { since: at(5), until: at(7) } }))).toEqual(['line 5', 'line 6', 'line 7']);
    const little = await page(uri, { filter: { search: 'line 2999' } }, { scan: 10_000 });
    expect(little).toMatchObject({ items: [], before: null });
    let [found, turns, next] = [[] as readonly LogEntry[], 0, little.after];
    while (next !== null && found.length === 0) {
      const one = await page(uri, { filter: { search: 'line 2999' }, after: next }, { scan: 10_000 });
      [found, next, turns] = [one.items, one.after, turns + 1];
    }
    expect([found.length, turns > 10]).toEqual([1, true]);
    expect(messages(await page(uri, { limit: 1000 }, { answer: 1000 })).length).toBeLessThan(12);
  });

  test('follows a log while it is written, and never shows half a line', async () => {
    const uri = write('live.log', line(0) + line(1));
    const live = { live: true };
    const first = await page(uri, {}, live);
    expect([messages(first), first.before]).toEqual([['line 0', 'line 1'], null]);
    expect(messages(await page(uri, { after: first.after! }, live))).toEqual([]);
    const [half, rest] = [line(2).slice(0, 20), line(2).slice(20)];
    appendFileSync(join(base, 'live.log'), half);
    const none = await page(uri, { after: first.after! }, live);
    expect(messages(none)).toEqual([]);
    expect(messages(await page(uri, { start: 'newest', limit: 1 }, live))).toEqual(['line 1']);
    appendFileSync(join(base, 'live.log'), rest + line(3).trimEnd());
    const now = await page(uri, { after: none.after! }, live);
    expect(messages(now)).toEqual(['line 2', 'line 3']);
    appendFileSync(join(base, 'live.log'), `\n${line(4)}`);
    expect(messages(await page(uri, { after: now.after! }, live))).toEqual(['line 4']);
    expect((await page(uri)).after).toBeNull();
  });

  test('reads a folder of files as one log, and its cursors outlive the client merging them', async () => {
    mkdirSync(join(base, 'folder'));
    const parts = [0, 1, 2].map((i) => line(i * 2) + line(i * 2 + 1));
    for (const [i, part] of parts.entries()) write(`folder/170000000${i}.5.log`, part);
    const first = await page(`${base}/folder`, { limit: 3 });
    expect(messages(first)).toEqual(['line 0', 'line 1', 'line 2']);
    for (const i of [0, 1, 2]) rmSync(join(base, 'folder', `170000000${i}.5.log`));
    write('folder/1700000009.1_merged.log', parts.join(''));
    expect(messages(await page(`${base}/folder`, { after: first.after!, limit: 2 }))).toEqual(['line 3', 'line 4']);
    expect(messages(await page(`${base}/folder`, { start: 'newest', limit: 2 }))).toEqual(['line 4', 'line 5']);
  });

  test('takes what is no entry for a message, as older clients wrote it', () => {
    expect(entryOf('[2024-01-02 03:04:05 UTC] hello', 's')).toMatchObject({ message: 'hello', timestamp: '2024-01-02T03:04:05Z', level: 20 });
    expect(entryOf('  just text ', 's')).toMatchObject({ message: 'just text', timestamp: null, level: 20, chunk_index: 0, total_chunks: 1 });
    expect(entryOf('{"message": 5}', 's')).toMatchObject({ message: '{"message": 5}' });
    expect(entryOf('{"message": "m", "level": 35}', 's')).toMatchObject({ message: '{"message": "m", "level": 35}' });
    expect(entryOf('{"message": "m", "timestamp": "2024-01-02T03:04:05.123456"}', 's')).toMatchObject({ timestamp: '2024-01-02T03:04:05.123456Z', level: null });
    expect(entryOf('x', 's')!.id).toBe(entryOf('x', 's')!.id);
    expect(entryOf(' \r', 's')).toBeNull();
  });

  test('shows the end of 100 MB at once and in little memory', async () => {
    const block = Array.from({ length: 5000 }, (_, i) => line(i, { module: 'm'.repeat(60) })).join('');
    const name = join(base, 'large.log');
    writeFileSync(name, '');
    let size = 0;
    while (size < 100_000_000) {
      appendFileSync(name, block);
      size += block.length;
    }
    appendFileSync(name, line(7777));
    globalThis.gc?.();
    const before = process.memoryUsage().rss;
    const began = performance.now();
    const last = await page(`${base}/large.log`, { start: 'newest', limit: 100 }, { live: true });
    const took = performance.now() - began;
    expect(messages(last).at(-1)).toBe('line 7777');
    expect(last.items.length).toBe(100);
    expect(took).toBeLessThan(500);
    const rare = await page(`${base}/large.log`, { filter: { search: 'line 7777' }, start: 'oldest' }, { scan: 200_000_000 });
    expect(messages(rare)).toEqual(['line 7777']);
    expect(process.memoryUsage().rss - before).toBeLessThan(95_000_000);
    console.log(`the end of 100 MB took ${took.toFixed(1)} ms, looking through all of it ${((process.memoryUsage().rss - before) / 1e6).toFixed(0)} MB`);
    // One line without an end is not kept either.
    writeFileSync(name, 'x'.repeat(50_000_000));
    expect((await page(`${base}/large.log`)).items[0]!.message.length).toBe(1 << 20);
    expect((await page(`${base}/large.log`, { start: 'newest' })).items.length).toBe(1);
  }, 60_000);
});
