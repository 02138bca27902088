// Vitest's global set-up: one PostgreSQL cluster for the whole run, in which each test file makes databases of its own.
import type { TestProject } from 'vitest/node';
import { startCluster } from './cluster.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** null where ZENDO_TEST_POSTGRES=off */
    postgresUrl: string | null;
  }
}

export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (process.env['ZENDO_TEST_POSTGRES'] === 'off') {
    console.warn('\n*** ZENDO_TEST_POSTGRES=off: every PostgreSQL test is left out. SQLite alone proves half. ***\n');
    delete process.env['ZENDO_TEST_POSTGRES_URL'];
    project.provide('postgresUrl', null);
    return undefined;
  }
  const given = process.env['ZENDO_TEST_POSTGRES_URL'];
  if (given) {
    project.provide('postgresUrl', given);
    return undefined;
  }
  const cluster = await startCluster();
  process.env['ZENDO_TEST_POSTGRES_URL'] = cluster.url;
  project.provide('postgresUrl', cluster.url);
  return async () => {
    delete process.env['ZENDO_TEST_POSTGRES_URL'];
    await cluster.stop();
  };
}
