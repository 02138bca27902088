// Tokens with which a browser fetches one thing by its address alone (wire.md 3.10): half a minute, one thing, one purpose.
import type { App } from '../app.ts';
import { localActor } from '../local_actor.ts';
import { later, newId, type Context } from '../kernel/context.ts';
import { SignInNeeded } from '../kernel/errors.ts';
import { heritage, whoseSession } from './sessions.ts';
import { hashToken, looksLike, newToken } from './tokens.ts';

const SECONDS = 30;
export type Download = 'artifact_data' | 'snapshot_code';

/** A token for one thing, inside the caller's transaction. It dies with the session that asked for it. */
export const issueDownload = async (ctx: Context, purpose: Download, target_id: string): Promise<string> => {
  await heritage(ctx);
  const token = newToken('download');
  await ctx.db.deleteFrom('download').where('expires', '<', ctx.now).execute();
  await ctx.db
    .insertInto('download')
    .values({
      id: newId(),
      created: ctx.now,
      token_hash: hashToken('download', token),
      purpose,
      target_id,
      user_id: ctx.actor.id,
      session_id: ctx.actor.session_id,
      expires: later(ctx.now, SECONDS),
    })
    .execute();
  return token;
};

/** The request as made by whoever got the token, with the rights that he holds now. Throws SignInNeeded, in the same words whatever is wrong. */
export const redeemDownload = async (ctx: Context, app: App, purpose: Download, target_id: string, token: string): Promise<Context> => {
  const row = !looksLike('download', token)
    ? undefined
    : await ctx.db
        .selectFrom('download')
        .selectAll()
        .where('token_hash', '=', hashToken('download', token))
        .where('purpose', '=', purpose)
        .where('target_id', '=', target_id)
        .where('expires', '>', ctx.now)
        .executeTakeFirst();
  const local = app.local && row?.['session_id'] === null;
  const actor = row === undefined ? null : local ? localActor : ((await whoseSession(ctx, row['session_id'] as string | null))?.actor ?? null);
  if (actor === null || (!local && actor.id !== row!['user_id']))
    throw new SignInNeeded('The download token is not good for this, or it is more than half a minute old; ask for another one');
  return { ...ctx, actor };
};
