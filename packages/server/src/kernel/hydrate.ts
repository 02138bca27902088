// Knows: how related things are read for a whole page at once: one statement a relation. Must not know: any resource.
import { sql } from 'kysely';
import type { Context } from './context.ts';
import { columnsOf } from './find.ts';
import { column, named } from './names.ts';
import { decodeRow, present, shell, type Envelope } from './present.ts';
import type { Relation, Resource, Shown, Values } from './resource.ts';
import { visible } from './visible.ts';

/** Related things of a page of decoded rows, by row id and tier. `hydrate` also fills the metadata tier. */
export const hydrate = async (
  ctx: Context,
  resource: Resource,
  rows: readonly Values[],
  options: { hydrate: boolean; nested?: boolean; alone?: boolean },
): Promise<ReadonlyMap<string, Record<string, Values>>> => {
  const found = new Map(rows.map((row) => [row['id'] as string, { resources: {}, body: {}, metadata: {} } as Record<string, Values>]));
  for (const [name, relation] of Object.entries(resource.relations ?? {})) {
    if (rows.length === 0 || (relation.tier === 'metadata' && !options.hydrate) || (relation.tier === 'resources' && options.nested === true)) continue;
    const values = await load(ctx, relation, rows, options.alone === true ? 'alone' : options.nested === true ? 'nested' : 'listed');
    for (const [id, tiers] of found) tiers[relation.tier]![name] = values.get(id) ?? relation.empty ?? null;
  }
  return found;
};

const load = async (ctx: Context, relation: Relation, rows: readonly Values[], shown: Shown): Promise<ReadonlyMap<string, unknown>> => {
  if (relation.kind === 'derived') return relation.load!(ctx, rows as never, shown);
  const target = ctx.registry.get(relation.type);
  if (relation.kind === 'one') {
    const ids = [...new Set(rows.map((row) => row[relation.by!] as string | null).filter((id) => id !== null && id !== undefined))];
    const things = await byIds(ctx, target, ids);
    return new Map(rows.map((row) => [row['id'] as string, row[relation.by!] ? (things.get(row[relation.by!] as string) ?? null) : null]));
  }
  const ids = rows.map((row) => row['id'] as string);
  const { through } = relation;
  const pairs =
    through === undefined
      ? sql`select ${column('t', relation.by!)} as owner, t.id as id from ${named(target.table)} as t where ${column('t', relation.by!)} in (${sql.join(ids)})`
      : sql`select ${column('l', through.from)} as owner, ${column('l', through.to)} as id from ${named(through.table)} as l where ${column('l', through.from)} in (${sql.join(ids)})
        ${sql.join(
          Object.entries(through.where ?? {}).map(([name, value]) => sql`and ${column('l', name)} = ${value}`),
          sql` `,
        )}`;
  const links = (await sql<{ owner: string; id: string }>`${pairs}`.execute(ctx.db)).rows;
  const things = await byIds(ctx, target, [...new Set(links.map((link) => link.id))], relation.sort ?? 'created');
  const result = new Map<string, Envelope[]>();
  const place = new Map([...things.keys()].map((id, i) => [id, i]));
  for (const link of [...links].sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0))) {
    const thing = things.get(link.id);
    if (thing !== undefined) result.set(link.owner, [...(result.get(link.owner) ?? []), thing]);
  }
  return result;
};

/** Nested envelopes by id; a thing that exists but is not readable becomes a shell. */
export const byIds = async (ctx: Context, resource: Resource, ids: readonly string[], sort = 'created'): Promise<ReadonlyMap<string, Envelope>> => {
  if (ids.length === 0) return new Map();
  const wanted = Object.entries(resource.fields)
    .filter(([name, field]) => ['top', 'body'].includes(field.tier) || neededBy(resource, name))
    .map(([name]) => name)
    .concat('id');
  const { rows } =
    await sql<Values>`select ${sql.join(columnsOf(ctx, resource, 't', wanted))}, case when ${visible(ctx, resource, 'read', 't')} then 1 else 0 end as readable
    from ${named(resource.table)} as t where t.id in (${sql.join(ids)}) order by ${column('t', sort)}, t.id`.execute(ctx.db);
  const readable = rows.filter((row) => Number(row['readable']) === 1).map((row) => decodeRow(resource, row));
  const inner = await hydrate(ctx, resource, readable, { hydrate: false, nested: true });
  const shown = new Map(readable.map((row) => [row['id'] as string, present(resource, row, { hydrate: false, nested: true, related: inner.get(row['id'] as string)! })]));
  return new Map(rows.map((row) => [row['id'] as string, shown.get(row['id'] as string) ?? shell(resource, row['id'] as string)]));
};

const neededBy = (resource: Resource, column: string): boolean =>
  Object.values(resource.relations ?? {}).some((relation) => relation.kind === 'one' && relation.tier === 'body' && relation.by === column);
