// Every address that clients print, or that people have kept since the original's first dashboards, leads somewhere.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { logIn, newPage, openBrowser, settled, type Guarded } from './browser.ts';
import { setUp, startServer, type Server } from './server.ts';

let server: Server;
let browser: Browser;
let ada: Guarded;
let token: string;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
  token = await setUp(server);
  await server.call('POST', '/projects', { name: 'fraud' }, token);
  ada = await newPage(browser, server);
  await logIn(ada.page, 'ada');
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

test.each([
  ['/pipelines', '/projects/default/pipelines'],
  ['/runs?status=failed', '/projects/default/runs?status=failed'],
  ['/runs?project=fraud', '/projects/fraud/runs'],
  // Whoever was in a project stays in it.
  ['/all-runs', '/projects/fraud/runs'],
  ['/projects/default/pipelines/list', '/projects/default/pipelines'],
  ['/projects/default/all-runs', '/projects/default/runs'],
  ['/workspaces', '/projects'],
  ['/workspaces/default', '/projects/default'],
  ['/workspaces/default/all-runs', '/projects/default/runs'],
  ['/workspaces/default/pipelines/list', '/projects/default/pipelines'],
  ['/w/fraud/runs?status=failed', '/projects/fraud/runs?status=failed'],
  ['/w/fraud/pipelines', '/projects/fraud/pipelines'],
  ['/projects/default/stacks', '/stacks'],
  ['/workspaces/default/stacks/list', '/stacks'],
  ['/projects/fraud/deployments/01a213d0-ffc6-7005-a3ad-854d17514cbc', '/projects/fraud'],
  ['/repositories', '/projects/fraud/repositories'],
  ['/triggers', '/projects/fraud/triggers'],
  ['/components/create?type=artifact_store', '/flavors?type=artifact_store'],
  ['/settings', '/settings/workspace/general'],
  ['/settings/organization', '/settings/workspace/general'],
  ['/settings/personal-details', '/settings/personal/profile'],
  ['/settings/members', '/people'],
])('%s leads to %s', async (from, to) => {
  await ada.page.goto(from);
  await ada.page.waitForURL(`${server.url}${to}`);
  await settled(ada.page);
  expect(ada.faults).toEqual([]);
});

interface Listed {
  readonly items: readonly { readonly id: string }[];
}
const first = async (path: string): Promise<string> => {
  const found = (await server.call<Listed>('GET', path, undefined, token)).items[0];
  if (!found) throw new Error(`nothing at ${path}`);
  return found.id;
};

// What the client of 0.98 prints of a component has its id alone; clients of 0.39 to 0.58 print a workspace and a tab as well.
test.each([
  ['a component', '/components/:component', '/components/orchestrator/:component'],
  [
    'a component of old',
    '/workspaces/default/components/orchestrator/:component/configuration',
    '/components/orchestrator/:component',
  ],
  ['components of old', '/workspaces/default/components/artifact_store', '/components/artifact_store'],
  ['a stack of old', '/workspaces/default/stacks/:stack/configuration', '/stacks/:stack'],
  ['a stack in a project', '/projects/default/stacks/:stack', '/stacks/:stack'],
])('%s leads to its page', async (_what, from, to) => {
  const [stack, component] = [
    await first('/stacks?name=default'),
    await first('/components?type=orchestrator&name=default'),
  ];
  const real = (path: string): string => path.replace(':stack', stack).replace(':component', component);
  await ada.page.goto(real(from));
  await ada.page.waitForURL(`${server.url}${real(to)}`);
  await settled(ada.page);
  expect(ada.faults).toEqual([]);
});
