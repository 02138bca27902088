import Type from 'typebox';
import { boolean, named, owned, standard, text } from '../../kernel/field.ts';
import { defineResource, derived, one } from '../../kernel/resource.ts';
import { changeSecret, makeSecret, shownValues } from './values.ts';

const values = (description: string) =>
  Type.Unsafe<Readonly<Record<string, string | null>> | null>({
    type: ['object', 'null'],
    description,
    maxProperties: 1000,
    propertyNames: { minLength: 1, maxLength: 255 },
    additionalProperties: { type: ['string', 'null'], maxLength: 1_000_000, format: 'password', writeOnly: true },
  });

export const secret = defineResource({
  type: 'secret',
  path: 'secrets',
  aliases: ['workspaces/{project}/secrets'],
  table: 'secret',
  label: 'secret',
  group: 'ml',
  tally: true,
  unique: [['user_id', 'name'], ['name']],
  description: 'Values that nobody should see who does not need them, such as passwords and keys. They are encrypted in the database.',
  fields: {
    ...standard(),
    ...named(),
    ...owned(),
    private: boolean({ default: false, update: true }),
    values: text({ tier: 'hidden', create: 'never', filter: false, secret: true }),
  },
  access: { scope: 'server', owner: 'user_id', share: true, private_by: 'owner', actions: ['read_secret_value'] },
  relations: {
    user: one('account', { by: 'user_id' }),
    values: derived(shownValues, {
      tier: 'body',
      empty: {},
      schema: Type.Unsafe({ type: 'object', additionalProperties: { type: ['string', 'null'] }, description: 'In a single answer only; null for who may not read them' }),
    }),
  },
  inputs: {
    create: { values: Type.Optional(values('Keys and their values')) },
    update: { values: Type.Optional(values('The new values; a key whose value is null is removed, also with patch_values')) },
  },
  ignore: ['user'],
  null_keeps: true,
  tells_once: true,
  hooks: { create: makeSecret, update: changeSecret },
  show: ['name', 'private', 'user', 'created'],
});
