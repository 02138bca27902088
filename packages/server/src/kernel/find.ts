// Knows: how one row is found by id or name, and only by those who may. Must not know: any resource.
import { sql, type RawBuilder } from 'kysely';
import type { Context } from './context.ts';
import { NotFound } from './errors.ts';
import type { Alias } from './field.ts';
import { canonicalUuid } from './filter.ts';
import { column, columns, named } from './names.ts';
import type { Resource, Values } from './resource.ts';
import { always, and, branches, anyOf, onlyOwn, visible, type Condition } from './visible.ts';

export { onlyOwn };

/** The stored columns of a resource, and those that SQL computes, as select expressions; `wanted` narrows them. */
export const columnsOf = (ctx: Context, resource: Resource, t: Alias, wanted?: readonly string[]): RawBuilder<unknown>[] => {
  const names = ['id', ...Object.keys(resource.fields)].filter((name) => wanted === undefined || wanted.includes(name));
  const stored = names.filter((name) => resource.fields[name]?.value === undefined && resource.fields[name]?.needs === undefined);
  const judged = names.filter((name) => !stored.includes(name)).map((name) => sql`${valueOf(ctx, resource, name, t)} as ${named(name)}`);
  return stored.length === 0 ? judged : [columns(t, stored), ...judged];
};

/** A field's value in SQL, null where the caller may not see it: the same for showing, filtering and sorting. */
export const valueOf = (ctx: Context, resource: Resource, name: string, t: Alias): RawBuilder<unknown> => {
  const field = resource.fields[name];
  const plain = field?.value === undefined ? column(t, name) : field.value(t, ctx);
  if (field?.needs === undefined) return plain;
  const list = branches(ctx, resource, field.needs, t);
  // One's own value is one's own, also where reading everybody makes that branch superfluous.
  const self = resource.access.self === undefined ? [] : branches(ctx, resource, 'read', t, { every: true }).filter((branch) => branch.kind === 'self');
  const condition = anyOf([...list, ...self]);
  return list.some((branch) => branch.where === always) ? plain : sql`case when ${condition} then ${plain} end`;
};

/**
 * One row by id, or by name where the resource allows it; null when it is not there or the actor may not do `action` on it.
 * `lock` keeps others from changing it until the transaction ends.
 */
export const find = async (
  ctx: Context,
  resource: Resource,
  id_or_name: string,
  action: string,
  wanted?: readonly string[],
  options: { lock?: boolean; extra?: readonly RawBuilder<unknown>[] } = {},
): Promise<Values | null> => {
  const uuid = canonicalUuid(id_or_name);
  const lookup = async (condition: Condition): Promise<Values | undefined> => {
    const lock = options.lock === true && ctx.database.dialect === 'postgres' ? sql` for update of t` : sql``;
    const { rows } = await sql<Values>`select ${sql.join([...columnsOf(ctx, resource, 't', wanted), ...(options.extra ?? [])])} from ${named(resource.table)} as t
      where ${and(condition, onlyOwn(resource, 't'), visible(ctx, resource, action, 't'))}${lock}`.execute(ctx.db);
    return rows[0];
  };
  const byId = uuid === null ? undefined : await lookup(sql`t.id = ${uuid}`);
  if (byId !== undefined || resource.by_name !== true || id_or_name.includes('\0')) return byId ?? null;
  return (await lookup(sql`t.name = ${id_or_name}`)) ?? null;
};

/** The same, but throws NotFound where there is nothing to be seen: always the same words for missing and for hidden. */
export const must = async (ctx: Context, resource: Resource, id_or_name: string, action = 'read', wanted?: readonly string[]): Promise<Values> => {
  const row = await find(ctx, resource, id_or_name, action, wanted);
  if (row === null) throw new NotFound(`There is no ${resource.label} '${id_or_name}', or you may not see it`);
  return row;
};
