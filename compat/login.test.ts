// The ways in besides a password: API keys of service accounts, and the device log-in through the browser.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, newClient } from './testing/client.ts';
import { ADMIN, caller, logIn, PASSWORD, startZendo, type Zendo } from './testing/zendo.ts';

const KEY = /ZENKEY_[\w+/=-]+/g;

describe('logging in', () => {
  let zendo: Zendo;
  let admin: Client;
  beforeAll(async () => {
    zendo = await startZendo();
    admin = await newClient(zendo, ADMIN);
  });
  afterAll(() => zendo.close());

  test('with the API key of a service account; rotated and deactivated keys end at once', async () => {
    const made = await admin.zenml(['service-account', 'create', 'robot']);
    expect(made.code, made.output).toBe(0);
    const key = made.output.match(KEY)![0];
    const robot = await newClient(zendo, { api_key: key });
    const described = await robot.zenml(['project', 'list']);
    expect(described.output).toMatch(/●.*default/);

    const turned = await admin.zenml(['service-account', 'api-key', 'robot', 'rotate', 'default']);
    expect(turned.code, turned.output).toBe(0);
    const next = turned.output.match(KEY)![0];
    expect(next).not.toBe(key);
    const [before, after] = await Promise.all([
      robot.zenml(['stack', 'list']),
      newClient(zendo, { api_key: next }).then((client) => client.zenml(['stack', 'list'])),
    ]);
    expect(before.code).not.toBe(0);
    expect(after.code, after.output).toBe(0);

    await admin.zenml(['service-account', 'api-key', 'robot', 'update', 'default', '--active', 'false']);
    const off = await caller(zendo.url, next)('GET', '/stacks');
    expect(off.status).toBe(401);
    const listed = await admin.zenml(['service-account', 'api-key', 'robot', 'list']);
    expect(listed.output).toContain('default');
    expect(listed.output).not.toContain(next);
  });

  test('zenml login with an API key', async () => {
    await zendo.admin('POST', '/service_accounts', { name: 'typist' });
    const { body } = await zendo.admin('POST', '/service_accounts/typist/api_keys', { name: 'one' });
    const client = await newClient(zendo, null);
    const login = await client.zenml(['login', zendo.url, '--api-key'], { input: `${body.body.key}\n` });
    expect(login.code, login.output).toBe(0);
    const listed = await client.zenml(['stack', 'list']);
    expect(listed.output).toMatch(/●.*default/);
  });

  test('zenml login in the browser: a person confirms the code, and ends it again', async () => {
    await zendo.admin('POST', '/users', { name: 'dora', password: PASSWORD, roles: ['developer'] });
    const dora = caller(zendo.url, await logIn(zendo.url, 'dora'));
    const client = await newClient(zendo, null);
    let confirmed: Promise<unknown> | null = null;
    const login = await client.zenml(['login', zendo.url], {
      onOutput: (soFar) => {
        const link = /http\S+\/devices\/verify\?device_id=([\w-]+)&user_code=(\w+)/.exec(soFar);
        if (link === null) return;
        const [, device, user_code] = link;
        confirmed ??= dora('PUT', `/devices/${device}/verify`, { user_code, trusted_device: true });
      },
    });
    expect(login.code, login.output).toBe(0);
    expect(login.output).toContain('Successfully logged in');
    expect(await confirmed).toMatchObject({ status: 200 });
    expect((await client.zenml(['user', 'list'])).output).toMatch(/●.*dora/);

    const [device] = (await dora('GET', '/devices')).body.items;
    expect(device.body).toMatchObject({ status: 'active', trusted_device: true });
    expect((await dora('DELETE', `/devices/${device.id}`)).status).toBe(200);
    const ended = await client.zenml(['stack', 'list']);
    expect(ended.code).not.toBe(0);
    expect(ended.output).toMatch(/zenml login|log in again/i);
  });
});
