// The first administrator: made once, by whoever has the link that the server printed when it started.
import { timingSafeEqual } from 'node:crypto';
import Type from 'typebox';
import type { App } from '../app.ts';
import { assignmentRow, account } from '../access/assign.ts';
import { atServer } from '../access/holding.ts';
import { systemActor } from '../kernel/actor.ts';
import { quietly, type Context } from '../kernel/context.ts';
import { Invalid, NotAllowed, SignInNeeded } from '../kernel/errors.ts';
import { operation, open, type Operation, type Values } from '../kernel/resource.ts';
import { insert } from '../kernel/verbs/create.ts';
import { user } from '../resources/account/account.ts';
import { pick } from '../resources/invitation/inviting.ts';
import { loadSettings, saveSettings } from '../services/settings.ts';
import { signIn, wantsCookie } from './answer.ts';
import { hashToken, looksLike, newToken } from './tokens.ts';

const optional = (max: number) => Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], maxLength: max }));
const setup_token = Type.String({ minLength: 1, maxLength: 200 });
const input = Type.Object(
  {
    setup_token,
    username: Type.String({ minLength: 1, maxLength: 255 }),
    password: Type.String({ minLength: 1, maxLength: 4096 }),
    full_name: optional(255),
    email: optional(254),
    server_name: optional(255),
    default_role: optional(255),
  },
  { additionalProperties: false },
);

/** Throws unless the server waits for its first administrator and this is the token it printed last. */
const judge = async (ctx: Context, token: string): Promise<void> => {
  const settings = await loadSettings(ctx.db);
  if (settings.active) throw new NotAllowed('This server is set up already; log in, or ask an administrator to invite you');
  const given = Buffer.from(hashToken('setup', looksLike('setup', token) ? token : ''));
  const wanted = Buffer.from(settings.setup_hash ?? '');
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted))
    throw new SignInNeeded('This set-up link is not valid. Use the one that the server printed when it last started');
};

/** Makes the first administrator and marks the server as set up. Throws NotAllowed where there is one already. */
export const firstAdministrator = async (ctx: Context, given: Values): Promise<Values> => {
  if ((await loadSettings(ctx.db)).active) throw new NotAllowed('This server is set up already');
  const role = await ctx.db
    .selectFrom('role')
    .select(['id', 'name'])
    .where('name', '=', given['default_role'] ?? 'admin')
    .executeTakeFirst();
  if (role === undefined) throw new Invalid(`default_role: there is no role '${given['default_role']}'`);
  const admin = await ctx.db.selectFrom('role').select('id').where('name', '=', 'admin').executeTakeFirstOrThrow();
  const system = { ...quietly(ctx), actor: systemActor('set-up') };
  const row = await insert(
    system,
    {
      ...user,
      hooks: {
        ...user.hooks,
        create: (c, i) => ({ ...(user.hooks!.create!(c, { ...i, password_hash: given['password_hash'] }) as Values), password_changed_at: ctx.now }),
      },
    },
    { name: given['username'], ...pick(given, ['full_name', 'email']) },
  );
  await ctx.db
    .insertInto('role_assignment')
    .values(assignmentRow(system, admin['id'], account(row['id']), atServer, null))
    .execute();
  await saveSettings(ctx, { active: true, setup_hash: null, default_role: role['name'], ...(given['server_name'] ? { server_name: given['server_name'] } : {}) });
  return row;
};

/** A new one-time token for setting up, kept as its hash; every start of a server that waits makes one. Null when it is set up. */
export const newSetupToken = async (ctx: Context): Promise<string | null> => {
  if ((await loadSettings(ctx.db)).active) return null;
  const token = newToken('setup');
  await saveSettings(ctx, { setup_hash: hashToken('setup', token) });
  return token;
};

const audited = (call: { note: (detail: never) => void }, person: Values) =>
  (call.note as (detail: unknown) => void)({
    actor: { ...systemActor('set-up'), id: person['id'], name: person['name'], kind: 'user' },
    target: { type: 'user', id: person['id'], name: person['name'] },
  });

export const setup = (app: App): readonly Operation[] => [
  operation({
    name: 'check_setup',
    method: 'POST',
    path: '/setup/check',
    needs: open('the set-up link is the credential'),
    writes: false,
    input: Type.Object({ setup_token }, { additionalProperties: false }),
    description: 'Whether a set-up link is good.',
    run: async (ctx, call) => {
      await judge(ctx, call.input.setup_token);
      return { body: null };
    },
  }),
  operation({
    name: 'setup',
    tells_once: true,
    method: 'POST',
    path: '/setup',
    needs: open('the set-up link is the credential'),
    writes: true,
    input,
    description: 'Create the first administrator and name the workspace. Once.',
    prepare: async (ctx, given) => {
      await judge(ctx, String(given['setup_token']));
      app.passwords.judge(String(given['password']), [given['username'], given['full_name'], given['email']]);
      return app.passwords.hash(String(given['password']));
    },
    run: async (ctx, call) => {
      await ctx.db
        .updateTable('authz_version')
        .set((eb) => ({ version: eb('version', '+', 1) }))
        .execute();
      await judge(ctx, call.input.setup_token);
      const person = await firstAdministrator(ctx, { ...call.input, password_hash: call.prepared });
      audited(call, person);
      return signIn(ctx, app, person['id'], { cookie: wantsCookie(call.headers), label: 'set-up' });
    },
  }),
  operation({
    name: 'activate_server',
    method: 'PUT',
    path: '/activate',
    needs: open('without the set-up token nothing happens'),
    writes: true,
    input: Type.Object(
      { setup_token: optional(200), admin_username: optional(255), admin_password: optional(4096), server_name: optional(255) },
      { additionalProperties: true },
    ),
    description: 'The wire’s way of setting up; it takes the set-up token too.',
    prepare: async (ctx, given) => {
      await judge(ctx, String(given['setup_token'] ?? ''));
      if (!given['admin_username'] || !given['admin_password']) throw new Invalid('admin_username and admin_password are missing');
      app.passwords.judge(given['admin_password'], [given['admin_username']]);
      return app.passwords.hash(given['admin_password']);
    },
    run: async (ctx, call) => {
      await ctx.db
        .updateTable('authz_version')
        .set((eb) => ({ version: eb('version', '+', 1) }))
        .execute();
      await judge(ctx, String(call.input.setup_token ?? ''));
      const person = await firstAdministrator(ctx, { username: call.input.admin_username, server_name: call.input.server_name, password_hash: call.prepared });
      audited(call, person);
      return { body: null };
    },
  }),
];
