// Knows: how each database tells what its tables look like. For tests and for `zendo explain`; nothing decides by it.
import { sql } from 'kysely';
import type { Database } from '../kernel/context.ts';

interface Column {
  readonly name: string;
  readonly type: 'text' | 'int' | 'real';
  readonly nullable: boolean;
  readonly primary: boolean;
}
export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
}

const KINDS: Readonly<Record<string, Column['type']>> = { text: 'text', integer: 'int', bigint: 'int', smallint: 'int', real: 'real', 'double precision': 'real' };
const kind = (type: string): Column['type'] => {
  const known = KINDS[type.toLowerCase()];
  if (known === undefined) throw new Error(`A column has the type ${type}, which ddl.ts does not write`);
  return known;
};

interface Found {
  readonly table_name: string;
  readonly column_name: string;
  readonly type: string;
  readonly nullable: number;
  readonly primary_key: number;
}

const ASK = {
  sqlite: sql<Found>`select t.name as table_name, c.name as column_name, c.type as type, case when c."notnull" = 1 or c.pk > 0 then 0 else 1 end as nullable, case when c.pk > 0 then 1 else 0 end as primary_key
    from sqlite_schema as t, pragma_table_info(t.name) as c where t.type = 'table' and t.name not like 'sqlite_%' order by t.name, c.name`,
  postgres: sql<Found>`select c.table_name, c.column_name, c.data_type as type, case when c.is_nullable = 'YES' then 1 else 0 end as nullable,
      case when exists (select 1 from information_schema.table_constraints as k join information_schema.key_column_usage as u on u.constraint_name = k.constraint_name and u.table_schema = k.table_schema
        where k.constraint_type = 'PRIMARY KEY' and k.table_schema = c.table_schema and k.table_name = c.table_name and u.column_name = c.column_name) then 1 else 0 end as primary_key
    from information_schema.columns as c join information_schema.tables as t on t.table_schema = c.table_schema and t.table_name = c.table_name
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' order by c.table_name, c.column_name`,
} as const;

/** The tables of a database with their columns, both in the order of their names: the same on both databases. */
export const tablesOf = async (database: Database): Promise<readonly Table[]> => {
  const { rows } = await ASK[database.dialect].execute(database.read);
  const tables = new Map<string, Column[]>();
  for (const row of rows)
    tables.set(row.table_name, [
      ...(tables.get(row.table_name) ?? []),
      { name: row.column_name, type: kind(row.type), nullable: Number(row.nullable) === 1, primary: Number(row.primary_key) === 1 },
    ]);
  return [...tables].map(([name, columns]) => ({ name, columns: [...columns].sort((a, b) => (a.name < b.name ? -1 : 1)) })).sort((a, b) => (a.name < b.name ? -1 : 1));
};
