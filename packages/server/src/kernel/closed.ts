// Knows: whether a row is closed to those who read the audit log, because it or what judges it is private. Must not know: any resource.
import { sql } from 'kysely';
import type { Context } from './context.ts';
import { columns, named } from './names.ts';
import type { Resource, Values } from './resource.ts';

export const isPrivate = (row: Values | null): boolean => row !== null && (row['private'] === true || row['private'] === 1);

/** Parents by which a row is closed. Where roles count on the row itself, its own privacy alone decides. */
const judges = (resource: Resource) => (resource.access.scope === 'parent' ? (resource.access.parents ?? []) : []);
const canBeClosed = (resource: Resource): boolean => resource.fields['private'] !== undefined || judges(resource).length > 0;

/** As much of a row as tells whether it is closed; null where it is not there. */
const glance = async (ctx: Context, resource: Resource, id: string): Promise<Values | null> => {
  const wanted = new Set([
    'id',
    ...(resource.fields['private'] === undefined ? [] : ['private']),
    ...judges(resource).flatMap((parent) => [parent.by, parent.unless_set ?? parent.by]),
  ]);
  const { rows } = await sql<Values>`select ${columns('t', [...wanted])} from ${named(resource.table)} as t where t.id = ${id}`.execute(ctx.db);
  return rows[0] ?? null;
};

/** Is the row private, or judged by nothing but what is? What its declared judges leave to its maker, since it names none of them, is closed too. */
export const closed = async (ctx: Context, resource: Resource, row: Values): Promise<boolean> => {
  if (isPrivate(row)) return true;
  if (judges(resource).length === 0) return false;
  for (const parent of judges(resource)) {
    if (parent.unless_set !== undefined && typeof row[parent.unless_set] === 'string') continue;
    const id: unknown = row[parent.by];
    if (typeof id === 'string' && !(await closedById(ctx, ctx.registry.get(parent.type), id))) return false;
  }
  return true;
};

/** The same for a row by its id. One that is gone is closed: nobody can say any more that it was not. */
export const closedById = async (ctx: Context, resource: Resource, id: string): Promise<boolean> => {
  if (!canBeClosed(resource)) return false;
  const row = await glance(ctx, resource, id);
  return row === null || closed(ctx, resource, row);
};
