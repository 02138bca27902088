// Knows: pg. Numbers that fit come back as numbers, as on SQLite.
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Database, Tables } from '../kernel/context.ts';

const INT8 = 20;
const NUMERIC = 1700;

const TRIES = 5;
/** The database ended one of two transactions that waited for each other, or that it could not put in order: it has left nothing behind. */
const outOfTurn = (error: unknown): boolean => ['40P01', '40001'].includes((error as { code?: string }).code ?? '');

/** Runs the work again, from its beginning, when it was ended for want of an order and not for its own fault. */
const again = async <T>(work: () => Promise<T>, left = TRIES): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (left <= 1 || !outOfTurn(error)) throw error;
    await new Promise((resolve) => {
      setTimeout(resolve, Math.random() * 50 * (TRIES - left + 1));
    });
    return again(work, left - 1);
  }
};

/** Connects to the server at `url` with at most `connections` at once. The first query fails when it cannot be reached. */
export const openPostgres = (url: string, connections = 10): Database => {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    application_name: 'zendo',
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') => (oid === INT8 || oid === NUMERIC ? Number : pg.types.getTypeParser(oid, format as 'text')),
    } as never,
  });
  // A connection that the server closes while idle is replaced at the next query; it must not end the process.
  pool.on('error', () => undefined);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const load = () => ({ connections: pool.totalCount, active: pool.totalCount - pool.idleCount, waiting: pool.waitingCount });
  return { dialect: 'postgres', read: db, transaction: (work) => again(() => db.transaction().execute(work)), close: () => db.destroy(), load };
};
