// Artifacts and models as people look through them: what a thing is made of, who uses it, which version is in production.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { logIn, newPage, openBrowser, settled, type Guarded } from './browser.ts';
import { check } from './look.ts';
import { addPerson, setUp, startServer, type Server } from './server.ts';
import { apiOf, fillProject, makeVersion, type Api } from './things.ts';

let server: Server;
let browser: Browser;
let ada: Guarded;
let guest: Guarded;
let page: Page;
let api: Api;
let table = '';
let made: Awaited<ReturnType<typeof fillProject>>;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
  const admin = await setUp(server);
  api = apiOf(server, admin);
  await api('POST', '/projects', { name: 'empty' });
  await api('POST', '/projects', { name: 'stored' });
  made = await fillProject(api, 'default');
  await addPerson(server, admin, 'linus', { roles: ['guest'] });
  ada = await newPage(browser, server);
  guest = await newPage(browser, server);
  page = ada.page;
  await logIn(page, 'ada');
  await logIn(guest.page, 'linus');
  table = (await stored('table', { 'output.csv': 'city,people\nParis,2100000\n' })).id;
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const dialog = () => page.getByRole('dialog');
const press = (name: string) => page.getByRole('button', { name, exact: true }).last().click();
const versionOf = (step: string): string => made.second.written[step]?.id ?? '';

test('from an artifact to a version, to the run that made it and back along what it was made of', async () => {
  await page.goto('/projects/default/artifacts');
  await page.getByRole('link', { name: 'fraud_model' }).click();
  await page.getByRole('heading', { level: 1, name: 'fraud_model' }).waitFor();
  await page.getByRole('link', { name: '2', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'fraud_model · version 2' }).waitFor();
  const lineage = page.getByRole('list', { name: 'Lineage' });
  await lineage.getByRole('link', { name: /train-fraud-2026_11_23-02/ }).waitFor();
  await lineage.getByRole('link', { name: /fraud-classifier/ }).waitFor();
  await page.getByText('Client().get_artifact_version').waitFor();
  await lineage.getByRole('link', { name: /clean_transactions/ }).click();
  await page.getByRole('heading', { level: 1, name: 'clean_transactions · version 2' }).waitFor();
  await page.getByText('4.0 MB').waitFor();
  await page.getByRole('list', { name: 'Lineage' }).getByText('step train').waitFor();
});

test('a version is tagged, found by its tag’s artifact, and the tag taken off', async () => {
  await page.goto(`/projects/default/artifacts/${made.artifact.id}`);
  await press('Add a tag');
  await page.getByRole('combobox', { name: 'Tag' }).fill('audited');
  await press('Add');
  await page.getByRole('list', { name: 'Tags' }).getByText('audited').waitFor();
  await page.goto('/projects/default/artifacts?tag=audited');
  await settled(page);
  await expect.poll(() => page.getByRole('row').count()).toBe(2);
  await page.getByRole('link', { name: 'fraud_model' }).click();
  await press('Take off audited');
  await expect.poll(() => page.getByRole('list', { name: 'Tags' }).count()).toBe(0);
});

test('an artifact is renamed, and found by its new name', async () => {
  await page.goto(`/projects/default/artifacts/${made.artifact.id}`);
  await press('Rename');
  await dialog().getByLabel('Name of the artifact').fill('fraud_forest');
  await dialog().getByRole('button', { name: 'Rename' }).click();
  await page.getByRole('heading', { level: 1, name: 'fraud_forest' }).waitFor();
});

test('what pruning takes is shown before, and goes', async () => {
  await page.goto('/projects/default/artifacts?q=scratch');
  await press('Remove unused…');
  await dialog().getByText('1 version will go').waitFor();
  await dialog().getByText('scratch').waitFor();
  await dialog().getByRole('checkbox').check();
  await dialog().getByText('1 version and 1 artifact will go').waitFor();
  await press('Remove 2 things');
  await page.getByText('No artifact matches').waitFor();
});

