// Knows: what a successful log-in answers (wire.md 3.4), with a cookie for browsers that ask for one.
import type { App } from '../app.ts';
import type { Context } from '../kernel/context.ts';
import type { Reply } from '../kernel/resource.ts';
import { issue, type SessionKind, type SessionOptions } from './sessions.ts';

export const wantsCookie = (headers: Readonly<Record<string, string | undefined>>): boolean => headers['x-zendo-session'] === 'cookie';

/** The wire's token answer. */
const tokenAnswer = (access_token: string, expires_in: number | null, device_id: string | null = null): Record<string, unknown> => ({
  access_token,
  token_type: 'bearer',
  expires_in,
  refresh_token: null,
  csrf_token: null,
  scope: null,
  device_id,
  device_metadata: null,
});

/** Opens a session inside the caller's transaction: a cookie that scripts cannot read, or a bearer token. */
export const signIn = async (ctx: Context, app: App, account_id: string, options: { cookie: boolean; kind?: SessionKind } & SessionOptions): Promise<Reply> => {
  const { cookie, kind, ...rest } = options;
  const hours = rest.hours === undefined ? (cookie ? app.config.browser_hours : app.config.access_hours) : rest.hours;
  const issued = await issue(ctx, account_id, kind ?? (cookie ? 'browser' : 'access'), { ...rest, hours });
  await ctx.db.updateTable('account').set({ last_seen: ctx.now }).where('id', '=', account_id).execute();
  await ctx.db.deleteFrom('session').where('expires', '<=', ctx.now).where('user_id', '=', account_id).execute();
  return cookie
    ? { body: tokenAnswer('', issued.expires_in), cookie: { token: issued.token, expires: issued.expires } }
    : { body: tokenAnswer(issued.token, issued.expires_in, rest.device_id ?? null) };
};
