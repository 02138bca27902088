// The commands that people type, each as a process of its own.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, newClient } from './testing/client.ts';
import { ADMIN, caller, logIn, PASSWORD, startZendo, type Zendo } from './testing/zendo.ts';

describe('zenml', () => {
  let zendo: Zendo;
  let admin: Client;
  const good = async (client: Client, ...command: string[]): Promise<string> => {
    // `y` for the questions whether one is sure.
    const { code, output } = await client.zenml(command, { input: 'y\n' });
    expect(code, output).toBe(0);
    return output;
  };
  beforeAll(async () => {
    zendo = await startZendo();
    admin = await newClient(zendo, ADMIN);
    // The first command also writes the client's configuration, which two at a time would do together.
    await good(admin, 'status');
  });
  afterAll(() => zendo.close());

  test('user list, project list', async () => {
    const [users, projects] = await Promise.all([good(admin, 'user', 'list'), good(admin, 'project', 'list')]);
    expect(users).toMatch(/●.*admin/);
    expect(users).toContain('1 items found');
    expect(projects).toMatch(/●.*default/);
  });

  test('stack list, stack describe, and the components of the default stack', async () => {
    const [stacks, stack, orchestrator] = await Promise.all([
      good(admin, 'stack', 'list'),
      good(admin, 'stack', 'describe'),
      good(admin, 'orchestrator', 'describe', 'default'),
    ]);
    expect(stacks).toMatch(/●.*default/);
    expect(stack).toMatch(/ORCHESTRATOR\s*│ default/);
    expect(stack).toMatch(/ARTIFACT_STORE\s*│ default/);
    expect(orchestrator).toContain('local');
  });

  test('user create with a password: the person can work at once', async () => {
    await good(admin, 'user', 'create', 'ann', '--password', PASSWORD);
    expect(await good(await newClient(zendo, { username: 'ann', password: PASSWORD }), 'user', 'list')).toMatch(
      /●.*ann/,
    );
    const again = await admin.zenml(['user', 'create', 'ann', '--password', PASSWORD]);
    expect(again.code).not.toBe(0);
    expect(again.output).toContain("the name 'ann'");
  });

  test('user create without a password: the printed link signs the person up, once', async () => {
    const { code, output } = await admin.zenml(['user', 'create', 'bob'], { input: '\n' });
    expect(code, output).toBe(0);
    const link = new URL(/http\S+\/activate-user\?\S+/.exec(output)![0]);
    const page = await fetch(link);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    await expect(logIn(zendo.url, 'bob')).rejects.toThrow('could not log in');
    const activate = () =>
      caller(zendo.url, '')('PUT', `/users/${link.searchParams.get('user')}/activate`, {
        password: PASSWORD,
        activation_token: link.searchParams.get('token'),
      });
    expect((await activate()).body).toMatchObject({ name: 'bob', body: { active: true } });
    expect((await activate()).status).toBe(404);
    const listed = await good(await newClient(zendo, { username: 'bob', password: PASSWORD }), 'project', 'list');
    expect(listed).toMatch(/●.*default/);
  });

  test('user update makes somebody an administrator and takes it back', async () => {
    await good(admin, 'user', 'create', 'cora', '--password', PASSWORD);
    const roles = async (): Promise<string[]> =>
      (await zendo.admin('GET', '/users/cora')).body.resources.roles.map((held: any) => held.role.name);
    expect(await roles()).toEqual(['developer']);
    await good(admin, 'user', 'update', 'cora', '--admin');
    expect(await roles()).toContain('admin');
    await good(admin, 'user', 'update', 'cora', '--user');
    expect(await roles()).toEqual(['developer']);
    await good(admin, 'user', 'delete', 'cora');
    expect((await zendo.admin('GET', '/users/cora')).status).toBe(404);
  });

  test('a wrong password is told as that, and no other', async () => {
    const { code, output } = await (
      await newClient(zendo, { ...ADMIN, password: 'wrong horse battery' })
    ).zenml(['user', 'list']);
    expect(code).not.toBe(0);
    expect(output.toLowerCase()).toMatch(
      /(wrong|invalid|incorrect).*(password|username|credential)|(password|username|credential).*(wrong|invalid|incorrect)/,
    );
    const unknown = await (await newClient(zendo, { username: 'nobody', password: PASSWORD })).zenml(['user', 'list']);
    expect(unknown.code).not.toBe(0);
  });

  test('a guest sees, and is told which permission the rest needs', async () => {
    await zendo.admin('POST', '/users', { name: 'gail', password: PASSWORD, roles: ['guest'] });
    const gail = await newClient(zendo, { username: 'gail', password: PASSWORD });
    expect(await good(gail, 'stack', 'list')).toMatch(/●.*default/);
    const [stack, user] = await Promise.all([
      gail.zenml(['stack', 'register', 'gails', '-o', 'default', '-a', 'default']),
      gail.zenml(['user', 'create', 'x', '--password', PASSWORD]),
    ]);
    expect([stack.code === 0, user.code === 0]).toEqual([false, false]);
    expect(stack.output).toContain('stack:create');
    expect(user.output).toContain('user:create');
  });

  test('stack register, update, delete', async () => {
    await good(admin, 'artifact-store', 'register', 'files', '--flavor=local', '--path=/tmp/zendo-files');
    await good(admin, 'stack', 'register', 'own', '-o', 'default', '-a', 'files');
    await good(admin, 'stack', 'rename', 'own', 'mine');
    expect(await good(admin, 'stack', 'describe', 'mine')).toMatch(/ARTIFACT_STORE\s*│ files/);
    const refused = await admin.zenml(['artifact-store', 'delete', 'files']);
    expect(refused.output).toContain('part of a stack');
    await good(admin, 'stack', 'delete', 'mine', '--yes');
  });

  test('project register and set', async () => {
    await good(admin, 'project', 'register', 'fraud', '--set');
    expect(await good(admin, 'project', 'list')).toMatch(/●.*fraud/);
    await good(admin, 'project', 'set', 'default');
    expect(await good(admin, 'project', 'list')).toMatch(/●.*default/);
    const none = await admin.zenml(['project', 'set', 'nowhere']);
    expect(none.output).toContain('nowhere');
  });
});
