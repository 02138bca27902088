// The same without a mouse: every step by keys alone, and what has the focus is seen to have it.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newPage, openBrowser, tabTo, type Guarded } from './browser.ts';
import { PASSWORD, setUp, startServer, type Server } from './server.ts';

let server: Server;
let browser: Browser;
let ada: Guarded;
let page: Page;
let invitation = '';

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
  await setUp(server);
  ada = await newPage(browser, server);
  page = ada.page;
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

test('log in', async () => {
  await page.goto('/login');
  await tabTo(page, { role: 'textbox', name: 'User name' });
  await page.keyboard.type('ada');
  await tabTo(page, { role: 'textbox', name: 'Password' });
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Hello, Ada' }).waitFor();
});

test('Esc closes a dialog and gives the focus back', async () => {
  await tabTo(page, { role: 'button', name: 'Invite' });
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await expect
    .poll(() =>
      page.getByRole('button', { name: 'Invite', exact: true }).evaluate((button) => button === document.activeElement),
    )
    .toBe(true);
});

test('Esc closes a menu and gives the focus back', async () => {
  await tabTo(page, { role: 'button', name: 'Account' });
  await page.keyboard.press('ArrowDown');
  await page.getByRole('menuitem', { name: 'Personal settings' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('Workspace settings');
  await page.keyboard.press('Escape');
  await expect
    .poll(() =>
      page
        .getByRole('button', { name: 'Account', exact: true })
        .evaluate((button) => button === document.activeElement),
    )
    .toBe(true);
});

test('invite from the palette, with another role', async () => {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /Search/ }).waitFor();
  await page.keyboard.type('invite some');
  await page.getByRole('option', { name: 'Invite somebody' }).waitFor();
  await page.keyboard.press('Enter');
  await tabTo(page, { role: 'textbox', name: 'User name' });
  await page.keyboard.type('grace');
  await tabTo(page, { role: 'combobox', name: 'Roles' });
  await page.keyboard.press('Backspace');
  await page.keyboard.type('guest');
  await page.getByRole('option', { name: /guest/ }).waitFor();
  await page.keyboard.press('Enter');
  await tabTo(page, { role: 'button', name: 'Create and copy link' });
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'grace is invited' }).waitFor();
  invitation = await page.getByRole('textbox', { name: 'Send this link' }).inputValue();
  await tabTo(page, { role: 'button', name: 'Done' });
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});

test('sign up', async () => {
  const grace = await newPage(browser, server);
  await grace.page.goto(invitation);
  await tabTo(grace.page, { role: 'textbox', name: 'Password' });
  await grace.page.keyboard.type(PASSWORD);
  await grace.page.keyboard.press('Enter');
  await grace.page.getByRole('heading', { name: 'Hello, grace' }).waitFor();
  expect(grace.faults).toEqual([]);
  await grace.page.context().close();
});

test('assign a role', async () => {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /Search/ }).waitFor();
  await page.keyboard.type('grace');
  await page.getByRole('option', { name: 'grace' }).waitFor();
  await page.keyboard.press('Enter');
  await tabTo(page, { role: 'button', name: 'Give a role' });
  await page.keyboard.press('Enter');
  await tabTo(page, { role: 'combobox', name: 'Role' });
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: /^developer/ }).waitFor();
  await page.keyboard.type('dev');
  await page.keyboard.press('Enter');
  await page.getByText(/grace gains/i).waitFor();
  await tabTo(page, { role: 'button', name: 'Give role' });
  await page.keyboard.press('Enter');
  await page.getByText('Role given').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(ada.faults).toEqual([]);
});

test('the skip link leads past the navigation', async () => {
  await page.goto('/people');
  await page.getByRole('heading', { name: 'People' }).waitFor();
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content');
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
});