test('a version that a run made is not deleted, and it is said why; one that nothing uses is', async () => {
  await page.goto(`/projects/default/artifact-versions/${versionOf('load')}`);
  await press('Delete');
  await press('Delete for good');
  await dialog()
    .getByText(/belongs to a run/)
    .waitFor();
  await press('Cancel');
  const loose = await makeVersion(api, 'default', 'loose', { save_type: 'manual' });
  await page.goto(`/projects/default/artifact-versions/${loose.id}`);
  await press('Delete');
  await press('Delete for good');
  await page.getByText('No versions').waitFor();
});

/** A version whose files lie in a store that the server may read. */
const stored = async (name: string, files: Record<string, string>, drawn: readonly [string, string][] = []) => {
  const store = await api('POST', '/components', {
    name: `${name}-store`,
    type: 'artifact_store',
    flavor: 'local',
    configuration: {},
  });
  const uri = join(server.stores, store.id, name);
  mkdirSync(uri, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(uri, file), text);
  return makeVersion(api, 'stored', name, {
    uri,
    artifact_store_id: store.id,
    save_type: 'manual',
    visualizations: drawn.map(([type, file]) => ({ type, uri: join(uri, file) })),
  });
};

test('what a step drew is shown in a frame in which nothing runs, and the data as a table to look at and download', async () => {
  const html = '<h1>Report</h1><script>top.document.title="stolen"; fetch("/api/v1/users")</script>';
  const { id } = await stored('drawn', { 'report.html': html, 'output.csv': 'city,people\nParis,2100000\n' }, [
    ['html', 'report.html'],
  ]);
  await page.goto(`/projects/stored/artifact-versions/${id}`);
  const frame = page.frameLocator('iframe[title="html of drawn 1"]');
  await frame.getByRole('heading', { name: 'Report' }).waitFor();
  expect(await page.locator('iframe').getAttribute('sandbox')).toBe('');
  expect(await page.title()).toMatch(/^drawn/);
  // The browser says on the console that it did not run the script: that is what was asked for.
  expect(ada.faults.splice(0).filter((fault) => !/script/i.test(fault))).toEqual([]);
  await page.getByRole('combobox', { name: 'What to show' }).click();
  await page.getByRole('option', { name: 'The data itself' }).click();
  await page.getByRole('cell', { name: 'Paris' }).waitFor();
  const download = page.waitForEvent('download');
  await press('Download');
  expect((await download).suggestedFilename()).toBe('drawn-1.tar.gz');
  await press('Delete');
  await dialog().getByRole('checkbox').check();
  await press('Delete for good');
  await page.getByText('No versions').waitFor();
});

test('a model is made, described, and deleted by typing its name', async () => {
  await page.goto('/projects/empty/models');
  await press('New model');
  await dialog().getByLabel('Name', { exact: true }).fill('forecaster');
  await dialog().getByLabel('Description').fill('Tells next week’s sales');
  await press('Create model');
  await page.getByRole('heading', { level: 1, name: 'forecaster' }).waitFor();
  await press('Edit');
  await dialog().getByText('License, audience').click();
  await dialog().getByLabel('License').fill('MIT');
  await press('Save');
  await page.getByRole('definition').getByText('MIT', { exact: true }).waitFor();
  await press('New version');
  await dialog().getByLabel('Name').fill('first-try');
  await press('Create version');
  await page.getByRole('link', { name: /first-try/ }).waitFor();
  await press('Delete');
  await dialog().getByLabel(/Type/).fill('forecaster');
  await press('Delete for good');
  await page.getByText('No models yet').waitFor();
});

test('a taken stage says before which version gives way', async () => {
  await page.goto(`/projects/default/model-versions/${made.versions[1]?.id}`);
  await press('Change stage');
  await dialog()
    .getByRole('radio', { name: /production/ })
    .check();
  await dialog().getByText('Version 1 is in production now. It gives way and becomes archived.').waitFor();
  await press('Archive 1 and promote');
  await page.getByText('Now in production').waitFor();
  await page.goto(`/projects/default/models/${made.model.id}`);
  await page.getByRole('row', { name: /2.*production/ }).waitFor();
  await page.getByRole('row', { name: /1.*archived/ }).waitFor();
});

