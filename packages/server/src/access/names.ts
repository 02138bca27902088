// Knows: whose names are told along with an assignment.
import { sql, type RawBuilder } from 'kysely';
import type { Context } from '../kernel/context.ts';
import type { Alias } from '../kernel/field.ts';
import { visible } from '../kernel/visible.ts';

/** Assignments that are the caller's own, directly or through a team. */
export const mine = (ctx: Context, t: Alias): RawBuilder<unknown> =>
  sql`(${sql.ref(`${t}.principal_id`)} = ${ctx.actor.id} or ${sql.ref(`${t}.principal_id`)} in (select m.team_id from team_member as m where m.account_id = ${ctx.actor.id}))`;

/** The name of what a column of an assignment points to, for those who may read it; of one's own assignment one knows all. */
export const look =
  (type: string, column: string) =>
  (t: Alias, ctx: Context): RawBuilder<unknown> => {
    const target = ctx.registry.get(type);
    return sql`(select x.name from ${sql.table(target.table)} as x where x.id = ${sql.ref(`${t}.${column}`)} and (${visible(ctx, target, 'read', 'x')} or ${mine(ctx, t)}))`;
  };
