// axe finds nothing on any page, in both themes, narrow and wide, with dialogs, drawers, menus and lists open.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { logIn, newPage, openBrowser, violations, type Guarded } from './browser.ts';
import { check, everyLook } from './look.ts';
import { seedRuns } from './runs.ts';
import { addPerson, setUp, startServer, type Server } from './server.ts';

let server: Server;
let browser: Browser;
let ada: Guarded;
let guest: Guarded;
let nobody: Guarded;
let token = '';
let runs: Awaited<ReturnType<typeof seedRuns>>;
let atSetup: string[] = ['not looked at'];

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
  nobody = await newPage(browser, server);
  await nobody.page.goto(server.setupUrl);
  await nobody.page.getByLabel('Name of the workspace').waitFor();
  atSetup = await everyLook(nobody.page);

  const admin = await setUp(server);
  // First, so that what people did stands at the top of the audit log.
  runs = await seedRuns(server, admin, []);
  const call = <T>(method: string, path: string, body?: unknown): Promise<T> =>
    server.call<T>(method, path, body, admin);
  await call('POST', '/projects', {
    name: 'fraud-detection',
    display_name: 'Fraud detection',
    description: 'Card fraud',
  });
  await call('POST', '/roles', {
    name: 'keeper',
    description: 'Keeps teams',
    permissions: ['read', 'me', 'team:update'],
  });
  await call('POST', '/teams', { name: 'vision', description: 'Images and video' });
  await addPerson(server, admin, 'grace', { full_name: 'Grace Hopper', teams: ['vision'] });
  await addPerson(server, admin, 'linus', {
    roles: ['guest'],
    projects: [{ project: 'fraud-detection', role: 'developer' }],
  });
  await call('POST', '/role_assignments', { role: 'keeper', team: 'vision', project: 'fraud-detection' });
  await call('POST', '/service_accounts', { name: 'ci', description: 'Nightly', active: true, roles: ['developer'] });
  await call('POST', '/service_accounts/ci/api_keys', { name: 'github', description: '' });
  await call('POST', '/tokens', { name: 'notebook', permissions: ['read'] });
  const open = await call<{ body: { token: string } }>('POST', '/invitations', {
    name: 'newcomer',
    note: 'Begins on Monday',
  });
  token = open.body.token;
  ada = await newPage(browser, server);
  guest = await newPage(browser, server);
  await logIn(ada.page, 'ada');
  await logIn(guest.page, 'linus');
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe('outside', () => {
  test('set-up, before there is anybody', () => {
    expect(atSetup).toEqual([]);
  });
  test.each(['/login', '/setup', '/signup', '/no/such/page'])('%s', async (path) => {
    await check(nobody.page, path, (page) => page.getByRole('heading', { level: 1 }).waitFor());
  });
  test('sign-up with a good link', async () => {
    await check(nobody.page, `/signup?token=${token}`, (page) =>
      page.getByRole('button', { name: 'Create my account' }).waitFor(),
    );
  });
  test('sign-up with a dead link', async () => {
    await check(nobody.page, '/signup?token=dead', (page) => page.getByText('not valid any more').waitFor());
  });
  test('log-in that failed', async () => {
    await check(nobody.page, '/login', async (page) => {
      await page.getByLabel('User name').fill('ada');
      await page.getByLabel('Password', { exact: true }).fill('wrong');
      await page.getByRole('button', { name: 'Log in' }).click();
      await page.getByText('User name or password is wrong').waitFor();
    });
  });
});

