// Knows: the few words in which a table is written so that both databases make the same of it.
import type { Database } from '../kernel/context.ts';

const TYPES: Readonly<Record<string, Readonly<Record<Database['dialect'], string>>>> = {
  id: { sqlite: 'text primary key', postgres: 'text collate "C" primary key' },
  text: { sqlite: 'text', postgres: 'text collate "C"' },
  int: { sqlite: 'integer', postgres: 'bigint' },
  bool: { sqlite: 'integer', postgres: 'smallint' },
  real: { sqlite: 'real', postgres: 'double precision' },
};

/**
 * A create-table statement. Each column is `type rest`, the type one of id, text, int, bool, real; further lines are table constraints.
 * Foreign keys are part of `rest`, as in `text not null references role(id)`.
 */
export const table = (dialect: Database['dialect'], name: string, columns: Readonly<Record<string, string>>, constraints: readonly string[] = []): string => {
  const lines = Object.entries(columns).map(([column, spec]) => {
    const [type, ...rest] = spec.split(' ');
    return `"${column}" ${TYPES[type!]![dialect]}${rest.length > 0 ? ` ${rest.join(' ')}` : ''}`;
  });
  return `create table "${name}" (${[...lines, ...constraints].join(', ')})`;
};

/** What every table of things begins with. */
export const thing = { id: 'id', created: 'text not null', updated: 'text not null' } as const;
