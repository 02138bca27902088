// What pipelines run on: a component from the gallery, a stack with it, changed, copied, exported, imported and deleted.
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { logIn, newPage, openBrowser, tabTo, type Guarded } from './browser.ts';
import { check } from './look.ts';
import { addPerson, setUp, startServer, type Server } from './server.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}
interface List<T> {
  readonly items: readonly T[];
}

let server: Server;
let browser: Browser;
let ada: Guarded;
let page: Page;
let guest: Guarded;
let admin = '';
let exported = '';

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
  admin = await setUp(server);
  ada = await newPage(browser, server);
  page = ada.page;
  await logIn(page, 'ada');
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const ask = <T>(path: string): Promise<T> => server.call<T>('GET', path, undefined, admin);
const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
const press = async (role: string, name: string | RegExp): Promise<void> => {
  await tabTo(page, { role, name });
  await page.keyboard.press('Enter');
};
const type = async (name: string | RegExp, text: string): Promise<void> => {
  await tabTo(page, { role: 'textbox', name });
  await page.keyboard.type(text);
};

test('a flavor is found in the gallery and a component registered, by keyboard', async () => {
  await page.goto('/flavors');
  await tabTo(page, { role: 'searchbox', name: 'Search flavors' });
  await page.keyboard.type('s3');
  await page.getByText('1 flavor', { exact: true }).waitFor();
  await press('link', /^S3/);
  await heading('S3');
  await page.getByRole('table', { name: 'Settings' }).getByText('needed').waitFor();
  await press('link', 'Register an artifact store');
  await heading('Register an artifact store');
  await type('Name', 'bucket');
  await page.keyboard.press('Enter');
  await page.getByText('Path is needed.').waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-invalid'))).toBe('true');
  await page.keyboard.type('s3://garden');
  // What is secret is a password box, which has no role.
  await page.getByLabel(/^Key/).focus();
  await page.keyboard.type('{{aws.key}}');
  await page.keyboard.press('Enter');
  await heading('bucket');
  await page.getByText('aws.key').waitFor();
  const { items } = await ask<List<Named & { metadata: { configuration: object } }>>(
    '/components?name=bucket&hydrate=true',
  );
  expect(items[0]?.metadata.configuration).toEqual({ path: 's3://garden', key: '{{aws.key}}' });
});

test('a stack is made with it, by keyboard', async () => {
  await press('link', 'Make one with it');
  await heading('New stack');
  await expect.poll(() => page.getByRole('combobox', { name: 'Artifact store' }).inputValue()).toBe('bucket');
  await press('button', 'Create stack');
  await page.getByText('A name is needed.').waitFor();
  await type('Name', 'cloud');
  await press('button', 'Experiment tracker');
  await tabTo(page, { role: 'button', name: /^New experiment tracker/ });
  await page.keyboard.press('Enter');
  await tabTo(page, { role: 'combobox', name: 'Flavor' });
  await page.keyboard.type('mlf');
  await page.getByRole('option', { name: /mlflow/i }).waitFor();
  await page.keyboard.press('Enter');
  await type(/^Tracking URI/, 'https://mlflow.local');
  await press('button', 'Register');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await press('button', 'Create stack');
  await heading('cloud');
  await page.getByRole('link', { name: /bucket/ }).waitFor();
  const { items } = await ask<List<{ metadata: { components: Record<string, Named[]> } }>>(
    '/stacks?name=cloud&hydrate=true',
  );
  const parts = Object.entries(items[0]?.metadata.components ?? {}).map(([of, list]) => [
    of,
    list.map((one) => one.name),
  ]);
  expect(Object.fromEntries(parts)).toEqual({
    orchestrator: ['default'],
    artifact_store: ['bucket'],
    experiment_tracker: ['cloud'],
  });
});

test('it is edited, by keyboard', async () => {
  await press('link', 'Edit');
  await heading('Edit cloud');
  await type(/^Description/, 'For everything large');
  await press('button', 'Save');
  await page.getByText('For everything large').waitFor();
});

test('what the server refuses stands at the field', async () => {
  await page.goto('/components/create?type=deployer&flavor=docker');
  await page.getByLabel('Name').fill('odd');
  await page.getByRole('button', { name: 'Write it as JSON' }).click();
  await page.getByLabel('Configuration as JSON').fill('{"port": 80, "prt": 1}');
  await page.getByRole('button', { name: 'Register' }).click();
  await page.getByText("unknown field 'prt'; did you mean 'port'?").waitFor();
  await page.getByLabel('Configuration as JSON').fill('{"port_range": [1]}');
  await page.getByRole('button', { name: 'Register' }).click();
  await page.getByText('port_range must not have fewer than 2 items').waitFor();
  expect(await page.getByLabel('Configuration as JSON').getAttribute('aria-invalid')).toBe('true');
});

test('a component in use cannot be deleted, and the reason is told', async () => {
  await page.goto('/components/artifact_store');
  await page.getByRole('link', { name: 'bucket' }).click();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Delete it' }).click();
  await page.getByText("The artifact store 'bucket' is part of a stack; take it out there first").waitFor();
});

