// The composition root: settings, database, registry, server. Nothing else in the product reads the environment.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { granters } from './access/holding.ts';
import { reload } from './access/grants.ts';
import type { App } from './app.ts';
import { createPasswords } from './auth/passwords.ts';
import { firstAdministrator, newSetupToken } from './auth/setup.ts';
import { readConfig, type Config } from './config.ts';
import { migrate } from './db/migrate.ts';
import { openDatabase } from './db/open.ts';
import type { Route } from './http/mount.ts';
import { createServer } from './http/server.ts';
import { systemActor } from './kernel/actor.ts';
import { systemClock, type Clock, type Context, type Database } from './kernel/context.ts';
import type { Registry } from './kernel/registry.ts';
import { zendoRegistry } from './registry.ts';
import { heartbeats, retention } from './jobs/keeping.ts';
import { startJobs, type Jobs } from './jobs/runner.ts';
import { events, schedules } from './jobs/triggers.ts';
import { seed } from './seed.ts';
import { openSealing } from './services/sealing.ts';
import { createChanges } from './services/changes.ts';

export interface Running {
  readonly app: App;
  readonly registry: Registry;
  readonly server: FastifyInstance;
  readonly routes: readonly Route[];
  readonly jobs: Jobs;
  /** Where it listens. */
  readonly url: string;
  /** The one-time link for the first administrator; null once there is one. */
  readonly setup_url: string | null;
  close(): Promise<void>;
}
export interface StartOptions extends Partial<Config> {
  readonly clock?: Clock;
  readonly local?: boolean;
  readonly listen?: boolean;
  /** Whether work is done that nobody asks for; where the server listens, unless said otherwise. */
  readonly work?: boolean;
  readonly seeds?: (ctx: Context) => Promise<void>;
}

const openConfigured = (config: Config): Database => {
  if (config.database_url !== '') return openDatabase(config.database_url);
  mkdirSync(config.data_dir, { recursive: true, mode: 0o700 });
  return openDatabase(join(config.data_dir, 'zendo.db'));
};

/** Runs work as the system itself, in one transaction. */
const asSystem = <T>(app: App, registry: Registry, why: string, work: (ctx: Context) => Promise<T>): Promise<T> =>
  app.database.transaction((tx) =>
    work({
      database: app.database,
      db: tx,
      in_transaction: true,
      registry,
      actor: systemActor(why),
      now: app.clock(),
      request: { id: 'start', ip: '', user_agent: '' },
      lenient: false,
      reload,
      granters,
      sealing: app.sealing,
    }),
  );

/**
 * Starts a server: opens and migrates the database, seeds it, mounts everything and listens (unless `listen` is false).
 * Throws where a setting, the database or a declaration is not in order.
 */
export const startServer = async (options: StartOptions = {}): Promise<Running> => {
  const { clock = systemClock, local = false, listen = true, work = listen && !local, ...over } = options;
  const config = readConfig(over);
  let new_key: string | null = null;
  const sealing = openSealing(config, (path) => {
    new_key = path;
  });
  const opened = openConfigured(config);
  const changes = createChanges(config, opened, clock);
  const database = changes.watched(opened);
  let url = config.public_url.replace(/\/+$/, '');
  const app: App = { config, database, clock, passwords: createPasswords(config), sealing, changes, local, publicUrl: () => url || `http://127.0.0.1:${config.port}` };
  try {
    const registry = zendoRegistry(app);
    await migrate(database);
    await sealing.judge(database.read);
    const setup = await asSystem(app, registry, 'start', async (ctx) => {
      await seed(ctx, { local });
      if (local) return null;
      if (config.admin_username !== '' && config.admin_password !== '') await bootstrap(ctx, app);
      return newSetupToken(ctx);
    });
    const { server, routes } = await createServer(app, registry);
    if (new_key !== null && database.dialect === 'postgres')
      server.log.warn({ path: new_key }, 'made a key for secrets; keep it with the back-ups and give it to every server on this database, or set ZENDO_SECRETS_KEY');
    if (listen) {
      await server.listen({ host: config.host, port: config.port });
      const address = server.server.address();
      const port = typeof address === 'object' && address !== null ? address.port : config.port;
      if (url === '') url = `http://${['0.0.0.0', '::', ''].includes(config.host) ? '127.0.0.1' : config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
    }
    const jobs = startJobs([schedules, events, heartbeats, retention(config)], {
      database,
      clock,
      asSystem: (doing) => asSystem(app, registry, 'job', doing),
      failed: (job, error) => server.log.error({ job, error: { message: (error as Error).message, stack: (error as Error).stack } }, 'a job failed; it is tried again'),
      start: work,
    });
    return {
      app,
      jobs,
      registry,
      server,
      routes,
      url: app.publicUrl(),
      setup_url: setup === null ? null : `${app.publicUrl()}/setup#token=${setup}`,
      close: async () => {
        changes.close();
        await jobs.close();
        await server.close();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
};

/** The first administrator from the environment, where there is none yet. */
const bootstrap = async (ctx: Context, app: App): Promise<void> => {
  if ((await ctx.db.selectFrom('setting').select('value').where('id', '=', 'active').executeTakeFirst())?.['value'] === 'true') return;
  app.passwords.judge(app.config.admin_password, [app.config.admin_username]);
  await firstAdministrator(ctx, { username: app.config.admin_username, password_hash: await app.passwords.hash(app.config.admin_password) });
};
