// Values that runs, steps and versions carry: shown newest value per key, filtered by key and value (wire.md 6.10, 19).
import { sql } from 'kysely';
import type { Context } from '../../kernel/context.ts';
import { Invalid } from '../../kernel/errors.ts';
import { compare, parseWanted } from '../../kernel/filter.ts';
import { parseJson } from '../../kernel/json.ts';
import { derived, type Filter } from '../../kernel/resource.ts';

export interface Entry {
  readonly owner: string;
  readonly key: string;
  readonly value: unknown;
}

/** The newest value of each key of each of these things, oldest key first. */
export const newestValues = async (ctx: Context, wire_type: string, ids: readonly string[]): Promise<readonly Entry[]> => {
  if (ids.length === 0) return [];
  const { rows } = await sql<{
    owner: string;
    key: string;
    value: string;
  }>`select l.resource_id as owner, m.key, m.value from run_metadata_resource as l join run_metadata as m on m.id = l.run_metadata_id
    where l.resource_type = ${wire_type} and l.resource_id in (${sql.join(ids)}) order by m.created, m.id`.execute(ctx.db);
  const newest = new Map(rows.map((row) => [`${row.owner} ${row.key}`, { ...row, value: parseJson(row.value) }]));
  return [...newest.values()];
};

/** The relation `run_metadata`; `more` adds entries under keys of their own. */
export const metadataOf = (wire_type: string, more?: (ctx: Context, ids: readonly string[]) => Promise<readonly Entry[]>) =>
  derived(
    async (ctx, rows) => {
      const ids = rows.map((row) => row.id);
      const found = [...(await newestValues(ctx, wire_type, ids)), ...((await more?.(ctx, ids)) ?? [])];
      return new Map(ids.map((id) => [id, Object.fromEntries(found.filter((entry) => entry.owner === id).map((entry) => [entry.key, entry.value]))]));
    },
    { empty: {}, tier: 'metadata' },
  );

/** `run_metadata=key:value` or `key:operator:value`; the value of a text may be given with or without its quotes. */
export const metadataFilter = (wire_type: string): Filter => ({
  kind: 'text',
  test: () => sql`1 = 0`,
  raw: (t, given) => {
    const colon = given.indexOf(':');
    if (colon < 1) throw new Invalid('run_metadata: write key:value or key:operator:value');
    const is = compare('run_metadata', 'text', parseWanted(given.slice(colon + 1)));
    const bare = sql`case when m.value like '"%"' then substr(m.value, 2, length(m.value) - 2) else m.value end`;
    return sql`exists (select 1 from run_metadata_resource as l join run_metadata as m on m.id = l.run_metadata_id
      where l.resource_type = ${wire_type} and l.resource_id = ${sql.ref(`${t}.id`)} and m.key = ${given.slice(0, colon)} and (${is(bare)} or ${is(sql.ref('m.value'))}))`;
  },
});
