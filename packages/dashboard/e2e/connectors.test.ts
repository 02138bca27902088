// Service connectors: chosen from the gallery, made, tried, used by a component, changed without their secrets, deleted.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Guarded } from './browser.ts';
import { check } from './look.ts';
import { adaAndGuest, hear } from './people.ts';
import type { Server } from './server.ts';

interface Found {
  readonly items: readonly { readonly id: string; readonly name: string }[];
}

let server: Server;
let browser: Browser;
let ada: Guarded;
let guest: Guarded;
let page: Page;
let admin = '';
let heard: readonly string[] = [];

beforeAll(async () => {
  ({ server, browser, admin, ada, guest } = await adaAndGuest());
  page = ada.page;
  heard = hear(page, (answer) => answer.url().includes('/service_connectors') && answer.request().method() === 'GET');
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const first = async (path: string): Promise<string> =>
  (await server.call<Found>('GET', path, undefined, admin)).items[0]?.id ?? '';
const idOf = (name: string) => first(`/service_connectors?name=${name}`);
const press = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();
const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();

test('a connector is made from the gallery and tried before', async () => {
  await page.goto('/connectors');
  await page.getByText('No connector that you can see').waitFor();
  await page.getByRole('link', { name: 'New connector' }).first().click();
  await page.getByRole('link', { name: /^DO Docker|^Docker/ }).click();
  await heading('New Docker connector');
  await page.getByLabel('Name', { exact: true }).fill('hub');
  await press('Create connector');
  await page.getByText('Username is needed.').waitFor();
  await page.getByLabel('Username').fill('ada');
  await page.getByLabel('Password').fill('canary-password');
  await page.getByRole('textbox', { name: /^Registry/ }).fill('registry.local');
  await press('Try it');
  await page.getByText('It works').waitFor();
  await page.getByText('Docker/OCI container registry: registry.local').waitFor();
  await press('Create connector');
  await heading('hub');
  await page.getByText('registry.local').waitFor();
  await page.getByText('•••••••• encrypted').first().waitFor();
  await press('Try now');
  await page.getByText('It works').waitFor();
});

test('a component uses it, and it says so', async () => {
  await page.goto('/components/create?type=container_registry&flavor=default');
  await page.getByLabel('Name', { exact: true }).fill('images');
  await page.getByRole('textbox', { name: 'URI' }).fill('registry.local');
  await page.getByRole('combobox', { name: 'Connector' }).click();
  await page.getByRole('option', { name: /hub/ }).click();
  await press('Register');
  await heading('images');
  await page.getByRole('link', { name: 'hub', exact: true }).click();
  await heading('hub');
  await page.getByRole('link', { name: 'images' }).waitFor();
  await press('Delete');
  await press('Delete connector');
  await page.getByText("The service connector 'hub' is used by a component").waitFor();
  await press('Cancel');
});

test('it is changed without its secrets, which no page has read', async () => {
  await page.goto(`/connectors/${await idOf('hub')}/edit`);
  await page.getByLabel(/^Description/).fill('Our own registry');
  await press('Save');
  await page.getByText('Our own registry').waitFor();
  expect(heard.join('\n')).not.toContain('canary');
  const { metadata } = await server.call<{ metadata: { configuration: object } }>(
    'GET',
    `/service_connectors/${await idOf('hub')}`,
    undefined,
    admin,
  );
  expect(metadata.configuration).toEqual({ username: 'ada', password: 'canary-password', registry: 'registry.local' });
});

test('what only clients can use is kept, and the page says how to try it', async () => {
  await page.goto('/connectors/create?type=aws');
  await page.getByLabel('Name', { exact: true }).fill('cloud');
  await page.getByRole('combobox', { name: 'Kind of resource' }).click();
  await page.getByRole('option', { name: 'AWS S3 bucket' }).click();
  await page.getByRole('combobox', { name: 'How it signs in' }).click();
  await page.getByRole('option', { name: 'AWS Secret Key' }).click();
  await page.getByLabel('AWS access key ID', { exact: false }).fill('canary-id');
  await page.getByLabel('AWS secret access key', { exact: false }).fill('canary-key');
  await page.getByRole('textbox', { name: 'Region' }).fill('eu-central-1');
  expect(await page.getByRole('button', { name: 'Try it' }).count()).toBe(0);
  await press('Create connector');
  await heading('cloud');
  await page.getByText('zenml service-connector verify cloud').waitFor();
});

test('a guest sees it and is told why nothing can be changed', async () => {
  await guest.page.goto(`/connectors/${await idOf('hub')}`);
  const edit = guest.page.getByRole('button', { name: 'Edit' });
  await edit.waitFor();
  expect(await edit.getAttribute('aria-description')).toContain('service_connector:update');
});

describe('axe finds nothing on', () => {
  const button = (name: string) => (on: Page) => on.getByRole('button', { name, exact: true }).first().click();
  const cases: [string, () => string | Promise<string>, ((page: Page) => Promise<unknown>)?][] = [
    ['connectors', () => '/connectors'],
    ['no connectors', () => '/connectors?q=none-is-called-this'],
    ['types', () => '/connectors/types'],
    ['a new connector', () => '/connectors/create?type=oauth2', button('Create connector')],
    ['a connector', async () => `/connectors/${await idOf('hub')}`],
    ['one for clients', async () => `/connectors/${await idOf('cloud')}`],
    [
      'editing',
      async () => `/connectors/${await idOf('cloud')}/edit`,
      (on) => on.getByRole('checkbox', { name: /anew/ }).check(),
    ],
    ['deleting', async () => `/connectors/${await idOf('hub')}`, button('Delete')],
    [
      'a component with one',
      async () => `/components/container_registry/${await first('/components?name=images')}/edit`,
    ],
  ];
  test.each(cases)('%s', async (_, path, act) => {
    await check(page, await path(), act);
  });
});

test('it is deleted', async () => {
  await page.goto(`/connectors/${await idOf('cloud')}`);
  await press('Delete');
  await press('Delete connector');
  await heading('Service connectors');
  await expect.poll(() => idOf('cloud')).toBe('');
  expect([...ada.faults, ...guest.faults]).toEqual([]);
});