test('it is exported, and imported under another name', async () => {
  await page.goto('/stacks');
  await page.getByRole('link', { name: 'cloud' }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('cloud.yaml');
  exported = readFileSync(await file.path(), 'utf8');
  expect(exported).toContain('stack_name: "cloud"');
  await page.goto('/stacks');
  await page.getByRole('button', { name: 'Import' }).click();
  await page.getByLabel('Or paste what is in it').fill(exported.replace('s3://garden', 's3://other'));
  await page.getByText('will be bucket-2').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Import' }).click();
  await page.getByText('There is a stack “cloud” already').waitFor();
  await page.getByLabel('Name of the stack').fill('cloud-two');
  await page.getByRole('dialog').getByRole('button', { name: 'Import' }).click();
  await heading('cloud-two');
  await page.getByRole('link', { name: /bucket-2/ }).waitFor();
});

test('it is copied', async () => {
  await page.getByRole('link', { name: 'Copy' }).click();
  await heading('Copy cloud-two');
  await page.getByRole('button', { name: 'Make the copy' }).click();
  await heading('cloud-two-copy');
});

test('it is deleted, by keyboard, after its consequences were told', async () => {
  await press('button', 'Delete');
  await page.getByText('No run that you can see was made with it.').waitFor();
  await press('button', 'Delete stack');
  await heading('Stacks');
  await page.getByRole('link', { name: 'cloud-two', exact: true }).waitFor();
  expect((await ask<List<Named>>('/stacks?name=cloud-two-copy')).items).toEqual([]);
});

test('a guest sees it all and is told why nothing can be changed', async () => {
  await addPerson(server, admin, 'linus', { roles: ['guest'] });
  const linus = await newPage(browser, server);
  await logIn(linus.page, 'linus');
  await linus.page.goto('/stacks');
  expect(await linus.page.getByRole('button', { name: 'New stack' }).getAttribute('aria-disabled')).toBe('true');
  await linus.page.getByRole('link', { name: 'cloud', exact: true }).click();
  const edit = linus.page.getByRole('button', { name: 'Edit' });
  expect(await edit.getAttribute('aria-description')).toContain('stack:update');
  await linus.page.goto('/components/create?type=deployer&flavor=docker');
  await linus.page.getByText('You need the permission stack_component:create').waitFor();
  guest = linus;
});

describe('axe finds nothing on', () => {
  const button = (name: string) => (on: Page) => on.getByRole('button', { name, exact: true }).first().click();
  const first = async (path: string): Promise<string> => (await ask<List<Named>>(path)).items[0]?.id ?? '';
  const stack = () => first('/stacks?name=cloud');
  const bucket = () => first('/components?name=bucket');
  const cases: [string, () => string | Promise<string>, ((page: Page) => Promise<unknown>)?][] = [
    ['stacks', () => '/stacks'],
    ['no stacks', () => '/stacks?q=none-is-called-this'],
    ['a stack', async () => `/stacks/${await stack()}`],
    ['deleting a stack', async () => `/stacks/${await stack()}`, button('Delete')],
    ['a new stack', () => '/stacks/create'],
    [
      'a new component for it',
      () => '/stacks/create',
      async (on) => {
        await on.getByRole('button', { name: 'New orchestrator' }).click();
        await on.getByRole('combobox', { name: 'Flavor' }).fill('kubernetes');
        await on.getByRole('option', { name: /^Kubernetes/ }).click();
        await on.getByText('more settings').click();
        await on.getByRole('button', { name: 'Set Pod settings' }).click();
      },
    ],
    ['editing a stack', async () => `/stacks/${await stack()}/edit`],
    [
      'importing',
      () => '/stacks',
      async (on) => {
        await button('Import')(on);
        await on.getByLabel('Or paste what is in it').fill(exported.replace('s3://garden', 's3://third'));
        await on.getByText('will be bucket-3').waitFor();
      },
    ],
    ['components', () => '/components/artifact_store'],
    ['no components', () => '/components/feature_store'],
    ['a component', async () => `/components/artifact_store/${await bucket()}`],
    ['its configuration as JSON', async () => `/components/artifact_store/${await bucket()}?view=json`],
    ['editing a component', async () => `/components/artifact_store/${await bucket()}/edit`],
    ['registering', () => '/components/create?type=orchestrator&flavor=kubernetes', button('Register')],
    [
      'a value from a secret',
      () => '/components/create?type=artifact_store&flavor=s3',
      async (on) => {
        await on.getByRole('button', { name: 'Take Key from a secret' }).click();
        await on.getByRole('dialog').waitFor();
      },
    ],
    ['flavors', () => '/flavors'],
    ['no flavors', () => '/flavors?q=none-is-called-this'],
    ['a flavor', () => '/flavors/step_operator/runai'],
  ];
  test.each(cases)('%s', async (_, path, act) => {
    await check(page, await path(), act);
  });
});

test('no page asked another host or left an error on the console', () => {
  expect([...ada.faults, ...guest.faults]).toEqual([]);
});
