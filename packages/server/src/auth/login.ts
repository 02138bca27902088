// Logging in and out (wire.md 3.4).
import { sql } from 'kysely';
import Type from 'typebox';
import type { App } from '../app.ts';
import { systemActor } from '../kernel/actor.ts';
import { later, type Context } from '../kernel/context.ts';
import { Refused, SignInNeeded } from '../kernel/errors.ts';
import { operation, open, signedIn, type Operation, type Reply, type Values } from '../kernel/resource.ts';
import { nameKey } from '../resources/account/names.ts';
import { signIn, wantsCookie } from './answer.ts';
import { deviceGrant } from './device_flow.ts';
import { issue, keyRow } from './sessions.ts';
import { clearFailures, countFailure, mayTry } from './throttle.ts';
import { unwrapKey } from './tokens.ts';

const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code';
const WRONG = 'The user name or the password is wrong';
const field = Type.Optional(Type.String({ maxLength: 4096 }));
const form = Type.Object({ grant_type: field, username: field, password: field, client_id: field, device_code: field, device_id: field }, { additionalProperties: true });

/** The account with this name and password. The same work and the same words whether or not there is one. */
const byPassword = async (ctx: Context, app: App, name: string, password: string): Promise<Values> => {
  await mayTry(ctx, app.config, name, ctx.request.ip);
  const row = await ctx.database.read.selectFrom('account').select(['id', 'name', 'password_hash', 'status']).where('name_key', '=', nameKey(name)).where('is_service_account', '=', 0).executeTakeFirst();
  const usable = row !== undefined && row['status'] === 'active' ? (row['password_hash'] as string | null) : null;
  const right = await app.passwords.verify(password, usable);
  if (!right || row === undefined) {
    await countFailure(ctx, app.config, name, ctx.request.ip);
    throw new SignInNeeded(WRONG);
  }
  await clearFailures(ctx, name);
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
    name: 'login', method: 'POST', path: '/login', needs: open('this is how one shows who one is'), writes: true, form: true, input: form,
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
      if (grant === DEVICE) return deviceGrant(ctx, app, given.client_id ?? '', given.device_code ?? '');
      if (grant === 'zenml-api-key') return byKey(ctx, app, given.password ?? '');
      const person = call.prepared as Values;
      call.note({ actor: { ...systemActor('password'), id: person['id'], name: person['name'], kind: 'user' }, target: { type: 'user', id: person['id'], name: person['name'] } });
      // Deactivated between the check and this transaction: no session.
      const still = await ctx.db.selectFrom('account').select('id').where('id', '=', person['id']).where('status', '=', 'active').executeTakeFirst();
      if (still === undefined) throw new SignInNeeded(WRONG);
      return signIn(ctx, app, person['id'], { cookie: wantsCookie(call.headers), label: 'password' });
    },
  }),
  operation({
    name: 'logout', method: 'GET', path: '/logout', needs: open('ending a session needs nothing but the session'), writes: true, description: 'End this session.',
    run: async (ctx): Promise<Reply> => {
      if (ctx.actor.session_id !== null) await ctx.db.deleteFrom('session').where('id', '=', ctx.actor.session_id).execute();
      return { body: null, cookie: 'clear' };
    },
  }),
  operation({
    name: 'api_token', method: 'GET', path: '/api_token', needs: signedIn('a token acts as its maker and can do no more'), writes: true,
    query: Type.Object({ token_type: field, expires_in: field, schedule_id: field, pipeline_run_id: field, deployment_id: field }, { additionalProperties: true }),
    description: 'A token for a script (generic) or for a run (workload).',
    run: (ctx, { query }) => apiToken(ctx, query as Values),
  }),
];

const byKey = async (ctx: Context, app: App, text: string): Promise<Reply> => {
  const key = unwrapKey(text);
  const row = key === null ? null : await keyRow(ctx, key);
  if (row === null) throw new SignInNeeded('The API key is wrong, was rotated, or is not active');
  const owner = await ctx.db.selectFrom('account').select('id').where('id', '=', row['service_account_id']).where('status', '=', 'active').executeTakeFirst();
  if (owner === undefined) throw new SignInNeeded('The API key is wrong, was rotated, or is not active');
  await ctx.db.updateTable('api_key').set({ last_login: ctx.now }).where('id', '=', row['id']).execute();
  return signIn(ctx, app, row['service_account_id'], { cookie: false, label: 'API key', api_key_id: row['id'] });
};

const GENERIC_SECONDS = 3600;
const LONGEST_SECONDS = 604_800;

/** A further token for the same account, never wider and never longer lived than what the caller came with. */
const apiToken = async (ctx: Context, query: Values): Promise<Reply> => {
  if (ctx.actor.via === 'api_key') throw new SignInNeeded('Log in with the API key first; the key itself cannot ask for tokens');
  const kind = query['token_type'] ?? 'generic';
  const scopes = ['schedule_id', 'pipeline_run_id', 'deployment_id'].filter((name) => query[name]);
  const limit = ctx.actor.limit === null ? null : [...ctx.actor.limit];
  const from = ctx.actor.session_id === null ? undefined : await ctx.db.selectFrom('session').select(['device_id', 'api_key_id', 'expires']).where('id', '=', ctx.actor.session_id).executeTakeFirst();
  const inherited = { device_id: from?.['device_id'] ?? null, api_key_id: from?.['api_key_id'] ?? null, permissions: limit };
  if (kind === 'generic') {
    if (scopes.length > 0) throw new Refused('A generic token has no scope');
    const seconds = query['expires_in'] ? Number(query['expires_in']) : GENERIC_SECONDS;
    if (!Number.isInteger(seconds) || seconds < 1 || seconds > LONGEST_SECONDS) throw new Refused(`expires_in must be from 1 to ${LONGEST_SECONDS} seconds`);
    const end = later(ctx.now, seconds);
    const hours = from?.['expires'] != null && from['expires'] < end ? (Date.parse(`${from['expires'].slice(0, 23)}Z`) - Date.parse(`${ctx.now.slice(0, 23)}Z`)) / 3_600_000 : seconds / 3600;
    return { body: (await issue(ctx, ctx.actor.id, 'access', { label: 'API token', hours, ...inherited })).token };
  }
  if (kind !== 'workload') throw new Refused("token_type must be 'generic' or 'workload'");
  if (scopes.length !== 1) throw new Refused('A workload token names exactly one of schedule_id, pipeline_run_id and deployment_id');
  if (query['pipeline_run_id']) {
    const { rows } = await sql<Values>`select id from pipeline_run where id = ${query['pipeline_run_id']} and in_progress = 1`.execute(ctx.db);
    if (rows.length === 0) throw new Refused('The run is not there or is not in progress');
  }
  return { body: (await issue(ctx, ctx.actor.id, 'workload', { label: 'run', hours: null, claims: { [scopes[0]!]: query[scopes[0]!] }, ...inherited })).token };
};
