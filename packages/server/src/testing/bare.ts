// The kernel without HTTP: a migrated, empty database, the registry of the product, and contexts for whom one likes.
import { sql, type Kysely } from 'kysely';
import { granters } from '../access/holding.ts';
import { loadActor, reload } from '../access/grants.ts';
import type { App } from '../app.ts';
import { createChanges } from '../services/changes.ts';
import { createPasswords } from '../auth/passwords.ts';
import { readConfig } from '../config.ts';
import { migrate } from '../db/migrate.ts';
import { openDatabase } from '../db/open.ts';
import { anonymous, type Actor } from '../kernel/actor.ts';
import { systemClock, type Context, type Database, type Tables } from '../kernel/context.ts';
import type { Registry } from '../kernel/registry.ts';
import { zendoRegistry } from '../registry.ts';
import { createSealing } from '../services/sealing.ts';
import { emptyDatabase, type Dialect } from './server.ts';
import { TEST_KEY } from './rows.ts';
import type { World } from './world.ts';

export interface Bare {
  readonly database: Database;
  readonly registry: Registry;
  readonly context: (actor: Actor, now: string) => Context;
  /** The account as an actor; nobody where it may not act. */
  readonly actor: (id: string, now: string, limit?: ReadonlySet<string> | null) => Promise<Actor>;
  /** Replaces all that is stored. */
  readonly load: (world: World) => Promise<void>;
  close(): Promise<void>;
}

const TEST_SEALING = createSealing([TEST_KEY]);

/** What declarations need of a running server; none of it is used unless an operation runs. */
export const appOn = (database: Database): App => {
  const config = readConfig({}, {});
  return {
    config,
    database,
    clock: systemClock,
    passwords: createPasswords(config),
    sealing: TEST_SEALING,
    changes: createChanges(config, database, systemClock),
    local: false,
    publicUrl: () => 'http://127.0.0.1:8237',
  };
};

const CHUNK = 300;
/** Writes rows as they are, past every rule. Throws, naming the table, where they do not fit it. */
export const insertRows = async (db: Kysely<Tables>, rows: World['rows']): Promise<void> => {
  for (const [table, list] of rows) {
    for (let i = 0; i < list.length; i += CHUNK) {
      await db
        .insertInto(table)
        .values(list.slice(i, i + CHUNK))
        .execute()
        .catch((error: unknown) => {
          throw new Error(`A made-up row does not fit the table ${table} (${(error as Error).message}); give it a hint in testing/rows.ts`, { cause: error });
        });
    }
  }
};

const wipe = async (database: Database): Promise<void> => {
  if (database.dialect === 'postgres') {
    const { rows } = await sql<{
      name: string;
    }>`select tablename as name from pg_tables where schemaname = 'public' and tablename not in ('migration', 'authz_version')`.execute(database.read);
    await database.transaction((tx) => sql`truncate ${sql.join(rows.map((row) => sql.table(row.name)))} cascade`.execute(tx));
    return;
  }
  await database.transaction(async (tx) => {
    await sql`pragma defer_foreign_keys = on`.execute(tx);
    const { rows } = await sql<{
      name: string;
    }>`select name from sqlite_schema where type = 'table' and name not in ('migration', 'authz_version') and name not like 'sqlite_%'`.execute(tx);
    for (const { name } of rows) await sql`delete from ${sql.table(name)}`.execute(tx);
    // Rows that went were still counted.
    await sql`delete from tally`.execute(tx);
  });
};

/** Opens a kernel on a database of its own; SQLite in memory. */
export const bareKernel = async (dialect: Dialect): Promise<Bare> => {
  const { url, drop } = dialect === 'sqlite' ? { url: ':memory:', drop: async () => undefined } : await emptyDatabase(dialect);
  const database = openDatabase(url);
  await migrate(database);
  const registry = zendoRegistry(appOn(database));
  const context: Bare['context'] = (actor, now) => ({
    database,
    db: database.read,
    in_transaction: false,
    registry,
    actor,
    now,
    request: { id: 'test', ip: '', user_agent: '' },
    lenient: false,
    reload,
    granters,
    sealing: TEST_SEALING,
  });
  return {
    database,
    registry,
    context,
    actor: async (id, now, limit = null) => (await loadActor(database.read, id, now, { limit })) ?? anonymous,
    load: async (world) => {
      await wipe(database);
      await database.transaction((tx) => insertRows(tx, world.rows));
    },
    close: async () => {
      await database.close();
      await drop();
    },
  };
};
