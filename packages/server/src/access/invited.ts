// Knows: the latest link of each pending person, without its token.
import { sql } from 'kysely';
import type { Context } from '../kernel/context.ts';
import type { Values } from '../kernel/resource.ts';
import { visible } from '../kernel/visible.ts';

/** State of a link at a moment, in SQL. */
export const linkState = (
  t: string,
  now: string,
) => sql`case when ${sql.ref(`${t}.consumed_at`)} is not null then 'accepted' when ${sql.ref(`${t}.revoked_at`)} is not null then 'revoked'
  when ${sql.ref(`${t}.expires`)} <= ${now} then 'expired' else 'pending' end`;

/** The newest invitation of each account that has not signed up, for those who may see invitations. */
export const openInvitations = async (ctx: Context, accounts: readonly Values[]): Promise<ReadonlyMap<string, unknown>> => {
  const pending = accounts.filter((row) => row['status'] === 'pending').map((row) => row['id'] as string);
  if (pending.length === 0) return new Map();
  const { rows } = await sql<{
    user_id: string;
    id: string;
    expires: string;
    state: string;
  }>`select i.user_id, i.id, i.expires, ${linkState('i', ctx.now)} as state from invitation as i
    where i.user_id in (${sql.join(pending)}) and i.kind = 'invite' and ${visible(ctx, ctx.registry.get('invitation'), 'read', 'i')} order by i.created, i.id`.execute(
    ctx.db,
  );
  return new Map(rows.map((row) => [row.user_id, { id: row.id, expires: row.expires, state: row.state }]));
};
