// Knows: which things point to which: by a column of their own, or by a table between them.
import { sql, type RawBuilder } from 'kysely';
import type { Context } from '../../kernel/context.ts';
import type { Resource } from '../../kernel/resource.ts';

/** Tables in which things are tied to others that they are made of. */
const BETWEEN = [
  { from: 'stack', to: 'stack_component', table: 'stack_composition', own: 'stack_id', other: 'component_id' },
  { from: 'stack', to: 'secret', table: 'stack_secret', own: 'stack_id', other: 'secret_id' },
  { from: 'stack_component', to: 'secret', table: 'stack_component_secret', own: 'stack_component_id', other: 'secret_id' },
] as const;

/** Columns of a resource that hold the id of a thing that can be shared, with its type. */
const columnsOf = (ctx: Context, resource: Resource): readonly (readonly [string, string])[] => {
  const fields = Object.entries(resource.fields).flatMap(([column, field]) =>
    field.ref === undefined || field.value !== undefined ? [] : [[column, field.ref] as const],
  );
  const relations = Object.values(resource.relations ?? {}).flatMap((relation) =>
    relation.kind === 'one' && relation.by !== undefined ? [[relation.by, relation.type] as const] : [],
  );
  const all = [...fields, ...relations].filter(([, type]) => ctx.registry.has(type) && ctx.registry.get(type).access.share);
  return [...new Map(all.map((pair) => [pair.join(' '), pair])).values()];
};

/** The conditions under which a row of another resource, under the alias `t`, points to a thing. */
export const pointingTo = (ctx: Context, target: Resource, id: string): readonly (readonly [Resource, RawBuilder<unknown>])[] =>
  ctx.registry.resources
    .filter((other) => other.access.owner !== null && other.group !== 'people')
    .flatMap((other) => {
      const columns = columnsOf(ctx, other).filter(([, type]) => type === target.type);
      const tables = BETWEEN.filter((tie) => tie.from === other.type && tie.to === target.type);
      return [
        ...columns.map(([column]) => [other, sql`${sql.ref(`t.${column}`)} = ${id}`] as const),
        ...tables.map(
          (tie) => [other, sql`t.id in (select ${sql.ref(`l.${tie.own}`)} from ${sql.table(tie.table)} as l where ${sql.ref(`l.${tie.other}`)} = ${id})`] as const,
        ),
      ];
    });

/** The types and ids of what a row points to. */
export const pointedAt = async (
  ctx: Context,
  resource: Resource,
  row: Readonly<Record<string, unknown>>,
): Promise<readonly { readonly resource: Resource; readonly id: string }[]> => {
  const found: { resource: Resource; id: string }[] = [];
  for (const tie of BETWEEN.filter((one) => one.from === resource.type)) {
    const { rows } = await sql<{
      id: string;
    }>`select ${sql.ref(`l.${tie.other}`)} as id from ${sql.table(tie.table)} as l where ${sql.ref(`l.${tie.own}`)} = ${row['id']}`.execute(ctx.db);
    for (const { id } of rows) found.push({ resource: ctx.registry.get(tie.to), id });
  }
  for (const [column, type] of columnsOf(ctx, resource)) if (typeof row[column] === 'string') found.push({ resource: ctx.registry.get(type), id: row[column] });
  return found;
};
