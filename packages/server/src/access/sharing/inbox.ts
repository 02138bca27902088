// Knows: how much waits for somebody: requests that he may answer, notices that he has not put away.
import { sql } from 'kysely';
import type { Context } from '../../kernel/context.ts';
import { visible } from '../../kernel/visible.ts';

/** Counts of what waits for the caller, in one statement. */
export const waitingFor = async (ctx: Context): Promise<{ readonly requests: number; readonly notices: number }> => {
  if (ctx.actor.id === '') return { requests: 0, notices: 0 };
  const request = ctx.registry.get('access_request');
  const notice = ctx.registry.get('notice');
  const { rows } = await sql<{ requests: number; notices: number }>`select
    (select count(*) from access_request as t where t.user_id <> ${ctx.actor.id} and t.decided is null and t.expires > ${ctx.now} and ${visible(ctx, request, 'read', 't')}) as requests,
    (select count(*) from notice as t where ${visible(ctx, notice, 'read', 't')}) as notices`.execute(ctx.db);
  return { requests: Number(rows[0]!.requests), notices: Number(rows[0]!.notices) };
};
