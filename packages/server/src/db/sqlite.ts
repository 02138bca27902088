// Knows: node:sqlite. One connection writes, one reads; WAL keeps them out of each other's way.
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import {
  CompiledQuery,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely';
import type { Database, Tables } from '../kernel/context.ts';

const STATEMENTS = 500;
/** Before 3.51.3 a WAL reset could lose data; nothing older is worth starting on. */
const OLDEST = [3, 51, 3];

interface Prepared {
  readonly statement: StatementSync;
  readonly answers: boolean;
}
interface Connection extends DatabaseConnection {
  readonly file: DatabaseSync;
}

const connection = (file: DatabaseSync): Connection => {
  const cache = new Map<string, Prepared>();
  const prepare = (text: string): Prepared => {
    const known = cache.get(text);
    if (known !== undefined) {
      cache.delete(text);
      cache.set(text, known);
      return known;
    }
    const statement = file.prepare(text);
    // Asking a statement for its columns costs more than many a query: asked once.
    const made = { statement, answers: statement.columns().length > 0 };
    cache.set(text, made);
    if (cache.size > STATEMENTS) cache.delete(cache.keys().next().value!);
    return made;
  };
  return {
    file,
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      const { statement, answers } = prepare(query.sql);
      const parameters = query.parameters as SQLInputValue[];
      if (answers) return { rows: statement.all(...parameters) as R[] };
      const { changes } = statement.run(...parameters);
      return { rows: [], numAffectedRows: BigInt(changes) };
    },
    async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
      for (const row of prepare(query.sql).statement.iterate(...(query.parameters as SQLInputValue[]))) yield { rows: [row as R] };
    },
  };
};

/** One connection; whoever holds it keeps all others waiting, so that statements of two transactions never mix. */
const driver = (file: DatabaseSync, exclusive: boolean): Driver => {
  const only = connection(file);
  let queue: Promise<void> = Promise.resolve();
  let release: (() => void) | null = null;
  const run = (text: string) => only.file.exec(text);
  return {
    async init() {},
    async acquireConnection() {
      if (!exclusive) return only;
      const before = queue;
      let done!: () => void;
      queue = new Promise((resolve) => {
        done = resolve;
      });
      await before;
      release = done;
      return only;
    },
    async beginTransaction() {
      run('begin immediate');
    },
    async commitTransaction() {
      run('commit');
    },
    async rollbackTransaction() {
      if (only.file.isTransaction) run('rollback');
    },
    async releaseConnection() {
      const done = release;
      release = null;
      done?.();
    },
    async destroy() {
      file.close();
    },
  };
};

const dialect = (file: DatabaseSync, exclusive: boolean): Dialect => ({
  createAdapter: () => new SqliteAdapter(),
  createDriver: () => driver(file, exclusive),
  createIntrospector: (db) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
});

/**
 * Opens (or makes) the file at `path`, durable against power loss. Throws when the file cannot be opened
 * or the library is too old to be trusted with data.
 */
export const openSqlite = (path: string): Database => {
  const version = process.versions['sqlite']!.split('.').map(Number);
  const place = OLDEST.findIndex((part, i) => version[i] !== part);
  if (place >= 0 && version[place]! < OLDEST[place]!) throw new Error(`SQLite ${version.join('.')} is too old: use Node 24.15 or newer`);
  const writer = new DatabaseSync(path, { enableForeignKeyConstraints: true, timeout: 5000 });
  writer.exec('pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000; pragma foreign_keys = on; pragma cache_size = -32000');
  const write = new Kysely<Tables>({ dialect: dialect(writer, true) });
  let reading: Kysely<Tables> | null = null;
  const read = (): Kysely<Tables> => {
    if (path === ':memory:') return write;
    if (reading === null) {
      const reader = new DatabaseSync(path, { readOnly: true, timeout: 5000 });
      reader.exec('pragma query_only = on; pragma cache_size = -64000');
      reading = new Kysely<Tables>({ dialect: dialect(reader, false) });
    }
    return reading;
  };
  return {
    dialect: 'sqlite',
    get read() {
      return read();
    },
    transaction: (work) => write.transaction().execute(work),
    // Both run their statements at once: none is under way while somebody asks.
    load: () => ({ connections: reading === null ? 1 : 2, active: 0, waiting: 0 }),
    async close() {
      await reading?.destroy();
      await write.destroy();
    },
  };
};
