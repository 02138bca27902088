import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cli, discard, temporary, type Run } from './testing/cli.ts';
import { startServer, type TestServer } from './testing/server.ts';

describe('roles are enforced through the command line', () => {
  let server: TestServer;
  const folders = [temporary(), temporary()] as const;
  const [boss, ada]: readonly Run[] = [cli(folders[0]), cli(folders[1])];
  const password = 'a long enough passphrase';

  beforeAll(async () => {
    server = await startServer();
    await boss!(['login', server.url, '--username', server.username, '--password-stdin'], { stdin: server.password });
  });
  afterAll(async () => {
    await server?.stop();
    folders.forEach(discard);
  });

  test('an invited person signs up with the link, and is logged in', async () => {
    const { out: link } = await boss!('invite create ada --role guest --expires 2d');
    const { code, err } = await ada!(['invite', 'open', link.trim(), '--password-stdin', '--full-name', 'Ada L'], {
      stdin: `${password}\n`,
    });
    expect(code).toBe(0);
    expect(err).toContain('invites you to');
    expect(err).toContain('Role: guest');
    expect((await ada!('whoami')).out).toBe('ada\n');
    expect(await ada!(['invite', 'open', link.trim(), '--password-stdin'], { stdin: password })).toMatchObject({
      code: 3,
    });
  });

  test('a guest reads and cannot write: exit code 5, and the missing permission is named', async () => {
    expect(await ada!('user list -o name')).toMatchObject({ code: 0, out: expect.stringContaining('boss') });
    for (const [line, permission] of [
      ['user create eve', 'user:create'],
      ['team create ml', 'team:create'],
      ['role create x -p read', 'role:create'],
      ['workspace create fraud', 'project:create'],
      ['role assign admin --user ada', 'role_assignment:create'],
    ] as const) {
      const { code, out, err } = await ada!(line);
      expect({ line, code, out }).toEqual({ line, code: 5, out: '' });
      expect(err).toContain(permission);
    }
    expect((await ada!('user delete boss -y')).code).toBe(5);
  });

  test('explain gives the reasons, check the exit code', async () => {
    expect(await boss!('access check ada create user')).toMatchObject({ code: 1, out: 'denied\n' });
    expect(await boss!('access check boss create user')).toMatchObject({ code: 0, out: 'allowed\n' });
    const why = await boss!('access explain ada read user/boss');
    expect(why).toMatchObject({ code: 0, out: expect.stringMatching(/^allowed: ada .*\n.*guest/) });
    expect(await boss!('access explain ada user:create')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^denied: ada user:create/),
    });
    expect((await boss!('access who update user/boss -o name')).out).toBe('boss\n');
    expect((await boss!('access who user:create -o name')).out).toBe('boss\n');
    expect(JSON.parse((await boss!('access what ada -o json')).out)).toMatchObject({ principal: { name: 'ada' } });
  });

  test('a role through a team counts at once, with the same token, and stops at once', async () => {
    await boss!('team create keepers');
    await boss!('role assign admin --team keepers');
    const dry = await boss!('team update keepers -a ada --dry-run');
    expect(dry).toMatchObject({
      code: 0,
      err: expect.stringContaining('Nothing was changed.'),
      out: expect.stringContaining('ada'),
    });
    expect((await ada!('team create ml')).code).toBe(5);
    expect((await boss!('team update keepers -a ada')).code).toBe(0);
    expect((await ada!('team create ml')).code).toBe(0);
    expect((await boss!('access explain ada team:create')).out).toContain('keepers');
    expect((await boss!('role assignment list --user ada --effective -o tsv --columns role,via')).out).toContain(
      'admin\tteam keepers',
    );
    expect((await boss!('role revoke admin --team keepers')).code).toBe(0);
    expect((await ada!('team create dl')).code).toBe(5);
  });

  test('a role in a workspace counts there and only there', async () => {
    for (const name of ['fraud', 'vision']) expect((await boss!(`workspace create ${name}`)).code).toBe(0);
    expect((await boss!('role assign admin --user ada --workspace fraud --expires 1h')).code).toBe(0);
    expect((await boss!('access check ada create role_assignment --workspace fraud')).out).toBe('allowed\n');
    expect((await boss!('access check ada create role_assignment --workspace vision')).out).toBe('denied\n');
    expect((await ada!('role assign guest --user boss --workspace fraud')).code).toBe(0);
    expect((await ada!('role assign guest --user boss --workspace vision')).code).toBe(5);
    expect((await boss!('workspace members fraud -o csv --columns name,role')).out).toContain('ada,admin\n');
    expect((await boss!('role revoke admin --user ada')).code).toBe(3);
    expect((await boss!('role revoke admin --user ada --workspace fraud')).code).toBe(0);
    expect((await ada!('role assign guest --user ada --workspace fraud')).code).toBe(5);
  });

  test('the last administrator is safe', async () => {
    expect((await boss!('user deactivate boss -y')).code).not.toBe(0);
    expect((await boss!('role revoke admin --user boss')).code).not.toBe(0);
    expect((await boss!('whoami')).out).toBe('boss\n');
  });

  test('a deactivated person is out with the next request, a reset link lets choose a new password', async () => {
    expect((await boss!('user deactivate ada -y')).code).toBe(0);
    expect((await ada!('whoami')).code).toBe(4);
    expect((await boss!('user activate ada')).code).toBe(0);
    const { out: link } = await boss!('user reset ada');
    expect(
      await ada!(['invite', 'open', link.trim(), '--password-stdin'], { stdin: `${password} again` }),
    ).toMatchObject({ code: 0 });
    expect((await ada!('whoami')).out).toBe('ada\n');
  });

  test('a device log-in waits until somebody who is logged in confirms the code', async () => {
    const { token } = JSON.parse(readFileSync(join(folders[0], 'config.json'), 'utf8')) as { token: string };
    let confirmed: Promise<Response> | undefined;
    const watch = (err: string) => {
      const page = /^ +(http\S+)\n/m.exec(err)?.[1];
      if (!page || confirmed) return;
      const asked = new URL(page).searchParams;
      const body = JSON.stringify({ user_code: asked.get('user_code'), trusted_device: false });
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      confirmed = fetch(`${server.url}/api/v1/devices/${asked.get('device_id')}/verify`, {
        method: 'PUT',
        headers,
        body,
      });
    };
    const { code, err } = await ada!(['login', server.url, '--device'], { watch });
    expect((await confirmed)?.status).toBe(200);
    expect(code).toBe(0);
    expect(err).toContain('Logged in to');
    expect((await ada!('whoami')).out).toBe('boss\n');
  });
});
