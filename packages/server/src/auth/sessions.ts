// Knows: what a bearer token or a cookie stands for. A token says who, never what: rights are read at each request.
import { loadActor } from '../access/grants.ts';
import type { Actor } from '../kernel/actor.ts';
import { later, newId, secondsBetween, type Context } from '../kernel/context.ts';
import { SignInNeeded } from '../kernel/errors.ts';
import { hashToken, looksLike, newToken, unwrapKey } from './tokens.ts';
import type { Values } from '../kernel/resource.ts';

export type SessionKind = 'browser' | 'access' | 'device' | 'workload' | 'personal';
export interface Issued {
  readonly id: string;
  readonly token: string;
  readonly expires: string | null;
  readonly expires_in: number | null;
}
export interface SessionOptions {
  readonly label?: string;
  readonly hours?: number | null;
  readonly permissions?: readonly string[] | null;
  readonly device_id?: string | null;
  readonly api_key_id?: string | null;
  readonly claims?: Readonly<Record<string, unknown>> | null;
}

/** A new session for an account, inside the caller's transaction. The token is in the answer and nowhere else. */
export const issue = async (ctx: Context, account_id: string, kind: SessionKind, options: SessionOptions = {}): Promise<Issued> => {
  const token = newToken('session');
  const id = newId();
  const expires = options.hours === null || options.hours === undefined ? null : later(ctx.now, options.hours * 3600);
  await ctx.db
    .insertInto('session')
    .values({
      id,
      created: ctx.now,
      updated: ctx.now,
      user_id: account_id,
      kind,
      label: options.label ?? '',
      token_hash: hashToken('session', token),
      expires,
      last_used: ctx.now,
      ip: ctx.request.ip,
      user_agent: ctx.request.user_agent.slice(0, 255),
      permissions: options.permissions === null || options.permissions === undefined ? null : JSON.stringify(options.permissions),
      device_id: options.device_id ?? null,
      api_key_id: options.api_key_id ?? null,
      claims: options.claims ? JSON.stringify(options.claims) : null,
    })
    .execute();
  return { id, token, expires, expires_in: expires === null ? null : Math.round(secondsBetween(ctx.now, expires)) };
};

/** Ends sessions of an account: all of them, or all but one. */
export const endSessions = async (ctx: Context, account_id: string, options: { except?: string | null; kinds?: readonly SessionKind[] } = {}): Promise<void> => {
  let query = ctx.db.deleteFrom('session').where('user_id', '=', account_id);
  if (options.except) query = query.where('id', '<>', options.except);
  if (options.kinds !== undefined) query = query.where('kind', 'in', options.kinds);
  await query.execute();
  // A device that was let in but has not come for its token must not come any more.
  if (options.kinds === undefined)
    await ctx.db.updateTable('device').set({ status: 'locked', updated: ctx.now }).where('user_id', '=', account_id).where('status', '=', 'verified').execute();
};

/** Who a token stands for: null for one that is unknown, expired, of a device that is locked, or of somebody who is not active. */
export const whoHolds = async (ctx: Pick<Context, 'db' | 'now'>, token: string): Promise<{ actor: Actor; last_used: string | null } | null> => {
  const key = unwrapKey(token);
  if (key !== null) return byKey(ctx, key);
  if (!looksLike('session', token)) return null;
  return standing(ctx, await ctx.db.selectFrom('session').selectAll().where('token_hash', '=', hashToken('session', token)).executeTakeFirst());
};
/** Who a session of this id stands for, by the same rules. */
export const whoseSession = async (ctx: Pick<Context, 'db' | 'now'>, id: string | null): Promise<{ actor: Actor; last_used: string | null } | null> =>
  standing(ctx, id === null ? undefined : await ctx.db.selectFrom('session').selectAll().where('id', '=', id).executeTakeFirst());
const standing = async (ctx: Pick<Context, 'db' | 'now'>, row: Values | undefined): Promise<{ actor: Actor; last_used: string | null } | null> => {
  if (row === undefined || (row['expires'] !== null && row['expires'] <= ctx.now) || !(await stillStands(ctx, row))) return null;
  const limit = row['permissions'] === null ? null : new Set(JSON.parse(row['permissions']) as string[]);
  const actor = await loadActor(ctx.db, row['user_id'], ctx.now, { via: row['kind'], session_id: row['id'], limit });
  return actor === null ? null : { actor, last_used: row['last_used'] };
};

