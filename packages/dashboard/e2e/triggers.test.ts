// What starts runs by itself, and where code comes from: triggers, webhooks with signed events, schedules, repositories.
import { createHmac } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Guarded } from './browser.ts';
import { check } from './look.ts';
import { adaAndGuest } from './people.ts';
import type { Server } from './server.ts';

interface Thing {
  readonly id: string;
  readonly name: string;
}
interface Found {
  readonly items: readonly (Thing & {
    readonly body: Record<string, unknown>;
    readonly metadata: Record<string, unknown>;
  })[];
}

let server: Server;
let browser: Browser;
let ada: Guarded;
let guest: Guarded;
let page: Page;
let admin = '';
let pipeline: Thing;
const home = '/projects/default';

const call = <T>(method: string, path: string, body?: unknown): Promise<T> => server.call<T>(method, path, body, admin);
const only = async (path: string) => (await call<Found>('GET', path)).items[0];

/** A snapshot that the server may start. */
const runnable = async (name: string): Promise<void> => {
  const project = (await call<Thing>('GET', '/projects/default')).id;
  const stack = (await only('/stacks?name=default'))?.id;
  pipeline = await call<Thing>('POST', '/pipelines', { project, name: 'training' });
  const build = await call<Thing>('POST', '/pipeline_builds', {
    project,
    pipeline: pipeline.id,
    stack,
    images: { orchestrator: { image: 'i' } },
    is_local: false,
    contains_code: true,
  });
  await call('POST', '/pipeline_snapshots', {
    project,
    pipeline: pipeline.id,
    stack,
    build: build.id,
    name,
    run_name_template: 'nightly-{date}',
    pipeline_configuration: { name: 'training' },
    step_configurations: {},
    client_environment: {},
  });
  await call('POST', '/schedules', {
    project,
    name: 'weekly',
    active: true,
    cron_expression: '0 9 * * 1',
    catchup: false,
    pipeline_id: pipeline.id,
  });
};

beforeAll(async () => {
  ({ server, browser, admin, ada, guest } = await adaAndGuest());
  page = ada.page;
  await runnable('nightly');
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const dialog = () => page.getByRole('dialog');
const press = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();
const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();

test('a trigger by the clock is made, and a snapshot attached to it', async () => {
  await page.goto(`${home}/triggers`);
  await page.getByRole('button', { name: 'New trigger' }).first().click();
  await dialog().getByLabel('Name').fill('every-night');
  await dialog().getByLabel('Cron expression').fill('0 2 * *');
  await press('Create trigger');
  await page.getByText(/five fields/).waitFor();
  await dialog().getByLabel('Cron expression').fill('0 2 * * *');
  await page.getByText('Every day at 02:00 UTC.').waitFor();
  await press('Create trigger');
  await heading('every-night');
  await page.getByText('Nothing is attached').waitFor();
  await press('Attach');
  await page.getByRole('combobox', { name: 'Snapshot' }).click();
  await page.getByRole('option', { name: /nightly/ }).click();
  await dialog().getByRole('button', { name: 'Attach' }).click();
  await page.getByText('not tried yet').waitFor();
  const made = await only('/triggers?name=every-night&hydrate=true');
  expect(made?.body).toMatchObject({
    type: 'schedule',
    cron_expression: '0 2 * * *',
    concurrency: 'skip',
    active: true,
  });
});

test('it is paused and changed', async () => {
  await press('Pause');
  await page.getByText('paused', { exact: true }).waitFor();
  await press('Edit');
  await dialog().getByRole('combobox', { name: 'Repeats' }).click();
  await page.getByRole('option', { name: 'At a fixed interval' }).click();
  await dialog().getByRole('textbox', { name: 'Every' }).fill('2');
  await press('Save');
  await page.getByText('every 2 hours').first().waitFor();
  const { body } = (await only('/triggers?name=every-night&hydrate=true')) ?? {};
  expect(body).toMatchObject({ interval: 7200, cron_expression: null, active: false });
});

test('a webhook tells its secret once, and what it counts is shown', async () => {
  await page.goto(`${home}/webhooks`);
  await page.getByRole('button', { name: 'New webhook' }).first().click();
  await dialog().getByLabel('Name').fill('releases');
  await press('Create webhook');
  const secret = await page.getByRole('textbox', { name: 'The secret' }).inputValue();
  expect(secret.length).toBeGreaterThan(20);
  const wider = await page.getByRole('dialog').evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth);
  expect(wider).toBe(0);
  await press('Done');
  const hook = await only('/webhooks?name=releases');
  const text = '{"version": 2}';
  const send = (signature: string) =>
    fetch(`${server.url}/api/v1/webhooks/custom/${hook?.id}/events`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-zenml-event': 'released',
        'x-zenml-signature-256': `sha256=${signature}`,
      },
      body: text,
    });
  expect((await send(createHmac('sha256', secret).update(text).digest('hex'))).status).toBe(202);
  expect((await send('0'.repeat(64))).status).toBe(401);
  await page.reload();
  await page.getByText('1 taken').waitFor();
  await page.getByText('1 refused').waitFor();
});

