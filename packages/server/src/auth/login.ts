// Logging in and out (wire.md 3.4).
import Type from 'typebox';
import type { App } from '../app.ts';
import { systemActor } from '../kernel/actor.ts';
import { secondsBetween, type Context } from '../kernel/context.ts';
import { Refused, SignInNeeded } from '../kernel/errors.ts';
import { operation, open, type Call, type Operation, type Reply, type Values } from '../kernel/resource.ts';
import { nameKey } from '../resources/account/names.ts';
import { signIn, wantsCookie } from './answer.ts';
import { deviceGrant } from './device_flow.ts';
import { keyRow } from './sessions.ts';
import { rightPassword } from './throttle.ts';
import { hashToken, unwrapKey } from './tokens.ts';

const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code';
const WRONG = 'The user name or the password is wrong';
const field = Type.Optional(Type.String({ maxLength: 4096 }));
const form = Type.Object({ grant_type: field, username: field, password: field, client_id: field, device_code: field, device_id: field }, { additionalProperties: true });

/** The account with this name and password. The same work and the same words whether or not there is one. */
const byPassword = async (ctx: Context, app: App, name: string, password: string): Promise<Values> => {
  const row = await ctx.database.read
    .selectFrom('account')
    .select(['id', 'name', 'password_hash', 'status'])
    .where('name_key', '=', nameKey(name))
    .where('is_service_account', '=', 0)
    .executeTakeFirst();
  const usable = row !== undefined && row['status'] === 'active' ? (row['password_hash'] as string | null) : null;
  if (!(await rightPassword(ctx, app, name, password, usable)) || row === undefined) throw new SignInNeeded(WRONG);
  return row;
};

type Form = Readonly<Record<'grant_type' | 'username' | 'password' | 'client_id' | 'device_code', string | undefined>>;
const grantOf = (given: Form): string => {
  if (given.grant_type) return given.grant_type;
  if (given.device_code) return DEVICE;
  return given.username ? 'password' : 'zenml-api-key';
};

export const login = (app: App): readonly Operation[] => [
  operation({
    name: 'login',
    tells_once: true,
    method: 'POST',
    path: '/login',
    needs: open('this is how one shows who one is'),
    writes: true,
    form: true,
    input: form,
    description: 'Log in with a password, an API key or a confirmed device.',
    // Checking a password takes long and must not hold the transaction.
    prepare: async (ctx, input) => {
      const given = input as Form;
      if (app.local) throw new Refused('Local mode has no log-in');
      const grant = grantOf(given);
      if (grant === 'password') {
        if (!given.username) throw new Refused('The user name is missing');
        return byPassword(ctx, app, given.username, given.password ?? '');
      }
      if (grant === DEVICE || grant === 'zenml-api-key') return null;
      throw new Refused(`Unsupported grant type: ${grant.slice(0, 100)}`);
    },
    run: async (ctx, call): Promise<Reply> => {
      const given = call.input as unknown as Form;
      const grant = grantOf(given);
      if (grant === DEVICE) return deviceGrant(ctx, app, given.client_id ?? '', given.device_code ?? '', call.note);
      if (grant === 'zenml-api-key') return byKey(ctx, app, given.password ?? '', call.note);
      const person = call.prepared as Values;
      call.note({
        actor: { ...systemActor('password'), id: person['id'], name: person['name'], kind: 'user' },
        target: { type: 'user', id: person['id'], name: person['name'] },
      });
      // Deactivated between the check and this transaction: no session.
      const still = await ctx.db.selectFrom('account').select('id').where('id', '=', person['id']).where('status', '=', 'active').executeTakeFirst();
      if (still === undefined) throw new SignInNeeded(WRONG);
      return signIn(ctx, app, person['id'], { cookie: wantsCookie(call.headers), label: 'password' });
    },
  }),
  operation({
    name: 'logout',
    method: 'GET',
    path: '/logout',
    needs: open('ending a session needs nothing but the session'),
    writes: true,
    description: 'End this session.',
    run: async (ctx): Promise<Reply> => {
      // Nobody, or another site's link that leads here: whoever is logged in stays so.
      if (ctx.actor.session_id === null) return { body: null, idle: true };
      await ctx.db.deleteFrom('session').where('id', '=', ctx.actor.session_id).execute();
      return { body: null, cookie: 'clear' };
    },
  }),
];

const byKey = async (ctx: Context, app: App, text: string, note: Call<unknown, unknown, unknown>['note']): Promise<Reply> => {
  const key = unwrapKey(text);
  const row = key === null ? null : await keyRow(ctx, key);
  const owner =
    row === null
      ? undefined
      : await ctx.db.selectFrom('account').select(['id', 'name']).where('id', '=', row['service_account_id']).where('status', '=', 'active').executeTakeFirst();
  if (key === null || row === null || owner === undefined) throw new SignInNeeded('The API key is wrong, was rotated, or is not active');
  await ctx.db.updateTable('api_key').set({ last_login: ctx.now }).where('id', '=', row['id']).execute();
  note({
    actor: { ...systemActor('api_key'), id: owner['id'], name: owner['name'], kind: 'service_account' },
    target: { type: 'service_account', id: owner['id'], name: owner['name'] },
    changes: { api_key: row['name'] },
  });
  // What the old value of a rotated key opens ends when that value does.
  const grace = row['key_hash'] === hashToken('key', key.key) ? Infinity : secondsBetween(ctx.now, row['previous_until']) / 3600;
  return signIn(ctx, app, owner['id'], { cookie: false, label: 'API key', api_key_id: row['id'], hours: Math.min(app.config.access_hours, grace) });
};
