// Knows: which migrations there are and which have run. They are written by hand and never edited once released.
import { sql, type Kysely } from 'kysely';
import type { Database, Tables } from '../kernel/context.ts';
import { foundation } from './migrations/0001_foundation.ts';
import { ml } from './migrations/0002_ml.ts';
import { stacks } from './migrations/0003_stacks.ts';
import { secrets } from './migrations/0004_secrets.ts';
import { importing } from './migrations/0009_import.ts';
import { sharing } from './migrations/0008_sharing.ts';
import { newestRuns } from './migrations/0010_newest_runs.ts';
import { triggers } from './migrations/0005_triggers.ts';
import { served } from './migrations/0006_served.ts';
import { stores } from './migrations/0007_stores.ts';

export interface Migration {
  readonly name: string;
  /** Statements for one database. Text is compared byte by byte on both; the words of types are the same on both. */
  readonly statements: (dialect: Database['dialect']) => readonly string[];
}
const migrations: readonly Migration[] = [foundation, ml, stacks, secrets, triggers, served, stores, sharing, importing, newestRuns];

const LOCK = 726_366_001;

/**
 * Brings the database up to date, all or nothing. Several servers may start at once: one migrates, the others wait.
 * Throws when the database was written by a newer Zendo.
 */
export const migrate = (database: Database): Promise<readonly string[]> =>
  database.transaction(async (tx) => {
    if (database.dialect === 'postgres') await sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx);
    await sql`create table if not exists migration (name text primary key, at text not null)`.execute(tx);
    const done = new Set((await sql<{ name: string }>`select name from migration`.execute(tx)).rows.map((row) => row.name));
    const unknown = [...done].filter((name) => !migrations.some((migration) => migration.name === name));
    if (unknown.length > 0) throw new Error(`This database was written by a newer Zendo (it has ${unknown.join(', ')}); start that version, or restore an older back-up`);
    const open = migrations.filter((migration) => !done.has(migration.name));
    for (const migration of open) await apply(tx, database.dialect, migration);
    return open.map((migration) => migration.name);
  });

const apply = async (tx: Kysely<Tables>, dialect: Database['dialect'], migration: Migration): Promise<void> => {
  for (const statement of migration.statements(dialect)) await sql.raw(statement).execute(tx);
  await sql`insert into migration (name, at) values (${migration.name}, ${new Date().toISOString()})`.execute(tx);
};