test('triggers on events and after other runs are made', async () => {
  await page.goto(`${home}/triggers`);
  await press('New trigger');
  await dialog().getByLabel('Name').fill('on-release');
  await dialog()
    .getByRole('radio', { name: /On an event/ })
    .check();
  await press('Create trigger');
  await page.getByText('Choose a webhook.').waitFor();
  await page.getByRole('combobox', { name: 'Webhook' }).click();
  await page.getByRole('option', { name: /releases/ }).click();
  await dialog().getByLabel('Kinds of events').fill('released\nstartswith:hotfix');
  await press('Create trigger');
  await heading('on-release');
  await page.getByText('released, startswith:hotfix').waitFor();
  await page.goto(`${home}/triggers`);
  await press('New trigger');
  await dialog().getByLabel('Name').fill('after-training');
  await dialog()
    .getByRole('radio', { name: /After other runs/ })
    .check();
  await page.getByRole('combobox', { name: 'Pipeline' }).fill('train');
  await page.getByRole('option', { name: 'training' }).click();
  await dialog().getByRole('checkbox', { name: 'fails' }).check();
  await press('Create trigger');
  await heading('after-training');
  const { body } = (await only('/triggers?name=after-training&hydrate=true')) ?? {};
  expect(body).toMatchObject({
    source_entity: { type: 'pipeline', id: pipeline.id },
    target_events: ['run_completed', 'run_failed'],
  });
});

test('a webhook that is listened to stays; an archived trigger lets go of it', async () => {
  await page.goto(`${home}/webhooks`);
  await press('Actions for releases');
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await press('Delete webhook');
  await page.getByText('Triggers listen to this webhook').waitFor();
  await press('Cancel');
  await page.goto(`${home}/triggers`);
  await page.getByRole('link', { name: 'on-release' }).click();
  await press('Archive');
  await press('Archive it');
  await heading('Triggers');
  await page.getByRole('link', { name: 'after-training' }).waitFor();
  await page.getByRole('link', { name: 'on-release' }).waitFor({ state: 'detached' });
});

test('schedules of orchestrators are listed, and marked', async () => {
  await page.goto('/schedules');
  await page.waitForURL(`**${home}/schedules`);
  await page.getByText('every Monday at 09:00 UTC').waitFor();
  await press('Actions for weekly');
  await page.getByRole('menuitem', { name: 'Mark as paused' }).click();
  await page.getByText('paused', { exact: true }).waitFor();
});

test('a repository is connected and changed', async () => {
  await page.goto(`${home}/repositories`);
  await page.getByRole('button', { name: 'Connect a repository' }).first().click();
  await dialog().getByLabel('Name').fill('code');
  await press('Connect');
  await page.getByText('Owner is needed.').waitFor();
  await dialog().getByRole('textbox', { name: 'Owner' }).fill('garden');
  await dialog().getByRole('textbox', { name: 'Repository' }).fill('models');
  await press('Connect');
  await page.getByText('garden/models').waitFor();
  const made = await only('/code_repositories?name=code&hydrate=true');
  expect(made).toMatchObject({
    body: { source: { attribute: 'GitHubCodeRepository', type: 'internal' } },
    metadata: { config: { owner: 'garden', repository: 'models' } },
  });
  await press('Actions for code');
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await dialog()
    .getByLabel(/^Description/)
    .fill('All of it');
  await press('Save');
  await page.getByText('All of it').waitFor();
});

test('a guest sees it all and is told why nothing can be changed', async () => {
  for (const [path, name] of [
    ['triggers', 'New trigger'],
    ['webhooks', 'New webhook'],
    ['repositories', 'Connect a repository'],
  ]) {
    await guest.page.goto(`${home}/${path}`);
    const button = guest.page.getByRole('button', { name: name ?? '' }).first();
    await button.waitFor();
    expect(await button.getAttribute('aria-disabled'), path).toBe('true');
  }
});

describe('axe finds nothing on', () => {
  const button = (name: string) => (on: Page) => on.getByRole('button', { name, exact: true }).first().click();
  const trigger = async () => `${home}/triggers/${(await only('/triggers?name=every-night'))?.id}`;
  const cases: [string, () => string | Promise<string>, ((page: Page) => Promise<unknown>)?][] = [
    ['triggers', () => `${home}/triggers`],
    ['no triggers', () => `${home}/triggers?q=none-is-called-this`],
    ['a new trigger', () => `${home}/triggers`, button('New trigger')],
    [
      'a new trigger on an event',
      () => `${home}/triggers`,
      async (on) => {
        await button('New trigger')(on);
        await on.getByRole('radio', { name: /On an event/ }).check();
      },
    ],
    ['a trigger', trigger],
    ['editing a trigger', trigger, button('Edit')],
    ['attaching', trigger, button('Attach')],
    ['archiving', trigger, button('Archive')],
    ['webhooks', () => `${home}/webhooks`],
    [
      'a new secret',
      () => `${home}/webhooks`,
      async (on) => {
        await button('Actions for releases')(on);
        await on.getByRole('menuitem', { name: 'New secret' }).click();
      },
    ],
    ['schedules', () => `${home}/schedules`],
    ['repositories', () => `${home}/repositories`],
    ['a new repository', () => `${home}/repositories`, button('Connect a repository')],
  ];
  test.each(cases)('%s', async (_, path, act) => {
    await check(page, await path(), act);
  });
});

test('no page asked another host or left an error on the console', () => {
  expect([...ada.faults, ...guest.faults]).toEqual([]);
});
