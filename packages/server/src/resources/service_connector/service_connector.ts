import { sql } from 'kysely';
import Type from 'typebox';
import { boolean, datetime, integer, json, named, nullable, owned, shareable, standard, text } from '../../kernel/field.ts';
import { by, defineResource, derived, one } from '../../kernel/resource.ts';
import { changeConnector, keepUsed, labelled, makeConnector, opening, shownConfiguration } from './hooks.ts';
import { shownType } from './types.ts';

const words = Type.Unsafe<readonly string[]>({ type: 'array', items: { type: 'string', maxLength: 255 }, maxItems: 100 });
const labels = Type.Unsafe<Readonly<Record<string, string>>>({ type: 'object', additionalProperties: { type: 'string', maxLength: 65_535 }, maxProperties: 1000 });
/** A type by its name, or whole as clients know it. */
const type = Type.Unsafe<string | { readonly connector_type: string }>({
  anyOf: [
    { type: 'string', minLength: 1, maxLength: 255 },
    { type: 'object', properties: { connector_type: { type: 'string', minLength: 1, maxLength: 255 } }, required: ['connector_type'] },
  ],
});
const document = Type.Unsafe<Readonly<Record<string, unknown>> | null>({ type: ['object', 'null'], maxProperties: 1000 });

export const serviceConnector = defineResource({
  type: 'service_connector',
  path: 'service_connectors',
  aliases: ['workspaces/{project}/service_connectors'],
  table: 'service_connector',
  label: 'service connector',
  group: 'ml',
  tally: true,
  unique: [['name']],
  description: 'Credentials for an outside service, such as a cloud or a registry, that components use. The secret part is encrypted in the database.',
  fields: {
    ...standard(),
    ...named(),
    ...owned(),
    ...shareable(),
    description: text({ default: '', max: 65_535, update: true, filter: false }),
    connector_type: text({ tier: 'hidden', create: 'never' }),
    auth_method: text({ create: 'required', min: 1, update: true }),
    resource_types: json<readonly string[]>({ default: [], update: true, schema: words }),
    resource_id: nullable(text({ update: true })),
    supports_instances: boolean({ default: false, update: true, filter: false }),
    expires_at: nullable(datetime({ update: true, filter: false })),
    expires_skew_tolerance: nullable(integer({ update: true, filter: false })),
    expiration_seconds: nullable(integer({ tier: 'metadata', update: true, filter: false })),
    labels: json<Readonly<Record<string, string>>>({ tier: 'metadata', default: {}, update: true, schema: labels }),
    configuration: json<Readonly<Record<string, unknown>>>({ tier: 'hidden', create: 'never' }),
    credentials: nullable(text({ tier: 'hidden', create: 'never', filter: false, secret: true })),
  },
  access: { scope: 'server', owner: 'user_id', share: true, actions: ['read_secret_value', 'client'] },
  relations: {
    user: one('account', { by: 'user_id' }),
    connector_type: derived(async (_ctx, rows) => new Map(rows.map((row) => [row.id, shownType(row['connector_type'] as string)])), { tier: 'body', empty: '' }),
    configuration: derived(shownConfiguration, { tier: 'metadata', empty: {}, schema: Type.Unsafe({ type: 'object' }) }),
  },
  filters: {
    resource_type: { ...by('text', (t) => sql.ref(`${t}.resource_types`)), raw: opening },
    labels_str: { ...by('text', (t) => sql.ref(`${t}.labels`)), raw: labelled },
  },
  flags: ['expand_secrets'],
  inputs: {
    create: { connector_type: type, configuration: Type.Optional(document) },
    update: { connector_type: Type.Optional(Type.Unsafe({ anyOf: [type, { type: 'null' }] })), configuration: Type.Optional(document) },
  },
  ignore: ['user'],
  null_keeps: { but: ['resource_id', 'expiration_seconds'] },
  tells_once: true,
  hooks: { create: makeConnector, update: changeConnector, remove: keepUsed },
  show: ['name', 'connector_type', 'auth_method', 'user', 'created'],
});
