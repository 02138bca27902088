// Sharing one thing: given, asked for, refused, given away and taken over; by keys too, and judged by axe with the dialog open.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { logIn, newPage, openBrowser, settled, tabTo, type Guarded } from './browser.ts';
import { everyLook } from './look.ts';
import { addPerson, setUp, startServer, type Server } from './server.ts';

let server: Server;
let browser: Browser;
let ada: Guarded;
let bob: Guarded;
let admin = '';
let stack: { id: string; name: string };

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
  admin = await setUp(server);
  await addPerson(server, admin, 'bob', { roles: ['guest'] });
  await server.call('POST', '/teams', { name: 'ml', members: ['bob'] }, admin);
  const part = (type: string, configuration: object) =>
    server.call<{ id: string }>(
      'POST',
      '/components',
      { name: `own-${type}`, type, flavor: 'local', configuration, private: true },
      admin,
    );
  const [orchestrator, store] = [await part('orchestrator', {}), await part('artifact_store', { path: '/tmp/own' })];
  stack = await server.call(
    'POST',
    '/stacks',
    { name: 'prod', private: true, components: { orchestrator: [orchestrator.id], artifact_store: [store.id] } },
    admin,
  );
  [ada, bob] = [await newPage(browser, server), await newPage(browser, server)];
  await logIn(ada.page, 'ada');
  await logIn(bob.page, 'bob');
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const dialog = (of: Guarded) => of.page.getByRole('dialog');

test('what is hidden looks like what is not there, and access to both can be asked for', async () => {
  const { page } = bob;
  for (const id of [stack.id, '00000000-0000-4000-8000-000000000000']) {
    await page.goto(`/stacks/${id}`);
    await page.getByText('Nothing here that you can see').waitFor();
    await page.getByRole('button', { name: 'Request access' }).waitFor();
  }
  await page.goto(`/stacks/${stack.id}`);
  await tabTo(page, { role: 'button', name: 'Request access' });
  await page.keyboard.press('Enter');
  await tabTo(page, { role: 'textbox', name: /Note/ });
  await page.keyboard.type('on call this week');
  await tabTo(page, { role: 'button', name: 'Request access' });
  await page.keyboard.press('Enter');
  await page.getByText('You have asked for access').waitFor();
  expect(await everyLook(page)).toEqual([]);
});

test('the owner sees the request, and declines it', async () => {
  const { page } = ada;
  await page.goto('/');
  await tabTo(page, { role: 'link', name: 'Requests: 1 waits for you' });
  await page.keyboard.press('Enter');
  await page.getByText('on call this week').waitFor();
  await settled(page);
  expect(await everyLook(page)).toEqual([]);
  await tabTo(page, { role: 'button', name: 'Decline' });
  await page.keyboard.press('Enter');
  await page.keyboard.type('ask again tomorrow');
  await tabTo(page, { role: 'button', name: 'Decline' });
  await dialog(ada).getByRole('button', { name: 'Decline' }).click();
  await page.getByText('Nobody asks for anything.').or(page.getByText('Nothing waits for you')).waitFor();
  await bob.page.goto(`/stacks/${stack.id}`);
  await bob.page.getByText('ask again tomorrow').waitFor();
});

