import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cli, discard, runProgram, temporary } from '../../testing/cli.ts';

describe.skipIf(process.platform === 'win32')('the zenml shim', () => {
  let folder = '';
  const at = (...parts: string[]) => join(folder, ...parts);
  const path = (...folders: string[]) => ({
    PATH: [...folders.map((one) => at(one)), process.env.PATH].join(delimiter),
    ZENDO_CONFIG_DIR: at('config'),
  });
  const python = '#!/bin/sh\necho "python client: $*"\n';

  beforeAll(() => {
    folder = temporary();
    for (const name of ['python', 'shim']) mkdirSync(at(name));
    writeFileSync(at('python', 'zenml'), python);
    chmodSync(at('python', 'zenml'), 0o755);
  });
  afterAll(() => discard(folder));

  test('never overwrites or removes a file that is not its own', async () => {
    const zendo = cli(at('config'));
    expect(await zendo(['shim', 'install', '--dir', at('python')])).toMatchObject({ code: 6, out: '' });
    expect(await zendo(['shim', 'remove', '--dir', at('python')])).toMatchObject({ code: 6 });
    expect(readFileSync(at('python', 'zenml'), 'utf8')).toBe(python);
  });

  test('is installed as a program, twice without harm, and says when another file hides it', async () => {
    const zendo = cli(at('config'));
    expect(await zendo(['shim', 'install', '--dir', at('shim')], { env: path('shim', 'python') })).toMatchObject({
      code: 0,
      out: `${at('shim', 'zenml')}\n`,
    });
    expect(statSync(at('shim', 'zenml')).mode & 0o777).toBe(0o755);
    const hidden = await zendo(['shim', 'install', '--dir', at('shim')], { env: path('python', 'shim') });
    expect(hidden.err).toContain(`${at('python', 'zenml')} comes first on PATH and hides it`);
  });

  test('sends the people side to Zendo and everything else to the Python client', async () => {
    const call = (...words: string[]) => runProgram(at('shim', 'zenml'), words, path('shim', 'python'));
    expect(await call('stack', 'list')).toMatchObject({ code: 0, out: 'python client: stack list\n' });
    expect(await call('project', 'list')).toMatchObject({ out: 'python client: project list\n' });
    expect(await call()).toMatchObject({ out: 'python client: \n' });
    expect((await call('role', '--help')).out).toContain('Usage: zenml role');
    expect((await call('project', 'members', '--help')).out).toContain('Usage: zenml workspace members');
  });

  test('does not call itself when there is no Python client', async () => {
    const alone = await runProgram(at('shim', 'zenml'), ['stack', 'list'], {
      PATH: `${at('shim')}${delimiter}/usr/bin${delimiter}/bin`,
    });
    expect(alone.code).toBe(127);
    expect(alone.err).toContain('pip install zenml');
  });

  test('status shows the order, remove takes it away', async () => {
    const zendo = cli(at('config'));
    const { out } = await zendo(['shim', 'status', '--dir', at('shim'), '-o', 'json'], { env: path('shim', 'python') });
    expect(JSON.parse(out).slice(0, 2)).toEqual([
      { path: at('shim', 'zenml'), kind: 'shim', called: 'yes' },
      { path: at('python', 'zenml'), kind: 'foreign', called: 'no' },
    ]);
    expect(await zendo(['shim', 'remove', '--dir', at('shim')])).toMatchObject({ code: 0 });
    expect(await zendo(['shim', 'remove', '--dir', at('shim')])).toMatchObject({ code: 3 });
  });
});
