import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cli, discard, temporary, type Run } from './testing/cli.ts';

const note = /roles limit nothing/g;

describe('local mode', () => {
  let folder = '';
  let zendo: Run;
  beforeAll(() => {
    folder = temporary();
    zendo = cli(folder);
  });
  afterAll(() => discard(folder));

  test('is there without any set-up, with one implicit user', async () => {
    expect(await zendo('whoami')).toMatchObject({ code: 0, out: 'default\n' });
    expect(existsSync(join(folder, 'local.db'))).toBe(true);
    const { code, out, err } = await zendo('status -o json');
    expect({ code, ...JSON.parse(out) }).toMatchObject({
      code: 0,
      mode: 'local',
      url: null,
      user: 'default',
      database: join(folder, 'local.db'),
    });
    expect(err).toContain('Local mode');
  });

  test('has the same commands, and keeps what they write', async () => {
    expect(await zendo('user create ada --role developer')).toMatchObject({ code: 0 });
    expect(await zendo('team create ml -u ada')).toMatchObject({ code: 0 });
    expect(await zendo('workspace create fraud')).toMatchObject({ code: 0 });
    expect(await zendo('role create editor -p read -p write -p me')).toMatchObject({ code: 0 });
    expect(await zendo('role assign editor --team ml --workspace fraud')).toMatchObject({ code: 0 });
    expect((await zendo('role assignment list --team ml -o tsv --columns role,principal,scope')).out).toBe(
      'role\tprincipal\tscope\neditor\tml\tfraud\n',
    );
    expect((await zendo('user list -o name')).out.split('\n')).toContain('ada');
  });

  test.each([
    'role list',
    'permission list',
    'role assignment list',
    'access what default',
    'role describe admin',
    'user create eve --role guest',
  ])('%s says once, on stderr, that roles limit nothing', async (line) => {
    const { code, out, err } = await zendo(line);
    expect(code).toBe(0);
    expect(err.match(note)).toHaveLength(1);
    expect(out).not.toMatch(note);
  });

  test('commands without roles do not say it', async () => {
    expect((await zendo('user list')).err).toBe('');
  });
});
