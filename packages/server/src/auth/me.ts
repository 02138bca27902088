// One's own account (wire.md 21).
import Type, { type TSchema } from 'typebox';
import type { App } from '../app.ts';
import { refuse } from '../kernel/refusal.ts';
import { quietly, type Context } from '../kernel/context.ts';
import { Invalid, NotAllowed } from '../kernel/errors.ts';
import { find } from '../kernel/find.ts';
import { operation, signedIn, type Operation, type Resource, type Values } from '../kernel/resource.ts';
import { inputSchema } from '../kernel/schemas.ts';
import { get } from '../kernel/verbs/get.ts';
import { change } from '../kernel/verbs/update.ts';
import { account, user } from '../resources/account/account.ts';
import { endSessions } from './sessions.ts';
import { rightPassword } from './throttle.ts';

/** Users and service accounts alike look like a user here. */
const mine = (ctx: Context): Resource => (ctx.actor.kind === 'service_account' ? account : user);

const changeable = Object.fromEntries(
  Object.entries(inputSchema(user, 'update', () => true).properties as Record<string, TSchema>).filter(([name]) => !['is_admin', 'active'].includes(name)),
);

export const me = (app: App): readonly Operation[] => [
  operation({
    name: 'current_user',
    method: 'GET',
    path: '/current-user',
    needs: signedIn('the predicate decides: me or user:read'),
    writes: false,
    description: 'Who is signed in.',
    run: async (ctx) => {
      if ((await find(ctx, mine(ctx), ctx.actor.id, 'read', ['id'])) === null) throw await refuse(ctx, 'me', 'see your own account');
      return { body: await get(ctx, mine(ctx), ctx.actor.id) };
    },
  }),
  operation({
    name: 'update_current_user',
    method: 'PUT',
    path: '/current-user',
    needs: signedIn('the predicate decides: me or user:update'),
    writes: true,
    input: Type.Object(
      {
        ...changeable,
        is_admin: Type.Optional(Type.Unsafe({})),
        active: Type.Optional(Type.Unsafe({})),
        activation_token: Type.Optional(Type.Unsafe({})),
        oidc_claims: Type.Optional(Type.Unsafe({})),
        external_user_id: Type.Optional(Type.Unsafe({})),
        user: Type.Optional(Type.Unsafe({})),
      },
      { additionalProperties: false },
    ),
    description: 'Change one’s own name, address or password.',
    prepare: async (ctx, input) => newPassword(ctx, app, input),
    // The stock client changes its own password where it changes any account.
    instead: {
      of: 'user',
      when: (ctx, id, given) =>
        Boolean(given['password']) && given['is_admin'] === undefined && given['active'] === undefined && [ctx.actor.id, ctx.actor.name].includes(id),
    },
    run: async (ctx, call) => {
      const given = call.input as Values;
      if ((await find(ctx, mine(ctx), ctx.actor.id, 'update', ['id'])) === null) throw await refuse(ctx, 'me', 'change your own account');
      const fields = Object.fromEntries(Object.entries(given).filter(([name]) => name in changeable && !['password', 'old_password'].includes(name)));
      const before = await ctx.db.selectFrom('account').select(['full_name', 'email', 'name']).where('id', '=', ctx.actor.id).executeTakeFirstOrThrow();
      await change(quietly(ctx), mine(ctx), ctx.actor.id, fields);
      if (call.prepared !== null) {
        await ctx.db.updateTable('account').set({ password_hash: call.prepared, password_changed_at: ctx.now }).where('id', '=', ctx.actor.id).execute();
        // Whoever knew the old password is out; this session stays.
        await endSessions(ctx, ctx.actor.id, { except: ctx.actor.session_id });
      }
      call.note({
        target: { type: 'user', id: ctx.actor.id, name: given['name'] ?? before['name'] },
        changes: {
          ...Object.fromEntries(Object.keys(fields).map((name) => [name, { before: (before as Values)[name] ?? null, after: (fields as Values)[name] ?? null }])),
          ...(call.prepared === null ? {} : { password: { secret: true } }),
        },
      });
      return { body: await get(ctx, mine(ctx), ctx.actor.id) };
    },
  }),
];

/** The hash of a new password, once the old one was right; null where none is asked for. */
const newPassword = async (ctx: Context, app: App, input: Values): Promise<string | null> => {
  if (input['password'] === undefined || input['password'] === null) return null;
  if (ctx.actor.kind !== 'user') throw new NotAllowed('Only people have passwords');
  if (ctx.actor.limit !== null) throw new NotAllowed('A limited token cannot change the password');
  const row = await ctx.db.selectFrom('account').select(['name', 'full_name', 'email', 'password_hash']).where('id', '=', ctx.actor.id).executeTakeFirstOrThrow();
  if (!input['old_password']) throw new NotAllowed('Changing the password needs the old one (old_password)');
  if (!(await rightPassword(ctx, app, row['name'], input['old_password'], row['password_hash']))) throw new NotAllowed('The old password is wrong');
  app.passwords.judge(input['password'], [row['name'], row['full_name'], row['email']]);
  if (input['password'] === input['old_password']) throw new Invalid('The new password is the old one');
  return app.passwords.hash(input['password']);
};
