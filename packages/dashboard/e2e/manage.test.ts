// What administrators and everybody for themselves do day by day: teams, roles, machines, projects, tokens, devices.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { logIn, newPage, openBrowser, type Guarded } from './browser.ts';
import { addPerson, PASSWORD, setUp, startServer, type Server } from './server.ts';

let server: Server;
let browser: Browser;
let ada: Guarded;
let page: Page;
let admin = '';

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
  admin = await setUp(server);
  await addPerson(server, admin, 'grace', { full_name: 'Grace Hopper', roles: ['guest'] });
  await addPerson(server, admin, 'linus', { roles: ['guest'] });
  ada = await newPage(browser, server);
  page = ada.page;
  await logIn(page, 'ada');
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const dialog = () => page.getByRole('dialog');
const press = (name: string | RegExp) =>
  page.getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) }).click();
const pick = async (list: string, option: string | RegExp): Promise<void> => {
  await page.getByRole('combobox', { name: list, exact: true }).click();
  await page.getByRole('option', { name: option }).click();
};

test('a role is made from presets and single permissions', async () => {
  await page.goto('/settings/workspace/roles');
  await page.getByRole('link', { name: 'New role' }).click();
  await page.getByLabel('Name').fill('team-keeper');
  await page.getByRole('checkbox', { name: 'update team' }).check();
  await page.getByRole('checkbox', { name: 'read settings' }).waitFor({ state: 'detached' });
  await press('Create role');
  await press('Create');
  await page.getByRole('heading', { name: 'Role team-keeper' }).waitFor();
  const { body } = await server.call<{ body: { permissions: string[] } }>(
    'GET',
    '/roles/team-keeper',
    undefined,
    admin,
  );
  expect(body.permissions.toSorted()).toEqual(['me', 'read', 'team:update']);
});

test('a team is made, and adding somebody shows first what it opens', async () => {
  await page.goto('/people/teams');
  await page.getByRole('button', { name: 'New team' }).first().click();
  await dialog().getByLabel('Name').fill('vision');
  await press('Create team');
  await page.getByRole('heading', { name: 'vision', level: 1 }).waitFor();
  await press('Give a role');
  await pick('Role', /^team-keeper/);
  await press('Give role');
  await page.getByText('Role given').waitFor();
  await press('Add');
  await pick('Add to the team', /grace/);
  await page.getByText(/grace gains/i).waitFor();
  await page.getByRole('button', { name: 'Add', exact: true }).last().click();
  await page.getByRole('link', { name: /Grace Hopper/ }).waitFor();
});

test('a role that is held shows before saving who gains and loses what', async () => {
  await page.goto('/settings/workspace/roles/team-keeper');
  await page.getByRole('checkbox', { name: 'update team' }).uncheck();
  await page.getByRole('checkbox', { name: 'create team' }).check();
  await press('Save…');
  await dialog()
    .getByText(/team:create/)
    .first()
    .waitFor();
  await dialog()
    .getByText(/team:update/)
    .first()
    .waitFor();
  await dialog().getByRole('button', { name: 'Save' }).click();
  await page.getByText('Role saved').waitFor();
  await page.getByRole('link', { name: 'vision' }).waitFor();
});

test('taking one permission out of a preset leaves the others', async () => {
  await page.getByRole('checkbox', { name: 'read user', exact: true }).uncheck();
  expect(await page.getByRole('checkbox', { name: /^read See/ }).isChecked()).toBe(false);
  expect(await page.getByRole('checkbox', { name: 'read team', exact: true }).isChecked()).toBe(true);
  await press('Discard');
});

test('the access tester gives the chain of reasons, and what would be missing', async () => {
  await page.goto('/settings/workspace/access?principal=grace&type=team&action=create');
  await page.getByText('Yes, grace may').waitFor();
  await page.getByText(/grace ∈ team vision → role team-keeper/).waitFor();
  await page.goto('/settings/workspace/access?principal=linus&type=team&action=create');
  await page.getByText('No, linus may not').waitFor();
  await page.getByText('What would have to be granted').waitFor();
  await page.getByRole('tab', { name: 'Who can?' }).click();
  await page.getByText('2 can').waitFor();
});

