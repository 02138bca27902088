import type { Database } from '../kernel/context.ts';
import { openPostgres } from './postgres.ts';
import { openSqlite } from './sqlite.ts';

/** Opens the database that the address names: `postgres://…`, or the path of a SQLite file. */
export const openDatabase = (address: string): Database =>
  /^postgres(ql)?:\/\//.test(address) ? openPostgres(address) : openSqlite(address.replace(/^sqlite:(\/\/)?/, ''));
