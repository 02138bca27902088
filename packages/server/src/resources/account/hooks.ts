// What must hold when an account is made, changed or removed.
import { sql } from 'kysely';
import { keepAnAdministrator, mustHoldAllOf, principalsOf } from '../../access/holding.ts';
import { setAdmin } from '../../access/assign.ts';
import { handOver, owned } from '../../access/owned.ts';
import { endSessions } from '../../auth/sessions.ts';
import { aside, touchGrants } from '../../kernel/audit.ts';
import type { Context } from '../../kernel/context.ts';
import { Invalid, NotAllowed } from '../../kernel/errors.ts';
import { must } from '../../kernel/find.ts';
import { refuse } from '../../kernel/refusal.ts';
import type { Values } from '../../kernel/resource.ts';
import { holds } from '../../kernel/visible.ts';
import { judgeEmail, judgeName, nameKey } from './names.ts';

/** Columns of a new account; roles and teams follow in people.ts. */
export const hookedCreate = (_ctx: Context, input: Values): Values => {
  judgeName(input['name'], input['email']);
  judgeEmail(input['email']);
  return {
    name_key: nameKey(input['name']),
    status: input['status'] ?? 'active',
    description: input['description'] ?? '',
    user_metadata: input['user_metadata'] ?? {},
    email: input['email'] || null,
    password_hash: input['password_hash'] ?? null,
  };
};

export const beforeAccountUpdate = async (ctx: Context, row: Values, input: Values): Promise<Values> => {
  const self = row['id'] === ctx.actor.id;
  if (input['password'] !== undefined && input['password'] !== null)
    throw new NotAllowed(self ? 'A password is changed under /current-user, with the old one' : 'Nobody sets another person’s password; send a reset link instead');
  const email = input['email'] === '' ? null : input['email'];
  if (input['name'] !== undefined || email !== undefined) judgeName(input['name'] ?? row['name'], email === undefined ? row['email'] : email);
  judgeEmail(email);
  if (input['email_opted_in'] === true && !(email ?? row['email'])) throw new Invalid('Opting in to e-mail needs an e-mail address');
  // Another person's identity may only be changed by somebody who holds at least as much.
  const identity = ['name', 'email'].some((key) => input[key] !== undefined && input[key] !== row[key]);
  if (!self && identity) await mustHoldAllOf(ctx, await principalsOf(ctx, row['id']), `change who '${row['name']}' is`);
  const status = input['active'] === undefined || input['active'] === null ? undefined : input['active'] ? 'active' : 'inactive';
  if (status !== undefined && status !== row['status']) await judgeStatus(ctx, row, status);
  return {
    ...(input['name'] === undefined ? {} : { name_key: nameKey(input['name']) }),
    ...(input['email'] === undefined ? {} : { email }),
    ...(status === undefined ? {} : { status }),
  };
};

/** Throws unless the actor may make this account active or inactive. */
const judgeStatus = async (ctx: Context, row: Values, status: 'active' | 'inactive'): Promise<void> => {
  const permission = `${row['is_service_account'] ? 'service_account' : 'user'}:manage`;
  if (row['id'] === ctx.actor.id) throw new NotAllowed('Nobody deactivates himself; ask another administrator');
  if (!holds(ctx, permission, null)) throw await refuse(ctx, permission, `${status === 'active' ? 'reactivate' : 'deactivate'} '${row['name']}'`);
  if (status === 'active' && row['status'] === 'pending') throw new NotAllowed('This person has not signed up yet; renew the invitation instead');
  if (status === 'active') await mustHoldAllOf(ctx, await principalsOf(ctx, row['id']), `reactivate '${row['name']}'`);
};

export const afterAccountUpdate = async (ctx: Context, row: Values, input: Values): Promise<void> => {
  const admin = input['is_admin'];
  if (admin !== undefined && admin !== null && !row['is_service_account'] && admin !== row['is_admin']) await setAdmin(ctx, row['id'], admin);
  if (input['active'] === undefined || input['active'] === null) return;
  await touchGrants(ctx);
  if (input['active'] === false) await silence(ctx, row['id']);
};

/** An account that may no longer act: sessions end, links die, an administrator must remain. */
export const silence = async (ctx: Context, account_id: string): Promise<void> => {
  await endSessions(ctx, account_id);
  await sql`update invitation set revoked_at = ${ctx.now} where user_id = ${account_id} and consumed_at is null and revoked_at is null`.execute(ctx.db);
  await keepAnAdministrator(ctx);
};

export const beforeAccountRemove = async (ctx: Context, row: Values, query: Values): Promise<void> => {
  if (row['id'] === ctx.actor.id) throw new NotAllowed('Nobody removes himself; ask another administrator');
  const things = await owned(ctx, row['id']);
  const heir = query['hand_over_to'] as string | undefined;
  const count = things.reduce((sum, thing) => sum + thing.count, 0);
  if (heir !== undefined) {
    const to = await must(ctx, ctx.registry.get('account'), heir, 'read', ['id', 'status']);
    if (to['id'] === row['id']) throw new Invalid('hand_over_to must name another account');
    if (to['status'] !== 'active') throw new Invalid(`'${heir}' is not active and cannot take anything over`);
    // An owner may do everything with what he owns: whoever passes that on must hold as much as the one who leaves.
    await mustHoldAllOf(ctx, await principalsOf(ctx, row['id']), `hand over what '${row['name']}' owns`);
    await handOver(ctx, row['id'], to['id']);
    aside(ctx, { hand_over_to: to['id'], owned: things.map(({ type, count: n }) => ({ type, count: n })) });
  } else if (count > 0) {
    throw new NotAllowed(
      `'${row['name']}' owns ${things.map((thing) => `${thing.count} ${thing.label}`).join(', ')}. Name who takes them over (hand_over_to), or deactivate the account instead.`,
    );
  }
  await touchGrants(ctx);
  await ctx.db.updateTable('account').set({ status: 'inactive' }).where('id', '=', row['id']).execute();
  await silence(ctx, row['id']);
};
