// Knows: one-time links: made once, told once, kept as a hash, good for one person, one purpose and a limited time.
import { sql } from 'kysely';
import type { App } from '../../app.ts';
import { hashToken, newToken } from '../../auth/tokens.ts';
import { later, newId, type Context } from '../../kernel/context.ts';
import { Invalid } from '../../kernel/errors.ts';
import { loadSettings } from '../../services/settings.ts';

/** To sign up, to set a new password, or to set one and be active again. */
export type LinkKind = 'invite' | 'reset' | 'reactivate';
export interface Link {
  readonly id: string;
  readonly token: string;
  readonly url: string;
  readonly expires: string;
}

const HOUR = 3600;

/** Life of a link in seconds: as asked, or the server's default. Throws Invalid beyond the longest allowed. */
export const lifetime = async (ctx: Context, app: App, asked: number | null | undefined): Promise<number> => {
  const most = app.config.invitation_max_hours * HOUR;
  if (asked === null || asked === undefined) return Math.min((await loadSettings(ctx.db)).invitation_hours * HOUR, most);
  if (asked > most) throw new Invalid(`A link may hold for at most ${app.config.invitation_max_hours} hours`);
  return asked;
};

/** Makes a link for an account; every earlier one for it is dead from then on. Built from the configured address alone. */
export const makeLink = async (ctx: Context, app: App, kind: LinkKind, user_id: string, seconds: number, note: string | null = null): Promise<Link> => {
  // Of two links made at the same moment the later one must see the earlier one, to end it.
  if (ctx.database.dialect === 'postgres') await sql`select id from account where id = ${user_id} for update`.execute(ctx.db);
  await sql`update invitation set revoked_at = ${ctx.now} where user_id = ${user_id} and consumed_at is null and revoked_at is null`.execute(ctx.db);
  const token = newToken('invite');
  const [id, expires] = [newId(), later(ctx.now, seconds)];
  await ctx.db
    .insertInto('invitation')
    .values({
      id,
      created: ctx.now,
      updated: ctx.now,
      user_id,
      kind,
      token_hash: hashToken('invite', token),
      expires,
      consumed_at: null,
      revoked_at: null,
      invited_by: ctx.actor.id === '' ? null : ctx.actor.id,
      note,
    })
    .execute();
  return { id, token, url: `${app.publicUrl()}/signup#token=${token}`, expires };
};
