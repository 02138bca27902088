import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { localRoot, localStore } from './local.ts';
import { bytes, filesBelow, wholeFile, type Store } from './store.ts';

const ID = '11111111-2222-4333-8444-555555555555';
const OTHER = '99999999-2222-4333-8444-555555555555';

describe('a local store', () => {
  let base: string;
  let root: string;
  let store: Store;
  beforeAll(() => {
    base = realpathSync(mkdtempSync(join(tmpdir(), 'zendo-store-')));
    root = join(base, 'stores', ID);
    mkdirSync(join(root, 'a', 'deep'), { recursive: true });
    mkdirSync(join(base, 'stores', `${ID}c`), { recursive: true });
    writeFileSync(join(root, 'a', 'data.json'), '{"x": 1}');
    writeFileSync(join(root, 'a', 'deep', 'z.txt'), 'z'.repeat(10));
    writeFileSync(join(root, '%2e%2e'), 'a name like any other');
    writeFileSync(join(base, 'secret.txt'), 'secret');
    writeFileSync(join(base, 'stores', `${ID}c`, 'secret.txt'), 'secret');
    symlinkSync(join(base, 'secret.txt'), join(root, 'link'));
    symlinkSync('../../secret.txt', join(root, 'relative'));
    symlinkSync(base, join(root, 'folder'));
    symlinkSync(join(root, 'a', 'data.json'), join(root, 'inner'));
    symlinkSync(join(base, 'nowhere'), join(root, 'dangling'));
    execFileSync('mkfifo', [join(root, 'pipe')]);
    store = localStore('here', { path: root, real: root });
  });
  afterAll(() => rmSync(base, { recursive: true, force: true }));

  test('reads files, parts of files and folders below its root', async () => {
    expect((await bytes(store, `${root}/a/data.json`, 2, 5)).toString()).toBe('x":'.slice(0, 3));
    expect((await wholeFile(store, `${root}/a/deep/z.txt`, 100)).toString()).toBe('zzzzzzzzzz');
    expect(await store.stat(`${root}/a/`)).toMatchObject({ kind: 'folder' });
    expect((await store.list(`${root}/a`)).map(({ name, kind, size }) => [name, kind, size])).toEqual([
      ['data.json', 'file', 8],
      ['deep', 'folder', 0],
    ]);
    expect((await filesBelow(store, `${root}/a`)).map(({ path }) => path)).toEqual(['data.json', 'deep/z.txt']);
    expect((await wholeFile(store, `${root}/%2e%2e`, 100)).toString()).toBe('a name like any other');
    await expect(wholeFile(store, `${root}/a/deep/z.txt`, 9)).rejects.toThrow(/more than the 9/);
  });

  const escapes = (): readonly string[] => [
    '',
    '/',
    root,
    `${root}/`,
    `${root}//a/data.json`,
    `${root}/./a/data.json`,
    `${root}/../../secret.txt`,
    `${root}/a/../../../secret.txt`,
    `${root}/..`,
    `${root}/%2e%2e/%2e%2e/secret.txt`,
    `${root}/..%2f..%2fsecret.txt`,
    `${root}/..\\..\\secret.txt`,
    `${root}c/secret.txt`,
    `${base}/secret.txt`,
    `file://${root}/a/data.json`,
    `file://${base}/secret.txt`,
    'a/data.json',
    '../secret.txt',
    '/etc/passwd',
    '/proc/self/environ',
    `${root}/link`,
    `${root}/relative`,
    `${root}/folder/secret.txt`,
    `${root}/folder`,
    `${root}/inner`,
    `${root}/dangling`,
    `${root}/pipe`,
    `${root}/a/data.json\0`,
    `${root}/a\0/../../secret.txt`,
    `${root}/a/data.json/x`,
    `${root.toUpperCase()}/a/data.json`,
    `${root}/${'a/'.repeat(3000)}b`,
    `s3://bucket/a`,
  ];
  test('opens nothing that is not below it, and says of all the same', async () => {
    for (const uri of escapes()) {
      const words = new RegExp(`^There is nothing at`);
      await expect(wholeFile(store, uri, 1000), uri).rejects.toThrow(words);
      await expect(store.read(uri, 0, 10), uri).rejects.toThrow(words);
      await expect(store.list(uri), uri).rejects.toThrow(words);
      if (uri !== `${root}/pipe`) await store.remove(uri).catch((error: Error) => expect(error.message).toMatch(words));
    }
    expect((await wholeFile(localStore('outside', { path: base, real: base }), `${base}/secret.txt`, 100)).toString()).toBe('secret');
    expect((await filesBelow(localStore('outside', { path: base, real: base }), `${base}/stores`)).map(({ path }) => path)).toEqual([
      `${ID}/%2e%2e`,
      `${ID}/a/data.json`,
      `${ID}/a/deep/z.txt`,
      `${ID}c/secret.txt`,
    ]);
  });

  test('does not follow a folder that became a link, nor a root that did', async () => {
    mkdirSync(join(root, 'swapped'));
    writeFileSync(join(root, 'swapped', 'secret.txt'), 'mine');
    expect((await wholeFile(store, `${root}/swapped/secret.txt`, 100)).toString()).toBe('mine');
    renameSync(join(root, 'swapped'), join(root, 'before'));
    symlinkSync(base, join(root, 'swapped'));
    await expect(wholeFile(store, `${root}/swapped/secret.txt`, 100)).rejects.toThrow(/There is nothing at/);
    const other = join(base, 'stores', OTHER);
    symlinkSync(base, other);
    await expect(wholeFile(localStore('link', { path: other, real: other }), `${other}/secret.txt`, 100)).rejects.toThrow(/There is nothing at/);
    rmSync(other);
  });

  test('removes what lies at a place and what is in it, but nothing to which a link in it leads', async () => {
    mkdirSync(join(root, 'gone', 'inner'), { recursive: true });
    symlinkSync(join(base, 'secret.txt'), join(root, 'gone', 'inner', 'link'));
    await store.remove(`${root}/gone`);
    expect(await store.stat(`${root}/gone`)).toBeNull();
    await store.remove(`${root}/gone`);
    expect((await wholeFile(localStore('outside', { path: base, real: base }), `${base}/secret.txt`, 100)).toString()).toBe('secret');
    await expect(store.remove(root)).rejects.toThrow(/There is nothing at/);
  });

  const rootOf = (path: string, listed = join(base, 'stores'), others: readonly string[] = []) => localRoot({ id: ID, name: 'here', path }, listed, others);
  test('lies in the folder of its id, or where its path says, if that is allowed', async () => {
    expect(await rootOf('')).toEqual({ path: root, real: root });
    expect(await rootOf(`${root}/`)).toEqual({ path: root, real: root });
    expect(await rootOf(join(base, 'stores', `${ID}c`))).toMatchObject({ path: join(base, 'stores', `${ID}c`) });
    expect(await rootOf(join(base, 'stores', `${ID}c`), `/no/such/folder:${join(base, 'stores', `${ID}c`)}/`)).toMatchObject({ path: join(base, 'stores', `${ID}c`) });
  });
  test('is refused elsewhere, and where it would hold another one', async () => {
    mkdirSync(join(base, 'stores', OTHER));
    mkdirSync(join(base, 'stores-too'));
    symlinkSync(base, join(base, 'stores', 'up'));
    symlinkSync(root, join(base, 'stores', 'alias'));
    await expect(rootOf('', '')).rejects.toThrow(/cannot be accessed from this server: set ZENDO_LOCAL_STORES/);
    for (const path of [
      '/',
      '/etc',
      base,
      join(base, 'stores-too'),
      join(base, 'stores', 'up'),
      join(base, 'stores', '..'),
      `${root}/../../stores-too`,
      'relative',
      join(base, 'stores', 'alias'),
      `${root}/no/such`,
    ])
      await expect(rootOf(path), path).rejects.toThrow(/not there, or not among those/);
    for (const path of [join(base, 'stores'), join(base, 'stores', OTHER)]) await expect(rootOf(path), path).rejects.toThrow(/belongs to another store/);
    await expect(rootOf(base, `${base}:${join(base, 'stores')}`)).rejects.toThrow(/belongs to another store/);
    for (const other of [root, base, `${root}/a`, join(base, 'stores', 'alias')])
      await expect(rootOf(root, undefined, [other]), other).rejects.toThrow(/belongs to another store/);
    expect(await rootOf(root, undefined, [`${root}c`])).toMatchObject({ path: root });
  });
});
