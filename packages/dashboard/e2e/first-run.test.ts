// From the set-up link to a guest who is refused: the main job, as people do it.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { logIn, newPage, openBrowser, type Guarded } from './browser.ts';
import { PASSWORD, startServer, type Server } from './server.ts';

let server: Server;
let browser: Browser;
let ada: Guarded;
let grace: Guarded;
let invitation = '';

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
  ada = await newPage(browser, server);
  grace = await newPage(browser, server);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

test('a set-up link that is not valid says so before any field', async () => {
  const { page, faults } = await newPage(browser, server);
  await page.goto('/setup#token=zset_wrong');
  await page.getByRole('heading', { name: 'This set-up link is not valid' }).waitFor();
  expect(await page.getByRole('textbox').count()).toBe(0);
  expect(faults).toEqual([]);
  await page.context().close();
});

test('whoever comes without a session to a new server is sent to set-up', async () => {
  await ada.page.goto('/people');
  await ada.page.waitForURL('**/setup');
});

test('the first administrator sets the server up and sees how to connect', async () => {
  const { page } = ada;
  await page.goto(server.setupUrl);
  await page.getByLabel('Name of the workspace').fill('Garden');
  expect(new URL(page.url()).hash).toBe('');
  await page.getByLabel('Your user name').fill('ada');
  await page.getByLabel('Full name').fill('Ada Lovelace');
  await page.getByLabel('Password', { exact: true }).fill('short');
  await page.getByRole('radio', { name: /developer/ }).check();
  await page.getByRole('button', { name: 'Create administrator and workspace' }).click();
  await page.getByText(/Use at least/).waitFor();
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Create administrator and workspace' }).click();
  await page.getByRole('heading', { name: 'The server is ready' }).waitFor();
  await page.getByText(`zenml login ${server.url}`).waitFor();
  await page.getByRole('link', { name: 'Go to Home' }).click();
  await page.getByRole('heading', { name: 'Hello, Ada' }).waitFor();
  await page.getByText('Garden').first().waitFor();
});

test('the set-up link works once', async () => {
  const { page } = await newPage(browser, server);
  await page.goto(server.setupUrl);
  await page.getByRole('heading', { name: 'This server is set up' }).waitFor();
  await page.context().close();
});

test('from Home to a copied invitation link it takes three actions', async () => {
  const { page } = ada;
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  await page.getByText('developer is the default role of this workspace.').waitFor();
  await page.getByLabel('User name').fill('grace');
  await page.getByRole('button', { name: 'Create and copy link' }).click();
  await page.getByRole('heading', { name: 'grace is invited' }).waitFor();
  invitation = await page.getByRole('textbox', { name: 'Send this link' }).inputValue();
  expect(invitation).toMatch(new RegExp(`^${server.url}/signup#token=.{20,}`));
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(invitation);
  await page.getByRole('button', { name: 'Done' }).click();
});

test('a renewed link kills the old one, which then says so before any field', async () => {
  const { page } = ada;
  await page.goto('/people/invitations');
  await page.getByRole('button', { name: 'Renew the link of grace' }).click();
  await page.getByRole('button', { name: 'Create and copy link' }).click();
  const renewed = await page.getByRole('textbox', { name: 'Send this link' }).inputValue();
  expect(renewed).not.toBe(invitation);
  await grace.page.goto(invitation);
  await grace.page.getByRole('heading', { name: 'This link is not valid any more' }).waitFor();
  expect(await grace.page.getByRole('textbox').count()).toBe(0);
  invitation = renewed;
});

test('somebody invited sees by whom and as what, signs up on one screen and is in', async () => {
  const { page } = grace;
  await page.goto(invitation);
  await page.getByText('Ada Lovelace invited you').waitFor();
  expect(new URL(page.url()).hash).toBe('');
  await page.getByText('developer', { exact: true }).waitFor();
  await page.getByText('grace', { exact: true }).waitFor();
  expect(await page.locator('input:visible').count()).toBeLessThanOrEqual(3);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByLabel('Full name').fill('Grace Hopper');
  await page.getByRole('button', { name: 'Create my account' }).click();
  await page.getByRole('heading', { name: 'Hello, Grace' }).waitFor();
});

test('the link forms that genuine clients print work, and hide their token at once', async () => {
  await ada.page.goto('/people/invitations');
  for (const form of ['signup', 'activate-user']) {
    const name = `client-${form}`;
    const made = await ada.page.evaluate(async (user) => {
      const headers = { 'content-type': 'application/json', 'x-zendo-request': '1' };
      const answer = await fetch('/api/v1/invitations', {
        method: 'POST',
        headers,
        body: JSON.stringify({ name: user }),
      });
      return (await answer.json()) as { body: { token: string; user_id: string } };
    }, name);
    const { page, faults } = await newPage(browser, server);
    await page.goto(`/${form}?user=${made.body.user_id}&username=${name}&token=${made.body.token}`);
    await page.getByText(name, { exact: true }).waitFor();
    expect(page.url()).toBe(`${server.url}/${form}`);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Create my account' }).click();
    await page.getByRole('heading', { name: /Hello/ }).waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  }
});

