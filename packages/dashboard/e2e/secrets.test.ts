// Secrets: made, never shown unasked, changed key by key, named by components, deleted; and what they look like to others.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Guarded } from './browser.ts';
import { check } from './look.ts';
import { adaAndGuest, hear } from './people.ts';
import type { Server } from './server.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}
interface Values {
  readonly body: { readonly private: boolean; readonly values: Record<string, string | null> };
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
  heard = hear(page, (answer) => answer.url().includes('/secrets'));
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const ask = <T>(path: string): Promise<T> => server.call<T>('GET', path, undefined, admin);
const idOf = async (name: string): Promise<string> =>
  (await ask<{ items: Named[] }>(`/secrets?name=${name}`)).items[0]?.id ?? '';
const valuesOf = async (name: string) => (await ask<Values>(`/secrets/${await idOf(name)}`)).body.values;
const press = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();

test('a secret is made, and lines of a file become its keys', async () => {
  await page.goto('/secrets');
  await page.getByText('No secret that you can see').waitFor();
  await page.getByRole('button', { name: 'New secret' }).first().click();
  await press('Create secret');
  await page.getByText('A secret needs at least one key.').waitFor();
  await page.getByLabel('Name').fill('aws');
  await page.evaluate(() => navigator.clipboard.writeText('export AWS_KEY=canary-one\nAWS_SECRET="canary two"'));
  await page.getByLabel('Key 1', { exact: true }).focus();
  await page.keyboard.press('Control+v');
  await expect.poll(() => page.getByLabel('Key 2', { exact: true }).inputValue()).toBe('AWS_SECRET');
  await press('Create secret');
  await page.getByRole('heading', { level: 1, name: 'aws' }).waitFor();
  expect(await valuesOf('aws')).toEqual({ AWS_KEY: 'canary-one', AWS_SECRET: 'canary two' });
});

test('no value reaches the browser until it is asked for', async () => {
  await page.reload();
  await page.getByText('2 keys').waitFor();
  expect(heard.join('\n')).not.toContain('canary');
  await press('Reveal AWS_KEY');
  await page.getByText('canary-one').waitFor();
  expect(await page.getByText('canary two').count()).toBe(0);
  await press('Hide AWS_KEY');
  await page.getByText('canary-one').waitFor({ state: 'detached' });
});

test('keys are set, added and removed one by one', async () => {
  await press('Set AWS_KEY');
  await page.getByLabel('Value', { exact: true }).fill('changed');
  await press('Save');
  await press('Add a key');
  await page.getByLabel('Key', { exact: true }).fill('AWS_KEY');
  await press('Save');
  await page.getByText('This key is there already.').waitFor();
  await page.getByLabel('Key', { exact: true }).fill('region');
  await page.getByLabel('Value', { exact: true }).fill('eu');
  await press('Save');
  await press('Remove AWS_SECRET');
  await page.getByText('{{aws.AWS_SECRET}}').waitFor();
  await press('Remove it');
  await page.getByText('AWS_SECRET', { exact: true }).waitFor({ state: 'detached' });
  expect(await valuesOf('aws')).toEqual({ AWS_KEY: 'changed', region: 'eu' });
});

test('a component takes a value from it, and the secret says so', async () => {
  await page.goto('/components/create?type=artifact_store&flavor=s3');
  await page.getByLabel('Name').fill('bucket');
  await page.getByRole('textbox', { name: 'Path' }).fill('s3://garden');
  await press('Take Key from a secret');
  await page.getByRole('combobox', { name: 'Secret' }).fill('aws');
  await page.getByRole('option', { name: 'aws' }).click();
  await page.getByRole('combobox', { name: 'Key in it' }).click();
  await page.getByRole('option', { name: 'AWS_KEY' }).click();
  await press('Use it');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('combobox', { name: 'Secrets' }).click();
  await page.getByRole('option', { name: 'aws' }).click();
  await press('Register');
  await page.getByRole('heading', { level: 1, name: 'bucket' }).waitFor();
  await page.getByText('aws.AWS_KEY').waitFor();
  await page.getByRole('link', { name: 'aws', exact: true }).click();
  await page.getByRole('link', { name: 'bucket' }).waitFor();
});

test('it is made private, and others lose it', async () => {
  await press('Edit');
  await page.getByRole('radio', { name: /Private/ }).check();
  await press('Save');
  await expect.poll(async () => (await ask<Values>(`/secrets/${await idOf('aws')}`)).body.private).toBe(true);
  await guest.page.goto(`/secrets/${await idOf('aws')}`);
  await guest.page.getByText('Nothing here that you can see').waitFor();
  await press('Edit');
  await page.getByRole('radio', { name: /Shared/ }).check();
  await press('Save');
});

test('who may not read values sees the keys, and why there is no more', async () => {
  await guest.page.goto(`/secrets/${await idOf('aws')}`);
  const reveal = guest.page.getByRole('button', { name: 'Reveal region' });
  await reveal.waitFor();
  expect(await reveal.getAttribute('aria-disabled')).toBe('true');
  for (const name of ['Edit', 'Delete', 'Add a key'])
    expect(await guest.page.getByRole('button', { name, exact: true }).getAttribute('aria-disabled'), name).toBe(
      'true',
    );
});

describe('axe finds nothing on', () => {
  const button = (name: string) => (on: Page) => on.getByRole('button', { name, exact: true }).first().click();
  const cases: [string, () => string | Promise<string>, ((page: Page) => Promise<unknown>)?][] = [
    ['secrets', () => '/secrets'],
    ['no secrets', () => '/secrets?private=true'],
    ['a new secret', () => '/secrets', button('New secret')],
    ['a secret', async () => `/secrets/${await idOf('aws')}`],
    [
      'a revealed value',
      async () => `/secrets/${await idOf('aws')}`,
      async (on) => {
        await button('Reveal region')(on);
        await on.getByText('eu', { exact: true }).waitFor();
        await on.mouse.move(0, 0);
      },
    ],
    ['a new value', async () => `/secrets/${await idOf('aws')}`, button('Set region')],
    ['editing', async () => `/secrets/${await idOf('aws')}`, button('Edit')],
    ['deleting', async () => `/secrets/${await idOf('aws')}`, button('Delete')],
    [
      'a component with secrets',
      async () =>
        `/components/artifact_store/${(await ask<{ items: Named[] }>('/components?name=bucket')).items[0]?.id}/edit`,
    ],
  ];
  test.each(cases)('%s', async (_, path, act) => {
    await check(page, await path(), act);
  });
});

test('it is deleted after its name was typed', async () => {
  await page.goto(`/secrets/${await idOf('aws')}`);
  await press('Delete');
  await page.getByText('bucket names it and will fail from then on.').waitFor();
  await page.getByLabel(/Type aws/).fill('aws');
  await press('Delete secret');
  await page.getByText('No secret that you can see').waitFor();
  expect([...ada.faults, ...guest.faults]).toEqual([]);
});
