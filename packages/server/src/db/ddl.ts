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

/** Who is counted: everybody's rows together (''), and each owner's. */
const counted = (row: string, sign: string, name: string, project: boolean): readonly string[] =>
  ["''", `${row}.user_id`].map(
    (owner) =>
      `insert into tally (kind, project_id, owner, private, n) select '${name}', ${project ? `${row}.project_id` : "''"}, ${owner}, ${row}.private, ${sign}1 where ${owner} is not null
   on conflict (kind, project_id, owner, private) do update set n = tally.n + excluded.n;`,
  );

/**
 * Triggers that keep the tally of a table with user_id, private and (where `project` says so) project_id: totals of large lists cost nothing then.
 * With a row go the roles that were given on it, also where a cascade removes it; `type` is what such roles call it.
 */
export const tallied = (dialect: Database['dialect'], name: string, project: boolean, type = name): readonly string[] => {
  const forgotten = `delete from role_assignment where resource_type = '${type}' and resource_id = old.id;`;
  const [added, removed] = [counted('new', '', name, project).join(' '), counted('old', '-', name, project).join(' ')];
  const watched = [...(project ? ['project_id'] : []), 'user_id', 'private'].join(', ');
  if (dialect === 'sqlite')
    return [
      `create trigger ${name}_tally_insert after insert on ${name} begin ${added} end`,
      `create trigger ${name}_tally_delete after delete on ${name} begin ${removed} ${forgotten} end`,
      `create trigger ${name}_tally_update after update of ${watched} on ${name} begin ${removed} ${added} end`,
    ];
  return [
    `create function ${name}_tally() returns trigger as $$ begin if tg_op <> 'INSERT' then ${removed} end if; if tg_op <> 'DELETE' then ${added} else ${forgotten} end if; return null; end $$ language plpgsql`,
    `create trigger ${name}_tally after insert or delete or update of ${watched} on ${name} for each row execute function ${name}_tally()`,
  ];
};

/** What every table of things begins with. */
export const thing = { id: 'id', created: 'text not null', updated: 'text not null' } as const;
