// The OAuth device flow of the genuine client: a command line is let in by a person in the browser (wire.md 3.8).
import { randomInt } from 'node:crypto';
import { sql } from 'kysely';
import Type from 'typebox';
import type { App } from '../app.ts';
import { systemActor } from '../kernel/actor.ts';
import { later, newId, type Context } from '../kernel/context.ts';
import { Invalid, NotAllowed, NotFound, Refused, Unavailable } from '../kernel/errors.ts';
import { canonicalUuid } from '../kernel/filter.ts';
import { operation, open, signedIn, type Call, type Operation, type Reply, type Values } from '../kernel/resource.ts';
import { get } from '../kernel/verbs/get.ts';
import { device } from '../resources/device/device.ts';
import { signIn } from './answer.ts';
import { heritage } from './sessions.ts';
import { hashToken, newToken } from './tokens.ts';

const CODE_SECONDS = 300;
const WRONG_CODES = 3;
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';

const userCode = (): string => Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
const agent = (text: string, part: string): string | null => new RegExp(`${part}/([^ ]+)`).exec(text)?.[1]?.slice(0, 255) ?? null;

const WAITING_PER_ADDRESS = 20;
/** Log-ins that nobody confirmed are forgotten, and one address may have so many waiting. */
const sweep = async (ctx: Context, ip: string): Promise<void> => {
  await ctx.db.deleteFrom('device').where('status', '=', 'pending').where('expires', '<=', ctx.now).execute();
  const { rows } = await sql<{ n: number }>`select count(*) as n from device where status = 'pending' and ip_address = ${ip}`.execute(ctx.db);
  if (Number(rows[0]!.n) >= WAITING_PER_ADDRESS) throw new Unavailable('Too many log-ins from here wait to be confirmed; try again in some minutes', 429, CODE_SECONDS);
};

/** Starts the flow, anew for a client that has been here before. */
const authorize = async (ctx: Context, app: App, client: string): Promise<Reply> => {
  const client_id = canonicalUuid(client);
  if (client_id === null) throw new Invalid('client_id must be a UUID');
  const [code, secret] = [userCode(), newToken('device')];
  await sweep(ctx, ctx.request.ip);
  const known = await ctx.db.selectFrom('device').select('id').where('client_id', '=', client_id).executeTakeFirst();
  const id = (known?.['id'] as string | undefined) ?? newId();
  const info = ctx.request.user_agent;
  const row: Values = {
    updated: ctx.now,
    user_id: null,
    user_code_hash: hashToken('device', `user ${code}`),
    device_code_hash: hashToken('device', secret),
    status: 'pending',
    expires: later(ctx.now, CODE_SECONDS),
    trusted_device: 0,
    failed_auth_attempts: 0,
    os: agent(info, 'OS'),
    ip_address: ctx.request.ip,
    hostname: agent(info, 'Host'),
    python_version: agent(info, 'Python'),
    zenml_version: agent(info, 'ZenML'),
  };
  if (known === undefined)
    await ctx.db
      .insertInto('device')
      .values({ id, created: ctx.now, client_id, last_login: null, ...row })
      .execute();
  else {
    await ctx.db.deleteFrom('session').where('device_id', '=', id).execute();
    await ctx.db.updateTable('device').set(row).where('id', '=', id).execute();
  }
  const path = `${app.publicUrl()}/devices/verify`;
  return {
    body: {
      device_code: secret,
      user_code: code,
      expires_in: CODE_SECONDS,
      interval: 5,
      verification_uri: path,
      verification_uri_complete: `${path}?device_id=${id}&user_code=${code}`,
    },
  };
};

const oauth = (error: string, error_description: string): Reply => ({ status: 400, body: { error, error_description, error_uri: null } });

/** A poll of the waiting command line: a token once the person has agreed. */
export const deviceGrant = async (ctx: Context, app: App, client: string, device_code: string, note: Call<unknown, unknown, unknown>['note']): Promise<Reply> => {
  const row = await ctx.db
    .selectFrom('device')
    .selectAll()
    .where('client_id', '=', canonicalUuid(client) ?? '')
    .executeTakeFirst();
  if (row === undefined) return oauth('invalid_client', 'This client has not asked for a device log-in');
  if (row['device_code_hash'] !== hashToken('device', device_code)) return oauth('access_denied', 'The device code is wrong');
  if (row['status'] === 'locked') return oauth('access_denied', 'This device is locked');
  if (row['expires'] !== null && row['expires'] <= ctx.now) return oauth('expired_token', 'The code has expired; log in again');
  if (row['status'] === 'pending') return oauth('authorization_pending', 'Nobody has confirmed the code yet');
  if (row['status'] !== 'verified') return oauth('access_denied', 'This code has been used');
  const owner = await ctx.db.selectFrom('account').select(['id', 'name']).where('id', '=', row['user_id']).where('status', '=', 'active').executeTakeFirst();
  if (owner === undefined) return oauth('access_denied', 'The person who confirmed this code may not log in any more');
  const hours = Number(row['trusted_device']) === 1 ? app.config.trusted_device_hours : app.config.device_hours;
  // Of two polls at the same moment one redeems the code.
  const changes = { status: 'active', last_login: ctx.now, expires: later(ctx.now, hours * 3600), device_code_hash: hashToken('device', newToken('device')) };
  const done = await ctx.db
    .updateTable('device')
    .set(changes)
    .where('id', '=', row['id'])
    .where('status', '=', 'verified')
    .where('device_code_hash', '=', row['device_code_hash'])
    .executeTakeFirst();
  if (Number(done.numUpdatedRows) !== 1) return oauth('access_denied', 'This code has been used');
  note({
    actor: { ...systemActor('device'), id: owner['id'], name: owner['name'], kind: 'user' },
    target: { type: 'device', id: row['id'], name: row['hostname'] ?? undefined },
  });
  return signIn(ctx, app, owner['id'], { cookie: false, kind: 'device', label: row['hostname'] ?? 'device', hours, device_id: row['id'] });
};

