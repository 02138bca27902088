import { afterAll, beforeAll, expect, test } from 'vitest';
import { cli, discard, temporary } from './testing/cli.ts';
import { administrator, startServer, type TestServer } from './testing/server.ts';

let server: TestServer;
const folder = temporary();
const zendo = cli(folder);
let call: Awaited<ReturnType<typeof administrator>>;

beforeAll(async () => {
  server = await startServer();
  await zendo(['login', server.url, '--username', server.username, '--password-stdin'], { stdin: server.password });
  call = await administrator(server);
});
afterAll(async () => {
  await server?.stop();
  discard(folder);
});

test('a trigger is listed, paused, resumed, archived and removed', async () => {
  await call('POST', '/triggers', {
    project: 'default',
    name: 'nightly',
    type: 'schedule',
    cron_expression: '0 3 * * *',
  });
  expect((await zendo('trigger list')).out).toMatch(/nightly\s+schedule\s+yes\s+0 3 \* \* \*/);
  expect((await zendo('trigger pause nightly')).err).toBe('nightly is paused.\n');
  expect(JSON.parse((await zendo('trigger describe nightly -o json')).out).body).toMatchObject({ active: false });
  expect((await zendo('trigger resume nightly')).code).toBe(0);
  expect(await zendo('trigger delete nightly')).toMatchObject({ code: 2 });
  expect((await zendo('trigger delete nightly -y')).err).toBe('The trigger nightly is archived.\n');
  expect((await zendo('trigger list -o name')).out).toBe('');
  const [archived] = JSON.parse((await zendo('trigger list --filter is_archived=true -o json')).out).items;
  expect((await zendo(`trigger delete ${archived.id} --hard -y`)).code).toBe(0);
  expect(await zendo('trigger describe nightly')).toMatchObject({ code: 3, out: '' });
});

test('a webhook shows its address, and a new secret once', async () => {
  const made = await call('POST', '/webhooks', { project: 'default', name: 'hook', webhook_type: 'github' });
  expect((await zendo('webhook list')).out).toContain(`/api/v1/webhooks/github/${made.id}/events`);
  const { out } = await zendo('webhook rotate hook -y');
  expect(out).toMatch(/^[\w-]{43}\n$/);
  expect((await zendo('webhook describe hook -o json')).out).not.toContain(out.trim());
  expect((await zendo('webhook delete hook -y')).err).toBe('The webhook hook is deleted.\n');
});