test('what is deployed of a version stands with it', async () => {
  const project = await api('GET', '/projects/default');
  await api('POST', '/services', {
    project: project.id,
    name: 'fraud-server',
    model_version_id: made.versions[0]?.id,
    service_type: { type: 'model-serving', flavor: 'mlflow' },
    config: { name: 'fraud-server' },
  });
  await page.goto(`/projects/default/model-versions/${made.versions[0]?.id}`);
  await page.getByRole('tab', { name: 'Deployments' }).click();
  await page.getByRole('row', { name: /fraud-server.*mlflow/ }).waitFor();
});

test('versions are compared key by key', async () => {
  await page.goto(`/projects/default/models/${made.model.id}`);
  await page.getByRole('checkbox', { name: 'Compare version 1' }).check();
  await page.getByRole('checkbox', { name: 'Compare version 2' }).check();
  await press('Compare 2');
  await page.getByRole('row', { name: 'accuracy (differs) 0.9612 0.9712' }).waitFor();
  await page.getByRole('row', { name: 'epochs 20 20' }).waitFor();
  await page.getByRole('checkbox', { name: 'Only what differs' }).check();
  await expect.poll(() => page.getByRole('row', { name: /epochs/ }).count()).toBe(0);
});

test('a guest reads all of it and is promised nothing that would be refused', async () => {
  const refused: string[] = [];
  guest.page.on('response', (answer) => {
    if (answer.status() === 403) refused.push(answer.url());
  });
  for (const path of [
    `/projects/default/artifacts/${made.artifact.id}`,
    `/projects/default/artifact-versions/${versionOf('train')}`,
    `/projects/default/models/${made.model.id}`,
    `/projects/default/model-versions/${made.versions[0]?.id}`,
    '/projects/default/models',
  ]) {
    await guest.page.goto(path);
    await settled(guest.page);
    for (const button of await guest.page
      .getByRole('main')
      .getByRole('button', { name: /^(Rename|Delete|Edit|New|Add|Change|Unlink|Take)/ })
      .all())
      expect(await button.getAttribute('aria-disabled'), `${path} ${await button.textContent()}`).toBe('true');
  }
  expect(refused).toEqual([]);
});

describe('axe finds nothing on', () => {
  const button = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).first().click();
  const cases: [string, () => string, ((page: Page) => Promise<unknown>)?][] = [
    ['artifacts', () => '/projects/default/artifacts'],
    ['no artifacts', () => '/projects/empty/artifacts'],
    ['an artifact', () => `/projects/default/artifacts/${made.artifact.id}`],
    ['an artifact version', () => `/projects/default/artifact-versions/${versionOf('train')}`],
    ['the data of a version', () => `/projects/stored/artifact-versions/${table}`],
    ['pruning', () => '/projects/default/artifacts', button('Remove unused…')],
    ['adding a tag', () => `/projects/default/artifacts/${made.artifact.id}`, button('Add a tag')],
    ['renaming', () => `/projects/default/artifacts/${made.artifact.id}`, button('Rename')],
    ['models', () => '/projects/default/models'],
    ['no models', () => '/projects/empty/models'],
    ['a new model', () => '/projects/default/models', button('New model')],
    ['a model', () => `/projects/default/models/${made.model.id}`],
    ['a model version', () => `/projects/default/model-versions/${made.versions[0]?.id}`],
    ['its runs', () => `/projects/default/model-versions/${made.versions[0]?.id}?tab=runs`],
    ['its deployments', () => `/projects/default/model-versions/${made.versions[0]?.id}?tab=deployments`],
    ['its metadata', () => `/projects/default/model-versions/${made.versions[0]?.id}?tab=metadata`],
    ['its stage', () => `/projects/default/model-versions/${made.versions[0]?.id}`, button('Change stage')],
    [
      'a comparison',
      () => `/projects/default/models/${made.model.id}/compare?ids=${made.versions.map((one) => one.id).join()}`,
    ],
  ];
  test.each(cases)('%s', async (_, path, act) => {
    await check(page, path(), act);
  });
});

test('no page asked another host or left an error on the console', () => {
  expect([...ada.faults, ...guest.faults]).toEqual([]);
});