describe('inside', () => {
  test.each([
    '/',
    '/people',
    '/people?q=nobody-is-called-this',
    '/people/invitations',
    '/people/teams',
    '/people/teams/vision',
    '/people/service-accounts',
    '/people/service-accounts/ci',
    '/projects',
    '/projects/fraud-detection',
    '/projects/fraud-detection/pipelines',
    '/projects/fraud-detection/runs',
    '/projects/default/pipelines',
    '/projects/default/runs',
    '/projects/default/runs?status=failed&pipeline=training&since=7d',
    '/projects/default/runs?q=nothing-is-called-this',
    '/projects/default/runs/00000000-0000-4000-8000-000000000000/graph',
    '/stacks',
    '/settings/workspace/general',
    '/settings/workspace/roles',
    '/settings/workspace/roles/keeper',
    '/settings/workspace/roles/developer',
    '/settings/workspace/new-role',
    '/settings/workspace/access?principal=grace&type=team&action=update',
    '/settings/workspace/access?ask=who&type=team&action=update',
    '/settings/workspace/audit',
    '/settings/personal/profile',
    '/settings/personal/password',
    '/settings/personal/sessions',
    '/settings/personal/tokens',
    '/settings/personal/appearance',
    '/devices/verify?device_id=01a20868-53a8-715d-81dd-9eb3935eac3d&user_code=123',
  ])('%s', async (path) => {
    await check(ada.page, path);
  });
});

describe('runs and pipelines', () => {
  test.each([
    'graph',
    'graph?view=list',
    'graph?artifacts=yes',
    'timeline',
    'logs',
    'artifacts',
    'metrics',
    'configuration',
    'code',
    'access',
  ])('of a failed run: %s', async (tab) => {
    await check(ada.page, `/projects/default/runs/${runs.failed.id}/${tab}`, (page) =>
      page.getByRole('heading', { level: 1, name: /training/ }).waitFor(),
    );
  });
  test.each(['metrics', 'configuration', 'artifacts', 'logs', 'code'])('of a whole run: %s', async (tab) => {
    await check(ada.page, `/projects/default/runs/${runs.plain.id}/${tab}`);
  });
  test.each(['', '?tab=versions', '?tab=schedules'])('pipeline%s', async (tab) => {
    await check(ada.page, `/projects/default/pipelines/${runs.plain.body.pipeline_id}${tab}`);
  });
  test('comparison', async () => {
    await check(
      ada.page,
      `/projects/default/runs/compare?ids=${runs.plain.id},${runs.faster.id},${runs.failed.id}`,
      (page) => page.getByRole('row', { name: /^train › rate/ }).waitFor(),
    );
    await check(ada.page, '/projects/default/runs/compare');
  });
  test('keyboard shortcuts', async () => {
    await check(ada.page, '/projects/default/runs', async (page) => {
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    });
  });
  test('a filter that looks things up', async () => {
    await check(ada.page, '/projects/default/runs', async (page) => {
      await page.getByRole('combobox', { name: 'Pipeline' }).click();
      await page.getByRole('option', { name: 'training' }).waitFor();
    });
  });
  test('what an artifact holds', async () => {
    await check(ada.page, `/projects/default/runs/${runs.plain.id}/artifacts?step=train`, (page) =>
      page.getByRole('button', { name: 'Preview model' }).click(),
    );
  });
  test('chosen rows', async () => {
    await check(ada.page, '/projects/default/runs', (page) => page.getByLabel('Choose all on this page').check());
  });
  test('a run that goes on, and what can be done with it', async () => {
    await check(ada.page, `/projects/default/runs/${runs.running.id}/graph?step=train`, (page) =>
      page.getByRole('button', { name: 'Stop' }).click(),
    );
    await check(ada.page, `/projects/default/runs/${runs.running.id}/timeline`, (page) =>
      page.getByRole('button', { name: 'Run again' }).click(),
    );
  });
});