test('a service account gets a key that is shown once and can be rotated', async () => {
  await page.goto('/people/service-accounts');
  await page.getByRole('button', { name: 'New service account' }).first().click();
  await dialog().getByLabel('Name').fill('ci');
  await pick('Roles', /^developer/);
  await press('Create');
  await page.getByRole('heading', { name: 'ci', level: 1 }).waitFor();
  await press('New key');
  await dialog().getByLabel('Name').fill('actions');
  await press('Create key');
  const first = await page.getByRole('textbox', { name: 'The key' }).inputValue();
  expect(await page.getByRole('dialog').evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
  expect(first).toMatch(/^ZENKEY_/);
  await press('Done');
  await press('Actions for key actions');
  await page.getByRole('menuitem', { name: 'Rotate' }).click();
  await press('Rotate');
  expect(await page.getByRole('textbox', { name: 'The key' }).inputValue()).not.toBe(first);
  await press('Done');
});

test('a project is made, and somebody gets a role only there', async () => {
  await page.goto('/projects');
  await press('New project');
  await dialog().getByLabel('Name', { exact: true }).fill('fraud');
  await press('Create project');
  await page.getByRole('heading', { name: 'fraud', level: 1 }).waitFor();
  await press('Add');
  await pick('Person, team or service account', /linus/);
  await pick('Role', /^developer/);
  await page.getByText(/linus gains/i).waitFor();
  await press('Give role');
  await page.getByText('Role given').waitFor();
  await page.getByRole('button', { name: 'Take developer from linus' }).waitFor();
});

test('search and filters stand in the address and survive loading it anew', async () => {
  await page.goto('/people');
  await page.getByRole('searchbox', { name: 'Search people' }).fill('hopper');
  await page.waitForURL('**/people?q=hopper');
  await page.getByRole('button', { name: /Grace Hopper/ }).waitFor();
  await expect.poll(() => page.getByRole('button', { name: /linus/ }).count()).toBe(0);
  await page.goto('/people?role=team-keeper');
  await page.getByRole('button', { name: /Grace Hopper/ }).waitFor();
  expect(await page.getByRole('row').count()).toBe(2);
});

test('whoever owns things is removed only with somebody to hand them over to', async () => {
  const owner = await addPerson(server, admin, 'margaret', { roles: ['developer'] });
  await server.call('POST', '/pipelines', { name: 'train', project: 'fraud' }, owner);
  await page.goto('/people');
  await press('Actions for margaret');
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await dialog().getByText('1 pipeline').waitFor();
  expect(await dialog().getByRole('button', { name: 'Remove for good' }).isDisabled()).toBe(true);
  await dialog()
    .getByRole('textbox', { name: /Type margaret/ })
    .fill('margaret');
  await press('Remove for good');
  await dialog()
    .getByRole('alert')
    .getByText(/hand_over_to|takes them over/)
    .waitFor();
  await pick('Hand all of it over to', /grace/);
  await press('Remove for good');
  await page.getByText('margaret is removed').waitFor();
  await page.goto('/projects/fraud/pipelines');
  await page.getByRole('row', { name: /train.*grace/ }).waitFor();
});

test('one’s own name, password, tokens and theme are changed under Personal settings', async () => {
  await page.goto('/settings/personal-details');
  await page.getByLabel('Full name').fill('Ada King');
  await press('Save');
  await page.getByText('Saved', { exact: true }).waitFor();

  await page.getByRole('link', { name: 'Tokens' }).click();
  await press('New token');
  await dialog().getByLabel('Name').fill('notebook');
  await dialog()
    .getByRole('checkbox', { name: /Only reading/ })
    .check();
  await press('Create token');
  const token = await page.getByRole('textbox', { name: 'Your token' }).inputValue();
  await press('Done');
  expect((await server.call<{ name: string }>('GET', '/current-user', undefined, token)).name).toBe('ada');
  await expect(server.call('POST', '/teams', { name: 'no' }, token)).rejects.toThrow(/403/);
  await press('Revoke notebook');
  await page.getByText('Revoked').waitFor();
  await expect(server.call('GET', '/current-user', undefined, token)).rejects.toThrow(/401/);

  await page.getByRole('link', { name: 'Appearance' }).click();
  await page.getByRole('radio', { name: /^Dark/ }).check();
  expect(await page.evaluate(() => document.documentElement.classList.contains('dark'))).toBe(true);
  await page.reload();
  expect(await page.evaluate(() => document.documentElement.classList.contains('dark'))).toBe(true);
});

test('a computer that asks to be logged in is approved with its code', async () => {
  const asked = await fetch(`${server.url}/api/v1/device_authorization`, {
    method: 'POST',
    headers: { 'user-agent': 'Host/laptop-17 ZenML/0.98.0 Python/3.12 OS/linux' },
    body: new URLSearchParams({ client_id: '7b0b7b0e-0000-4000-8000-000000000001' }),
  });
  const { device_code, verification_uri_complete } = (await asked.json()) as Record<string, string>;
  await page.goto(verification_uri_complete ?? '');
  await page.getByText('laptop-17').waitFor();
  await press('Approve');
  await page.getByRole('heading', { name: 'The computer is logged in' }).waitFor();
  const answer = await fetch(`${server.url}/api/v1/login`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      client_id: '7b0b7b0e-0000-4000-8000-000000000001',
      device_code: device_code ?? '',
    }),
  });
  expect(answer.status).toBe(200);
});

test('the password changes with the old one, and only with it', async () => {
  await page.goto('/settings/personal/password');
  await page.getByLabel('Present password', { exact: true }).fill('not the old one at all');
  await page.getByLabel('New password', { exact: true }).fill('seven stones in raked sand');
  await press('Change password');
  await page.getByRole('alert').waitFor();
  await page.getByLabel('Present password', { exact: true }).fill(PASSWORD);
  await press('Change password');
  await page.getByText('Your password is changed').waitFor();
});

test('the workspace is renamed, and the audit says by whom', async () => {
  await page.goto('/settings/organization');
  await page.getByLabel('Name of the workspace').fill('Stone garden');
  await press('Save');
  await page.getByText('Saved', { exact: true }).waitFor();
  await page.getByText('Stone garden').first().waitFor();
  await page.getByRole('link', { name: 'Audit' }).click();
  await page
    .getByRole('button', { name: /settings/ })
    .first()
    .click();
  await dialog().getByText('Stone garden').waitFor();
  expect(ada.faults).toEqual([]);
});