/** What a new token takes over from the session that asks for it, so that it dies of whatever that one dies of. */
export interface Heritage {
  readonly kind: SessionKind | null;
  readonly expires: string | null;
  readonly device_id: string | null;
  readonly api_key_id: string | null;
  readonly claims: Readonly<Record<string, unknown>> | null;
  readonly permissions: readonly string[] | null;
}
/** The heritage of the caller's session. Throws SignInNeeded for a bare API key, which stands for no session. */
export const heritage = async (ctx: Context): Promise<Heritage> => {
  if (ctx.actor.via === 'api_key') throw new SignInNeeded('Log in with the API key first; the key itself cannot ask for tokens');
  const row =
    ctx.actor.session_id === null
      ? undefined
      : await ctx.db.selectFrom('session').select(['kind', 'device_id', 'api_key_id', 'expires', 'claims']).where('id', '=', ctx.actor.session_id).executeTakeFirst();
  return {
    kind: row?.['kind'] ?? null,
    expires: row?.['expires'] ?? null,
    device_id: row?.['device_id'] ?? null,
    api_key_id: row?.['api_key_id'] ?? null,
    claims: row?.['claims'] == null ? null : JSON.parse(row['claims']),
    permissions: ctx.actor.limit === null ? null : [...ctx.actor.limit],
  };
};

/** What a session was made from must still be good: its device unlocked, its API key in use, its schedule active, its deployment there, its run not long over. */
const stillStands = async (ctx: Pick<Context, 'db' | 'now'>, row: Values): Promise<boolean> => {
  if (row['api_key_id'] !== null) {
    const key = await ctx.db.selectFrom('api_key').select('active').where('id', '=', row['api_key_id']).executeTakeFirst();
    if (key === undefined || Number(key['active']) !== 1) return false;
  }
  if (row['device_id'] !== null) {
    const device = await ctx.db.selectFrom('device').select(['status', 'user_id']).where('id', '=', row['device_id']).executeTakeFirst();
    if (device === undefined || device['status'] !== 'active' || device['user_id'] !== row['user_id']) return false;
  }
  if (row['claims'] === null) return true;
  const { pipeline_run_id, schedule_id, deployment_id } = JSON.parse(row['claims']) as { pipeline_run_id?: string; schedule_id?: string; deployment_id?: string };
  if (deployment_id !== undefined) return (await ctx.db.selectFrom('deployment').select('id').where('id', '=', deployment_id).executeTakeFirst()) !== undefined;
  if (schedule_id !== undefined) {
    const schedule = await ctx.db.selectFrom('schedule').select('active').where('id', '=', schedule_id).executeTakeFirst();
    if (schedule === undefined || Number(schedule['active']) !== 1) return false;
  }
  if (pipeline_run_id === undefined) return true;
  const run = await ctx.db.selectFrom('pipeline_run').select(['in_progress', 'end_time']).where('id', '=', pipeline_run_id).executeTakeFirst();
  return run !== undefined && (Number(run['in_progress']) === 1 || run['end_time'] === null || secondsBetween(run['end_time'], ctx.now) < 3600);
};

/** The service account behind an API key; a rotated key counts until its time of grace is over. */
export const keyRow = async (ctx: Pick<Context, 'db' | 'now'>, key: { readonly id: string; readonly key: string }): Promise<Values | null> => {
  const hash = hashToken('key', key.key);
  const row = await ctx.db.selectFrom('api_key').selectAll().where('id', '=', key.id).executeTakeFirst();
  if (row === undefined || Number(row['active']) !== 1) return null;
  const previous = row['previous_hash'] === hash && row['previous_until'] !== null && row['previous_until'] > ctx.now;
  return row['key_hash'] === hash || previous ? row : null;
};
const byKey = async (
  ctx: Pick<Context, 'db' | 'now'>,
  key: { readonly id: string; readonly key: string },
): Promise<{ actor: Actor; last_used: string | null } | null> => {
  const row = await keyRow(ctx, key);
  if (row === null) return null;
  const actor = await loadActor(ctx.db, row['service_account_id'], ctx.now, { via: 'api_key' });
  return actor === null ? null : { actor, last_used: null };
};

const FRESH_SECONDS = 300;
/** Notes that a session was used, at most every five minutes; nothing waits for it. */
export const noteUse = async (ctx: Context, last_used: string | null): Promise<void> => {
  if (ctx.actor.session_id === null || (last_used !== null && secondsBetween(last_used, ctx.now) < FRESH_SECONDS)) return;
  await ctx.database.transaction(async (tx) => {
    await tx.updateTable('session').set({ last_used: ctx.now, ip: ctx.request.ip }).where('id', '=', ctx.actor.session_id).execute();
    await tx.updateTable('account').set({ last_seen: ctx.now }).where('id', '=', ctx.actor.id).execute();
  });
};