export const deviceFlow = (app: App): readonly Operation[] => [
  operation({
    name: 'device_authorization',
    tells_once: true,
    method: 'POST',
    path: '/device_authorization',
    needs: open('a code alone opens nothing; a signed-in person must confirm it'),
    writes: true,
    form: true,
    input: Type.Object(
      { client_id: Type.String({ maxLength: 100 }), device_id: Type.Optional(Type.Unsafe({ type: ['string', 'null'], maxLength: 100 })) },
      { additionalProperties: true },
    ),
    description: 'Begin a log-in on a device without a browser.',
    run: (ctx, { input }) => authorize(ctx, app, input.client_id),
  }),
  operation({
    name: 'get_device',
    method: 'GET',
    path: '/devices/{device_id}',
    needs: signedIn('one sees one’s own devices, and the one whose code one has been shown'),
    writes: false,
    query: Type.Object({ user_code: Type.Optional(Type.String({ maxLength: 100 })) }, { additionalProperties: true }),
    description: 'A device log-in: one’s own, or the one that waits for this code.',
    run: async (ctx, { params, query }) => {
      const id = canonicalUuid(params['device_id'] ?? '') ?? '';
      const code = hashToken('device', `user ${(query.user_code ?? '').trim().toUpperCase()}`);
      const waiting =
        query.user_code === undefined
          ? undefined
          : await ctx.db.selectFrom('device').select('id').where('id', '=', id).where('status', '=', 'pending').where('user_code_hash', '=', code).executeTakeFirst();
      return { body: await get(waiting === undefined ? ctx : { ...ctx, actor: systemActor('device log-in') }, device, id) };
    },
  }),
  operation({
    name: 'verify_device',
    method: 'PUT',
    path: '/devices/{device_id}/verify',
    needs: signedIn('the code shows that the person sees the device'),
    writes: true,
    input: Type.Object({ user_code: Type.String({ maxLength: 100 }), trusted_device: Type.Optional(Type.Boolean()) }, { additionalProperties: false }),
    description: 'Confirm a device log-in with the code that the device shows.',
    run: async (ctx, call) => {
      await judgeConfirming(ctx);
      const lock = ctx.database.dialect === 'postgres' ? sql` for update` : sql``;
      const row = (await sql<Values>`select * from device where id = ${canonicalUuid(call.params['device_id'] ?? '') ?? ''}${lock}`.execute(ctx.db)).rows[0];
      if (row === undefined || (row['user_id'] !== null && row['user_id'] !== ctx.actor.id)) throw new NotFound('There is no device that waits under this address');
      if (row['status'] !== 'pending')
        throw new NotAllowed(
          row['status'] === 'locked' ? 'This device is locked after too many wrong codes; start the log-in again' : 'This device has been confirmed already',
        );
      if (row['expires'] <= ctx.now) throw new Refused('The code has expired; start the log-in again');
      if (row['user_code_hash'] !== hashToken('device', `user ${call.input.user_code.trim().toUpperCase()}`)) return wrongCode(ctx, row);
      await ctx.db
        .updateTable('device')
        .set({ status: 'verified', user_id: ctx.actor.id, trusted_device: call.input.trusted_device === true ? 1 : 0, updated: ctx.now })
        .where('id', '=', row['id'])
        .execute();
      call.note({ target: { type: 'device', id: row['id'], name: row['hostname'] ?? undefined } });
      return { body: await get(ctx, device, row['id']) };
    },
  }),
];

/** Only a person who logged in himself lets a device in: any token would otherwise become a longer and wider one. */
const judgeConfirming = async (ctx: Context): Promise<void> => {
  const from = await heritage(ctx);
  const himself = ctx.actor.kind === 'user' && (from.kind === 'browser' || from.kind === 'access');
  if (!himself || from.permissions !== null || from.claims !== null || from.api_key_id !== null || from.device_id !== null)
    throw new NotAllowed('Only a person who has logged in with a password can let a device in; open the page in the browser');
};

/** The count of wrong codes must be kept, so this is an answer and no error. */
const wrongCode = async (ctx: Context, row: Values): Promise<Reply> => {
  const failures = Number(row['failed_auth_attempts']) + 1;
  await ctx.db
    .updateTable('device')
    .set({ failed_auth_attempts: failures, ...(failures >= WRONG_CODES ? { status: 'locked' } : {}) })
    .where('id', '=', row['id'])
    .execute();
  return {
    status: 400,
    body: { detail: ['ValueError', failures >= WRONG_CODES ? 'The code is wrong. The device is locked now; start the log-in again' : 'The code is wrong'] },
  };
};
