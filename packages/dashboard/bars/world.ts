// What the bars are measured on: one server with people, runs, artifacts and models, and a browser that sees only it.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Browser } from 'playwright-core';
import { newPage, openBrowser, type Guarded } from '../e2e/browser.ts';
import { addPerson, PASSWORD, setUp, startServer, type Server } from '../e2e/server.ts';
import { seedRuns } from '../e2e/runs.ts';
import { apiOf, fillProject, type Api } from '../e2e/things.ts';

export { PASSWORD };

export interface World {
  readonly server: Server;
  readonly browser: Browser;
  readonly api: Api;
  readonly admin: string;
  /** Tokens of people by name: a guest, and somebody with a role that opens nothing. */
  readonly tokens: Readonly<Record<'guest' | 'empty', string>>;
  /** Pages to walk through: every one that has things on it. */
  readonly paths: readonly string[];
  /** A page of somebody's own, logged in; nobody where no name is given. */
  readonly visit: (name?: string) => Promise<Guarded>;
  /** The server's database, to put there what would take long to come about. */
  readonly database: () => DatabaseSync;
  readonly stop: () => Promise<void>;
}

/** Logs in by the interface, so that no bar pays for the page of another. */
const logIn = async ({ page }: Guarded, name: string): Promise<void> => {
  await page.goto('/login');
  const status = await page.evaluate(
    async ([username, password]) => {
      const answer = await fetch('/api/v1/login', {
        method: 'POST',
        headers: { 'x-zendo-request': '1', 'x-zendo-session': 'cookie' },
        body: new URLSearchParams({ username: username ?? '', password: password ?? '' }),
      });
      return answer.status;
    },
    [name, PASSWORD],
  );
  if (status !== 200) throw new Error(`${name} could not log in: ${status}`);
};

export const makeWorld = async (): Promise<World> => {
  const [server, browser] = await Promise.all([startServer(), openBrowser()]);
  const admin = await setUp(server);
  const api = apiOf(server, admin);
  await api('POST', '/teams', { name: 'vision', description: 'Images' });
  await api('POST', '/projects', { name: 'fraud', display_name: 'Fraud detection' });
  await api('POST', '/roles', { name: 'empty', permissions: ['me'] });
  await api('POST', '/service_accounts', { name: 'ci', active: true, roles: ['developer'] });
  const tokens = {
    guest: await addPerson(server, admin, 'guest', { roles: ['guest'] }),
    empty: await addPerson(server, admin, 'empty', { roles: ['empty'] }),
  };
  await addPerson(server, admin, 'grace', { full_name: 'Grace Hopper', teams: ['vision'] });
  const made = await fillProject(api, 'default');
  const runs = await seedRuns(server, admin, [60]);
  const place = '/projects/default';
  const visit = async (name?: string): Promise<Guarded> => {
    const guarded = await newPage(browser, server);
    if (name) await logIn(guarded, name);
    return guarded;
  };
  return {
    server,
    browser,
    api,
    admin,
    tokens,
    visit,
    database: () => {
      const file = new DatabaseSync(join(server.folder, 'zendo.db'));
      file.exec('pragma busy_timeout = 10000');
      return file;
    },
    paths: [
      '/',
      '/people',
      '/people?person=grace',
      '/people/invitations',
      '/people/teams',
      '/people/teams/vision',
      '/people/service-accounts',
      '/people/service-accounts/ci',
      '/projects',
      '/projects/fraud',
      `${place}/pipelines`,
      `${place}/runs`,
      `${place}/runs/${runs.failed.id}`,
      `${place}/artifacts`,
      `${place}/artifacts/${made.artifact.id}`,
      `${place}/artifact-versions/${made.second.written.train?.id}`,
      `${place}/models`,
      `${place}/models/${made.model.id}`,
      `${place}/model-versions/${made.versions[0]?.id}`,
      '/tags',
      '/stacks',
      '/settings/workspace/general',
      '/settings/workspace/roles',
      '/settings/workspace/roles/empty',
      '/settings/workspace/access',
      '/settings/workspace/audit',
    ],
    stop: async () => {
      await browser.close();
      await server.stop();
    },
  };
};
