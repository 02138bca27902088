// For somebody who may little: no page asks for what will be refused, and no page breaks.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { logIn, newPage, openBrowser, settled } from './browser.ts';
import { addPerson, setUp, startServer, type Server } from './server.ts';

let server: Server;
let browser: Browser;

const pages = [
  '/',
  '/people',
  '/people?person=ada',
  '/people?person=ada&tab=sessions',
  '/people/invitations',
  '/people/teams',
  '/people/teams/vision',
  '/projects/default',
  '/runs',
  '/settings/workspace/general',
  '/settings/workspace/roles/admin',
  '/settings/workspace/access',
  '/settings/workspace/audit',
  '/settings/personal/profile',
  '/settings/personal/sessions',
];

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
  const admin = await setUp(server);
  await server.call('POST', '/teams', { name: 'vision' }, admin);
  await addPerson(server, admin, 'guest', { roles: ['guest'] });
  await addPerson(server, admin, 'nobody', { roles: [] });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

test.each(['guest', 'nobody'])('%s', async (name) => {
  const { page, faults } = await newPage(browser, server);
  const refused: string[] = [];
  page.on('response', (answer) => {
    if (answer.status() === 403 || answer.status() >= 500) refused.push(`${answer.status()} ${answer.url()}`);
  });
  await logIn(page, name);
  for (const path of pages) {
    await page.goto(path);
    await settled(page);
    for (const button of await page.getByRole('button', { name: /^(Invite|New|Give|Save|Remove|Delete|Add)/ }).all()) {
      const off = (await button.getAttribute('aria-disabled')) === 'true' || (await button.isDisabled());
      const own = path.startsWith('/settings/personal');
      expect(off || own, `${path}: ${await button.textContent()}`).toBe(true);
    }
  }
  expect(refused).toEqual([]);
  expect(faults).toEqual([]);
});