describe('opened', () => {
  const button = (name: string | RegExp) => (page: Page) =>
    page.getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) }).click();
  const cases: [string, string, (page: Page) => Promise<unknown>][] = [
    ['person', '/people?person=grace', (page) => page.getByRole('dialog').getByText('via team vision').waitFor()],
    [
      'person: teams',
      '/people?person=grace&tab=teams',
      (page) => page.getByRole('button', { name: 'Take out of vision' }).waitFor(),
    ],
    ['person: access', '/people?person=grace&tab=access', (page) => page.getByText('Everywhere').first().waitFor()],
    [
      'person: sessions',
      '/people?person=grace&tab=sessions',
      (page) =>
        page
          .getByRole('button', { name: /Revoke/ })
          .first()
          .waitFor(),
    ],
    [
      'person: activity',
      '/people?person=ada&tab=activity',
      (page) => page.getByRole('dialog').getByRole('listitem').first().waitFor(),
    ],
    [
      'invite',
      '/',
      async (page) => {
        await button('Invite')(page);
        await page.getByText('Teams, projects, expiry, note').click();
        await button('Add a project')(page);
      },
    ],
    [
      'palette',
      '/',
      async (page) => {
        await page.keyboard.press('Control+k');
        await page.getByRole('combobox', { name: /Search/ }).fill('vis');
        await page.getByRole('option', { name: 'vision' }).waitFor();
      },
    ],
    [
      'row menu',
      '/people',
      async (page) => {
        await button('Actions for grace')(page);
        await page.getByRole('menuitem', { name: 'Deactivate' }).waitFor();
      },
    ],
    [
      'remove',
      '/people',
      async (page) => {
        await button('Actions for grace')(page);
        await page.getByRole('menuitem', { name: 'Remove' }).click();
        await page.getByRole('textbox', { name: /Type grace/ }).waitFor();
      },
    ],
    [
      'filter',
      '/people',
      async (page) => {
        await page.getByRole('combobox', { name: 'Status' }).click();
        await page.getByRole('option', { name: 'Active' }).waitFor();
      },
    ],
    [
      'give a role',
      '/people?person=linus',
      async (page) => {
        await button('Give a role')(page);
        await page.getByRole('dialog').getByRole('combobox', { name: 'Role' }).click();
        await page.getByRole('option', { name: /^admin/ }).click();
        await page.getByText(/linus gains/i).waitFor();
      },
    ],
    [
      'picker',
      '/people/teams/vision',
      async (page) => {
        await button('Add')(page);
        await page.getByRole('combobox', { name: 'Add to the team' }).fill('lin');
        await page.getByRole('option', { name: /linus/ }).click();
        await page.getByText(/linus gains/i).waitFor();
      },
    ],
    [
      'role, before it is saved',
      '/settings/workspace/roles/keeper',
      async (page) => {
        await page.getByRole('checkbox', { name: /^me/ }).uncheck();
        await button('Save…')(page);
        await page.getByText('Who gains or loses what').waitFor();
      },
    ],
    [
      'new key',
      '/people/service-accounts/ci',
      async (page) => {
        await button('New key')(page);
        await page.getByRole('dialog').getByLabel('Name').fill(`key ${Date.now()}`);
        await button('Create key')(page);
        await page.getByRole('textbox', { name: 'The key' }).waitFor();
      },
    ],
    [
      'audit event',
      '/settings/workspace/audit?target=team',
      async (page) => {
        await page
          .getByRole('button', { name: /created team/ })
          .first()
          .click();
        await page.getByRole('dialog').waitFor();
      },
    ],
    ['account menu', '/', (page) => button('Account')(page)],
  ];
  test.each(cases)('%s', async (_, path, act) => {
    await check(ada.page, path, act);
  });
  test('menu on a phone', async () => {
    await ada.page.goto('/');
    await ada.page.setViewportSize({ width: 390, height: 844 });
    await ada.page.getByRole('button', { name: 'Menu' }).click();
    await ada.page.getByRole('dialog').getByRole('link', { name: 'People' }).waitFor();
    expect(await violations(ada.page)).toEqual([]);
    await ada.page.getByRole('dialog').getByRole('link', { name: 'Workspace settings' }).click();
    await ada.page.waitForURL('**/settings/workspace/general');
    await ada.page.setViewportSize({ width: 1440, height: 900 });
  });
});

describe('for a guest', () => {
  test.each([
    '/',
    '/people',
    '/people/teams/vision',
    '/settings/workspace/general',
    '/settings/workspace/roles/keeper',
  ])('%s', async (path) => {
    await check(guest.page, path);
  });
});

test('no page asked another host or left an error on the console', () => {
  expect([...ada.faults, ...guest.faults, ...nobody.faults]).toEqual([]);
});
