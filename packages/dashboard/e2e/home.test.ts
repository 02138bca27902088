// Home, projects and tags: what one comes in to, in few requests; where one's work lies; the words that things carry.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { logIn, newPage, openBrowser, settled, type Guarded } from './browser.ts';
import { check } from './look.ts';
import { addPerson, PASSWORD, setUp, startServer, type Server } from './server.ts';
import { apiOf, fillProject, type Api } from './things.ts';

let server: Server;
let browser: Browser;
let ada: Guarded;
let narrow: Guarded;
let page: Page;
let api: Api;
let admin = '';

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
  admin = await setUp(server);
  api = apiOf(server, admin);
  await api('POST', '/projects', { name: 'empty' });
  ada = await newPage(browser, server);
  narrow = await newPage(browser, server);
  page = ada.page;
  await logIn(page, 'ada');
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const dialog = () => page.getByRole('dialog');
const press = (name: string) => page.getByRole('button', { name, exact: true }).last().click();

test('an empty server shows what to do first: a list, and three commands with its real address', async () => {
  await page.goto('/');
  await page.getByText('Get your team going').waitFor();
  await page.getByText(`zenml login ${server.url}`).waitFor();
  await check(page, '/');
});

test('runs of all projects come in one request, with what failed before them', async () => {
  await fillProject(api, 'default');
  await addPerson(server, admin, 'linus', { roles: [], projects: [{ project: 'empty', role: 'guest' }] });
  const asked: string[] = [];
  const listen = (request: { url: () => string }) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/api/')) asked.push(pathname);
  };
  page.on('request', listen);
  await page.goto('/');
  await settled(page);
  await page
    .getByRole('list', { name: 'Failed this week' })
    .getByRole('link', { name: /nightly-report/ })
    .waitFor();
  await page.getByRole('list', { name: 'My work' }).getByRole('link').first().waitFor();
  await page.getByRole('table', { name: 'Recent runs' }).getByRole('link', { name: /-02/ }).waitFor();
  await page.waitForLoadState('networkidle');
  page.off('request', listen);
  expect(asked.filter((path) => path.endsWith('/runs'))).toEqual([]);
  expect(asked.length, asked.join(' ')).toBeLessThanOrEqual(6);
});

test('what one may do is told in words', async () => {
  await page.getByText('See: everything that is not private').waitFor();
  await page.getByText('Make and change: everything').waitFor();
  await logIn(narrow.page, 'linus');
  await narrow.page.getByText(/In project empty: see .*models/).waitFor();
  await narrow.page.getByText('Invite people: no').waitFor();
  expect(await narrow.page.getByRole('list', { name: 'Failed this week' }).count()).toBe(0);
});

test('a project shows how much lies in it, and can be the one that opens first', async () => {
  await page.goto('/projects/default');
  await page.getByRole('link', { name: 'Artifacts 5' }).waitFor();
  await page.getByRole('list', { name: 'Latest runs' }).getByRole('link').first().waitFor();
  await page.goto('/projects/empty');
  await press('Open this first');
  await page.getByRole('button', { name: 'Opens first' }).waitFor();
  await page.goto('/projects');
  await page.getByRole('row', { name: /empty opens first/ }).waitFor();
  await page.goto('/projects/empty');
  await press('Opens first');
  await page.getByRole('button', { name: 'Open this first' }).waitFor();
});

test('what goes with a project is said before it goes', async () => {
  await api('POST', '/projects', { name: 'short-lived' });
  await page.goto('/projects/short-lived');
  await press('Delete');
  await dialog().getByText('This cannot be undone. It is empty.').waitFor();
  await dialog().getByLabel(/Type/).fill('short-lived');
  await press('Delete for good');
  await page.getByText('Project short-lived is deleted').waitFor();
});

test('a tag is made, changed, followed to what carries it, and deleted', async () => {
  await page.goto('/tags');
  await press('New tag');
  await dialog().getByLabel('Name').fill('reviewed');
  await dialog().getByText('teal', { exact: true }).click();
  await press('Create tag');
  await page.getByRole('row', { name: /reviewed 0 things/ }).waitFor();
  await press('Actions for reviewed');
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await dialog().getByLabel('Name').fill('checked');
  await press('Save');
  await page.getByRole('row', { name: /checked/ }).waitFor();
  await press('Actions for checked');
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await dialog().getByText('Nothing that you can see carries it.').waitFor();
  await press('Delete');
  await expect.poll(() => page.getByRole('row', { name: /checked/ }).count()).toBe(0);
  await press('Actions for fraud');
  await page.getByRole('menuitem', { name: 'Show models with it' }).click();
  await page.waitForURL('**/models?tag=fraud');
});

describe('axe finds nothing on', () => {
  const cases: [string, string, ((page: Page) => Promise<unknown>)?][] = [
    ['Home in use', '/'],
    ['a project in use', '/projects/default'],
    ['an empty project', '/projects/empty'],
    ['tags', '/tags'],
    ['a new tag', '/tags', (on) => on.getByRole('button', { name: 'New tag' }).click()],
    ['the menu of a tag', '/tags', (on) => on.getByRole('button', { name: 'Actions for fraud' }).click()],
  ];
  test.each(cases)('%s', async (_, path, act) => {
    await check(page, path, act);
  });
});

test('no page asked another host or left an error on the console', () => {
  expect([...ada.faults, ...narrow.faults]).toEqual([]);
});

test('six calls lead from the log-in to the list of runs, and then the page listens for changes', async () => {
  const { page: fresh } = await newPage(browser, server);
  const asked: string[] = [];
  await fresh.goto('/login?next=/projects/default/runs');
  await fresh.getByLabel('User name').fill('ada');
  await fresh.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await fresh.waitForLoadState('networkidle');
  fresh.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/api/')) asked.push(pathname);
  });
  const listening = fresh.waitForRequest(/events\/stream/);
  const rows = fresh.waitForResponse(/\/api\/v1\/runs\?/).then(() => [...asked]);
  await fresh.getByRole('button', { name: 'Log in' }).click();
  expect((await rows).length, (await rows).join()).toBeLessThanOrEqual(6);
  expect(await rows).not.toContain('/api/v1/projects/default/events/stream');
  await listening;
  await fresh.context().close();
});

test('on a narrow screen the tab that one is on is seen', async () => {
  const { page: phone } = await newPage(browser, server, { viewport: { width: 390, height: 800 } });
  await logIn(phone, 'ada');
  await phone.goto('/settings/personal/appearance');
  await settled(phone);
  const tab = await phone.getByRole('main').getByRole('link', { name: 'Appearance' }).boundingBox();
  expect((tab?.x ?? 0) + (tab?.width ?? 999)).toBeLessThanOrEqual(390);
  await phone.context().close();
});

test('what cannot be deleted asks for no confirmation', async () => {
  await page.goto('/projects/default');
  await press('Delete');
  await dialog()
    .getByText(/cannot be removed/)
    .waitFor();
  expect(await dialog().getByRole('textbox').count()).toBe(0);
  expect(await dialog().getByRole('button', { name: 'Delete for good' }).count()).toBe(0);
  await dialog().getByRole('button', { name: 'Close' }).last().click();
});
