// Keys of service accounts: made, shown once, rotated, ended.
import Type from 'typebox';
import { mustHoldAllOf, principalsOf } from '../../access/holding.ts';
import { hashToken, newToken, wrapKey } from '../../auth/tokens.ts';
import { later, newId, quietly, type Context } from '../../kernel/context.ts';
import { NotFound } from '../../kernel/errors.ts';
import { action, onRow, type Operation, type Values } from '../../kernel/resource.ts';
import { conflicts } from '../../kernel/verbs/conflicts.ts';
import { get } from '../../kernel/verbs/get.ts';
import { list } from '../../kernel/verbs/list.ts';
import { change } from '../../kernel/verbs/update.ts';
import { serviceAccount } from '../account/account.ts';
import { apiKey } from './api_key.ts';

const input = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 255 }), description: Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], maxLength: 65_535 })) },
  { additionalProperties: false },
);
const changes = Type.Object(
  {
    name: Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], minLength: 1, maxLength: 255 })),
    description: input.properties.description,
    active: Type.Optional(Type.Unsafe<boolean | null>({ type: ['boolean', 'null'] })),
  },
  { additionalProperties: false },
);
const rotation = Type.Object({ retain_period_minutes: Type.Optional(Type.Integer({ minimum: 0, maximum: 525_600 })) }, { additionalProperties: false });
const path = '/{name_or_id}/api_keys';
const params = '/{api_key_name_or_id}';

/** The key of this account with this name or id. */
const keyOf = async (ctx: Context, account: Values, name: string): Promise<Values> => {
  const row = await ctx.db
    .selectFrom('api_key')
    .selectAll()
    .where('service_account_id', '=', account['id'])
    .where((eb) => eb.or([eb('id', '=', name.toLowerCase()), eb('name', '=', name)]))
    .executeTakeFirst();
  if (row === undefined) throw new NotFound(`The service account '${account['name']}' has no API key '${name}'`);
  return row;
};
const told = async (ctx: Context, id: string, secret: string): Promise<unknown> => {
  const envelope = await get(ctx, apiKey, id);
  return { ...envelope, body: { ...envelope.body, key: wrapKey(id, secret) } };
};
/** A key can do all that its account can: nobody makes one who does not hold that himself. */
const judge = async (ctx: Context, account: Values): Promise<void> => mustHoldAllOf(ctx, await principalsOf(ctx, account['id']), `make a key for '${account['name']}'`);

export const apiKeys: readonly Operation[] = [
  action(serviceAccount, {
    name: 'list_keys',
    method: 'GET',
    path,
    needs: onRow('manage'),
    writes: false,
    query: Type.Object({}, { additionalProperties: true }),
    description: 'The API keys of a service account, without their values.',
    run: async (ctx, { row, rawQuery }) => ({ body: await list(ctx, apiKey, { ...rawQuery, service_account_id: row.id }) }),
  }),
  action(serviceAccount, {
    name: 'create_key',
    tells_once: true,
    method: 'POST',
    path,
    needs: onRow('manage'),
    writes: true,
    input,
    description: 'Make an API key; its value is in this answer only.',
    run: async (ctx, { row, input: given, note }) => {
      await judge(ctx, row);
      const secret = newToken('key');
      const key: Values = {
        id: newId(),
        created: ctx.now,
        updated: ctx.now,
        name: given.name,
        service_account_id: row.id,
        description: given.description ?? '',
        active: 1,
        key_hash: hashToken('key', secret),
        previous_hash: null,
        previous_until: null,
        retain_period_minutes: 0,
        last_login: null,
        last_rotated: null,
      };
      await conflicts(apiKey, key, () => ctx.db.insertInto('api_key').values(key).execute());
      note({ changes: { api_key: given.name } });
      return { body: await told(ctx, key['id'], secret) };
    },
  }),
  action(serviceAccount, {
    name: 'get_key',
    method: 'GET',
    path: path + params,
    needs: onRow('manage'),
    writes: false,
    description: 'One API key, without its value.',
    run: async (ctx, { row, params: p }) => ({ body: await get(ctx, apiKey, (await keyOf(ctx, row, p['api_key_name_or_id']!))['id']) }),
  }),
  action(serviceAccount, {
    name: 'update_key',
    method: 'PUT',
    path: path + params,
    needs: onRow('manage'),
    writes: true,
    input: changes,
    description: 'Rename, describe, activate or deactivate an API key.',
    run: async (ctx, { row, params: p, input: given, note }) => {
      const key = await keyOf(ctx, row, p['api_key_name_or_id']!);
      if (given.active === true) await judge(ctx, row);
      await change(quietly(ctx), apiKey, key['id'], Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)));
      note({ changes: { api_key: key['name'], ...given } });
      return { body: await get(ctx, apiKey, key['id']) };
    },
  }),
  action(serviceAccount, {
    name: 'rotate_key',
    tells_once: true,
    method: 'PUT',
    path: `${path}${params}/rotate`,
    needs: onRow('manage'),
    writes: true,
    input: rotation,
    description: 'Replace the value of an API key; the old one may hold for a while.',
    run: async (ctx, { row, params: p, input: given, note }) => {
      await judge(ctx, row);
      const key = await keyOf(ctx, row, p['api_key_name_or_id']!);
      const [secret, minutes] = [newToken('key'), given.retain_period_minutes ?? 0];
      await ctx.db
        .updateTable('api_key')
        .set({
          key_hash: hashToken('key', secret),
          previous_hash: minutes > 0 ? key['key_hash'] : null,
          previous_until: minutes > 0 ? later(ctx.now, minutes * 60) : null,
          retain_period_minutes: minutes,
          last_rotated: ctx.now,
          updated: ctx.now,
        })
        .where('id', '=', key['id'])
        .execute();
      // Tokens that were issued for the old value end with it.
      if (minutes === 0) await ctx.db.deleteFrom('session').where('api_key_id', '=', key['id']).execute();
      else
        await ctx.db
          .updateTable('session')
          .set({ expires: later(ctx.now, minutes * 60) })
          .where('api_key_id', '=', key['id'])
          .where((eb) => eb.or([eb('expires', 'is', null), eb('expires', '>', later(ctx.now, minutes * 60))]))
          .execute();
      note({ changes: { api_key: key['name'], rotated: true } });
      return { body: await told(ctx, key['id'], secret) };
    },
  }),
  action(serviceAccount, {
    name: 'delete_key',
    method: 'DELETE',
    path: path + params,
    needs: onRow('manage'),
    writes: true,
    description: 'Remove an API key and end what was opened with it.',
    run: async (ctx, { row, params: p, note }) => {
      const key = await keyOf(ctx, row, p['api_key_name_or_id']!);
      await ctx.db.deleteFrom('session').where('api_key_id', '=', key['id']).execute();
      await ctx.db.deleteFrom('api_key').where('id', '=', key['id']).execute();
      note({ changes: { api_key: key['name'] } });
      return { body: null };
    },
  }),
];
