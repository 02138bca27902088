import { sql } from 'kysely';
import { about, record, recordDenial } from '../audit.ts';
import { inTransaction, type Context } from '../context.ts';
import { NotAllowed } from '../errors.ts';
import { column, named } from '../names.ts';
import { decodeRow } from '../present.ts';
import { authorize } from '../refusal.ts';
import type { Resource, Values } from '../resource.ts';
import { visible } from '../visible.ts';

/** With a thing goes what lies in it or is judged by it. True where something private is among that which the caller may not remove himself. */
export const holdsOthers = async (ctx: Context, resource: Resource, row: Values): Promise<boolean> => {
  for (const inner of ctx.registry.resources) {
    const secret = inner.fields['private'] === undefined ? null : sql`${column('t', 'private')} = 1`;
    const placed = inner.access.scope === 'project' && inner.fields['project_id']?.ref === resource.type ? ['project_id'] : [];
    const judged = (inner.access.parents ?? []).filter((parent) => parent.type === resource.type);
    const apart = judged.flatMap((parent) => (parent.unless_set === undefined ? [] : [[parent.by, sql`${column('t', parent.unless_set)} is not null`] as const]));
    const { maker_where } = inner.access;
    const own =
      maker_where !== undefined && inner.fields['project_id']?.ref === resource.type ? [['project_id', sql`${column('t', maker_where)} is not null`] as const] : [];
    const shut = [...placed, ...judged.map((parent) => parent.by)].flatMap((by) => (secret === null ? [] : [[by, secret] as const]));
    for (const [by, hidden] of [...shut, ...own, ...apart]) {
      const { rows } =
        await sql`select 1 from ${named(inner.table)} as t where ${column('t', by)} = ${row['id']} and ${hidden} and not ${visible(ctx, inner, 'delete', 't')} limit 1`.execute(
          ctx.db,
        );
      if (rows.length > 0) return true;
    }
  }
  return false;
};
/** Why such a thing stays. */
export const othersInside = (resource: Resource): string =>
  `The ${resource.label} holds private things of others, which you may not remove. Their owners would have to remove them first, or be removed themselves and their things handed over.`;

/** Removes one thing. Throws NotFound, NotAllowed (also where its state forbids it). Answers null, as the wire does. */
export const remove = async (ctx: Context, resource: Resource, id_or_name: string, query: Values = {}): Promise<null> => {
  try {
    return await inTransaction(ctx, async (inside) => {
      const row = decodeRow(resource, await authorize(inside, resource, id_or_name, 'delete'));
      if (await holdsOthers(inside, resource, row)) throw new NotAllowed(othersInside(resource));
      await resource.hooks?.remove?.(inside, row, query);
      await inside.db.deleteFrom(resource.table).where('id', '=', row['id']).execute();
      await record(inside, { action: 'delete', ...about(resource, row) });
      return null;
    });
  } catch (error) {
    if (error instanceof NotAllowed) await recordDenial(ctx, { action: 'delete', target_type: resource.type, target_id: id_or_name }, error);
    throw error;
  }
};