test('a stack is shared by keys, its components along', async () => {
  const { page } = ada;
  await page.goto(`/stacks/${stack.id}`);
  await tabTo(page, { role: 'button', name: 'Share' });
  await page.keyboard.press('Enter');
  await dialog(ada).getByText('Nobody by name.').waitFor();
  await tabTo(page, { role: 'combobox', name: 'Add people and teams' });
  await page.keyboard.type('bob');
  await page.getByRole('option', { name: /bob/ }).waitFor();
  await page.keyboard.press('Enter');
  await dialog(ada).getByText('Some of what it needs stays hidden from them').waitFor();
  await dialog(ada).getByText('stack component own-orchestrator').waitFor();
  expect(await everyLook(page)).toEqual([]);
  await tabTo(page, { role: 'combobox', name: 'They' });
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: 'Can view' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const share = dialog(ada).getByRole('button', { name: 'Share', exact: true });
  await share.focus();
  await page.keyboard.press('Enter');
  await dialog(ada).getByText('Direct').waitFor();
  await page.setViewportSize({ width: 390, height: 900 });
  expect(await dialog(ada).evaluate((popup) => popup.scrollWidth - popup.clientWidth)).toBe(0);
  await dialog(ada).getByRole('button', { name: 'Who has access, and why' }).press('Enter');
  await dialog(ada).getByRole('list', { name: 'Everybody who has access' }).getByText('bob').waitFor();
  expect(await everyLook(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await dialog(ada).waitFor({ state: 'detached' });
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Share');
  await bob.page.goto(`/stacks/${stack.id}`);
  await bob.page.getByRole('heading', { level: 1, name: 'prod' }).waitFor();
  await bob.page.getByText('own-orchestrator').waitFor();
});

test('whoever may not share it learns why he sees it', async () => {
  const { page } = bob;
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await dialog(bob).getByText('and may not share it').waitFor();
  expect(await dialog(bob).getByRole('listitem').allTextContents()).toEqual([
    'bob → role developer on this very thing → stack:update',
  ]);
  await page.keyboard.press('Escape');
});

test('a team, everybody, and private again with what that breaks', async () => {
  const component = await server.call<{ id: string }>(
    'POST',
    '/components',
    { name: 'open-store', type: 'artifact_store', flavor: 'local', configuration: { path: '/tmp/open' } },
    admin,
  );
  const eve = await addPerson(server, admin, 'eve', { roles: ['developer'] });
  const runner = await server.call<{ id: string }>(
    'POST',
    '/components',
    { name: 'eves', type: 'orchestrator', flavor: 'local', configuration: {} },
    eve,
  );
  await server.call(
    'POST',
    '/stacks',
    { name: 'eves-stack', components: { orchestrator: [runner.id], artifact_store: [component.id] } },
    eve,
  );
  const { page } = ada;
  await page.goto(`/components/artifact_store/${component.id}`);
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await dialog(ada).getByRole('combobox', { name: 'General access' }).click();
  await page.getByRole('option', { name: /^Private/ }).click();
  await dialog(ada).getByText('Others use this component').waitFor();
  await dialog(ada).getByText('stack eves-stack').waitFor();
  expect(await everyLook(page)).toEqual([]);
  await dialog(ada).getByRole('button', { name: 'Make it private' }).click();
  await dialog(ada).getByText('Others use this component').waitFor({ state: 'detached' });
  await dialog(ada).getByRole('combobox', { name: 'General access' }).click();
  await page.getByRole('option', { name: /Everyone can view/ }).click();
  await dialog(ada).getByText('Everyone on this server', { exact: true }).waitFor();
  await page.keyboard.press('Escape');
});

test('the owner gives it away, and an administrator takes it over; both are told', async () => {
  const { page } = ada;
  await page.goto(`/stacks/${stack.id}`);
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await dialog(ada).getByRole('button', { name: 'Ownership' }).click();
  await page.getByRole('menuitem', { name: 'Give it to somebody else' }).click();
  await dialog(ada).getByRole('combobox', { name: 'New owner' }).fill('bob');
  await page.getByRole('option', { name: /bob/ }).click();
  expect(await everyLook(page)).toEqual([]);
  await dialog(ada).getByRole('button', { name: 'Give it away' }).click();
  await dialog(ada).waitFor({ state: 'detached' });
  await bob.page.goto('/requests');
  await bob.page.getByText('gave you the').waitFor();
  await bob.page.getByRole('button', { name: 'Put away' }).click();
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await dialog(ada).getByRole('button', { name: 'Ownership' }).click();
  await page.getByRole('menuitem', { name: 'Take it over' }).click();
  await dialog(ada).getByRole('textbox', { name: 'Reason' }).fill('needed tonight');
  expect(await everyLook(page)).toEqual([]);
  await dialog(ada).getByRole('button', { name: 'Take it over' }).click();
  await page.getByText('It is yours now').waitFor();
  await bob.page.goto('/requests');
  await bob.page.getByText('needed tonight').waitFor();
});

test('nothing was asked for from elsewhere, and nothing went wrong', () => {
  expect([...ada.faults, ...bob.faults]).toEqual([]);
});
