// Knows: pg. Numbers that fit come back as numbers, as on SQLite.
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Database, Tables } from '../kernel/context.ts';

const INT8 = 20;
const NUMERIC = 1700;

/** Connects to the server at `url` with at most `connections` at once. The first query fails when it cannot be reached. */
export const openPostgres = (url: string, connections = 10): Database => {
  const pool = new pg.Pool({
    connectionString: url, max: connections, application_name: 'zendo',
    types: { getTypeParser: (oid: number, format?: 'text' | 'binary') => (oid === INT8 || oid === NUMERIC ? Number : pg.types.getTypeParser(oid, format as 'text')) } as never,
  });
  // A connection that the server closes while idle is replaced at the next query; it must not end the process.
  pool.on('error', () => undefined);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return { dialect: 'postgres', read: db, transaction: (work) => db.transaction().execute(work), close: () => db.destroy() };
};
