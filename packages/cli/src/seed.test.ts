import { symlinkSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { discard, launcher, node, onTerminal, runProgram, temporary, type Result } from './testing/cli.ts';
import { startServer, type TestServer } from './testing/server.ts';

// The command lines as people know them, typed into a shell, under both names.
describe.each(['zenml', 'zendo'])('the command lines of the original with the name %s', (name) => {
  let server: TestServer;
  let folder = '';
  const type = (line: string): Promise<Result> =>
    runProgram('sh', ['-c', line], {
      ZENDO_CONFIG_DIR: folder,
      PATH: [folder, dirname(node), process.env.PATH].join(delimiter),
    });

  beforeAll(async () => {
    server = await startServer();
    folder = temporary();
    symlinkSync(launcher, join(folder, name));
  });
  afterAll(async () => {
    await server?.stop();
    discard(folder);
  });

  test('connect --url … --username … --password …', async () => {
    const { code, out, err } = await type(
      `${name} connect --url ${server.url} --username ${server.username} --password '${server.password}'`,
    );
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err).toContain(`Logged in to ${server.url} as ${server.username}.`);
    expect(err).toContain('Warning: --password can be read by others');
    expect(err).not.toContain(server.password);
  });

  test('user create USERNAME prints activation token and link, alone on stdout', async () => {
    const { code, out, err } = await type(`${name} user create ada`);
    expect(code).toBe(0);
    const [token = '', link, ...more] = out.trimEnd().split('\n');
    expect(link).toBe(`${server.url}/signup#token=${token}`);
    expect(more).toEqual([]);
    expect(err).toContain('shown only now');
    expect(err).not.toContain(token);
  });

  test('user create USERNAME with an empty password on a terminal prints them too', async () => {
    const { code, out } = await onTerminal(folder, ['user', 'create', 'emmy'], [['Password for emmy', '\r']]);
    expect(code).toBe(0);
    expect(out).toMatch(/\/signup#token=\S+/);
  });

  test('user create USERNAME with an empty password on the command line prints them too', async () => {
    const { code, out } = await type(`${name} user create hedy --password ''`);
    expect({ code, lines: out.trimEnd().split('\n').length }).toEqual({ code: 0, lines: 2 });
  });

  test('user create USERNAME --role ROLE', async () => {
    expect(await type(`${name} user create grace --role developer`)).toMatchObject({ code: 0 });
    const { out } = await type(`${name} user list -o csv --columns name,roles,status --name grace`);
    expect(out).toBe('name,roles,status\ngrace,developer,pending\n');
  });

  test('permission list', async () => {
    const { code, out } = await type(`${name} permission list`);
    expect(code).toBe(0);
    expect(out.split('\n').map((line) => line.split(' ')[0])).toEqual(['NAME', 'read', 'write', 'me', '']);
  });

  test('role list', async () => {
    const { code, out } = await type(`${name} role list -o name`);
    expect(code).toBe(0);
    expect(out.trim().split('\n').toSorted()).toEqual(['admin', 'developer', 'guest']);
  });

  test('role create ROLE -p read -p write -p me', async () => {
    expect(await type(`${name} role create editor -p read -p write -p me`)).toMatchObject({ code: 0, out: '' });
    const { out } = await type(`${name} role describe editor -o json`);
    expect(JSON.parse(out).body.permissions.toSorted()).toEqual(['me', 'read', 'write']);
  });

  test('role assign ROLE --user USER', async () => {
    expect(await type(`${name} role assign editor --user ada`)).toMatchObject({ code: 0, out: '' });
  });

  test('role assignment list', async () => {
    const { code, out } = await type(`${name} role assignment list`);
    expect(code).toBe(0);
    expect(out).toMatch(/^editor +ada +user +server +\S* *boss$/m);
    const { out: effective } = await type(`${name} role assignment list --user ada --effective -o name --columns role`);
    expect(effective.length).toBeGreaterThan(0);
  });
});
