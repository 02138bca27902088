// Knows: how a row that is about one thing is judged by that thing.
import { sql } from 'kysely';
import type { Context } from '../../kernel/context.ts';
import type { Alias } from '../../kernel/field.ts';
import { anyOf, branches, type Condition } from '../../kernel/visible.ts';

/** The condition that the actor may share the thing whose type and id stand in these columns; null where he may share nothing. */
export const mayShare = (ctx: Context, t: Alias, type: string, id: string): Condition | null => {
  const things = ctx.registry.resources
    .filter((resource) => resource.access.share && branches(ctx, resource, 'share', 'x').length > 0)
    .map(
      (resource) =>
        sql`(${sql.ref(`${t}.${type}`)} = ${resource.type} and exists (select 1 from ${sql.table(resource.table)} as x where x.id = ${sql.ref(`${t}.${id}`)} and ${anyOf(branches(ctx, resource, 'share', 'x'))}))`,
    );
  return things.length === 0 ? null : sql.join(things, sql` or `);
};