test('a changed role holds for the next request of a session that is open already', async () => {
  const [{ page: admin }, { page: person }] = [ada, grace];
  await person.goto('/settings/workspace/roles');
  const invite = person.getByRole('button', { name: 'Invite', exact: true });
  await expect.poll(() => invite.getAttribute('aria-disabled')).toBe('true');

  await admin.goto('/people');
  await admin.getByRole('button', { name: 'Grace Hopper' }).click();
  await admin.getByRole('button', { name: 'Give a role' }).click();
  await admin.getByRole('dialog').getByRole('combobox', { name: 'Role' }).click();
  await admin.getByRole('option', { name: /^admin/ }).click();
  await admin.getByText(/grace gains/i).waitFor();
  await admin.getByRole('button', { name: 'Give role' }).click();
  await admin.getByText('Role given').waitFor();

  await person.reload();
  await expect.poll(() => invite.getAttribute('aria-disabled')).toBe(null);
});

test('a refusal names the missing permission and who can grant it', async () => {
  const [{ page: admin }, { page: person }] = [ada, grace];
  await person.getByRole('button', { name: 'Invite', exact: true }).click();
  await person.getByLabel('User name').fill('mallory');

  await admin.getByRole('button', { name: 'Take away admin everywhere' }).click();
  await admin.getByText(/grace loses/i).waitFor();
  await admin.getByRole('button', { name: 'Take away', exact: true }).click();
  await admin.getByText('Role taken away').waitFor();

  await person.getByRole('button', { name: 'Create and copy link' }).click();
  const alert = person.getByRole('alert');
  await alert.getByText('user:create').first().waitFor();
  expect(await alert.textContent()).toMatch(/You may not do this.*ada/s);
});

test('whoever may not do something finds the control switched off, with the reason', async () => {
  const { page } = grace;
  await page.keyboard.press('Escape');
  await page.reload();
  const invite = page.getByRole('button', { name: 'Invite', exact: true });
  await expect.poll(() => invite.getAttribute('aria-disabled')).toBe('true');
  expect(await invite.getAttribute('aria-description')).toMatch(/user:create/);
  await page.goto('/settings/workspace/audit');
  await page.getByText('settings:manage').first().waitFor();
});

test('a session that ends leads to log-in and back to where one was', async () => {
  const { page } = grace;
  await page.goto('/people/teams');
  await page.getByText('No team yet').waitFor();
  await page.context().clearCookies();
  await page.goto('/people/teams?q=vision');
  await page.waitForURL('**/login?next=**');
  await page.getByLabel('User name').fill('grace');
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByText('User name or password is wrong').waitFor();
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL('**/people/teams?q=vision');
});

test('a log-in never leads away from this server', async () => {
  const { page, faults } = await newPage(browser, server);
  await page.goto('/login?next=//elsewhere.example/');
  await page.getByLabel('User name').fill('grace');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('heading', { name: /Hello/ }).waitFor();
  expect(new URL(page.url()).origin).toBe(server.url);
  expect(faults).toEqual([]);
  await page.context().close();
});

test('a reset link lets somebody choose a new password', async () => {
  const { page: admin } = ada;
  await admin.goto('/people');
  await admin.getByRole('button', { name: 'Actions for grace' }).click();
  await admin.getByRole('menuitem', { name: 'Reset link' }).click();
  await admin.getByRole('button', { name: 'Create and copy link' }).click();
  const link = await admin.getByRole('textbox', { name: 'Send this link' }).inputValue();
  await admin.getByRole('button', { name: 'Done' }).click();
  await grace.page.goto(link);
  await grace.page.getByRole('heading', { name: 'Choose a new password' }).waitFor();
  await grace.page.getByLabel('Password', { exact: true }).fill(`${PASSWORD} again`);
  await grace.page.getByRole('button', { name: 'Save and log in' }).click();
  await grace.page.getByRole('heading', { name: 'Hello, Grace' }).waitFor();
});

test('somebody deactivated is out at once', async () => {
  const { page: admin } = ada;
  await admin.getByRole('button', { name: 'Actions for grace' }).click();
  await admin.getByRole('menuitem', { name: 'Deactivate' }).click();
  await admin.getByRole('button', { name: 'Deactivate', exact: true }).click();
  await admin.getByText('grace is deactivated').waitFor();
  await grace.page.goto('/people');
  await grace.page.waitForURL('**/login?next=**');
});

test('addresses that clients print lead to the page that is meant', async () => {
  const { page } = ada;
  for (const [from, to] of [
    ['/settings/organization', '/settings/workspace/general'],
    ['/settings/personal-details', '/settings/personal/profile'],
    ['/settings/members', '/people'],
    ['/workspaces/default', '/projects/default'],
    ['/pipelines', '/projects/default/pipelines'],
    ['/workspaces/default/pipelines', '/projects/default/pipelines'],
  ] as const) {
    await page.goto(from);
    await page.waitForURL((url) => url.pathname === to);
  }
});

test('nothing on the way asked another host or left an error on the console', () => {
  expect([...ada.faults, ...grace.faults]).toEqual([]);
});

test('logging out ends the session', async () => {
  const { page } = ada;
  await page.goto('/');
  await page.getByRole('button', { name: 'Account' }).click();
  await page.getByRole('menuitem', { name: 'Log out' }).click();
  await page.waitForURL('**/login');
  await page.goto('/people');
  await page.waitForURL('**/login?next=**');
  await logIn(page, 'ada');
});
