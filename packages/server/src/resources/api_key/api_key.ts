import { sql } from 'kysely';
import { boolean, computed, datetime, integer, longText, named, nullable, ref, standard, text } from '../../kernel/field.ts';
import { defineResource, one } from '../../kernel/resource.ts';

/** Keys of service accounts: seen and made by those who manage the account. */
export const apiKey = defineResource({
  type: 'api_key',
  path: 'api_keys',
  table: 'api_key',
  label: 'API key',
  group: 'people',
  unique: [['service_account_id', 'name']],
  fields: {
    ...standard(),
    ...named(),
    key: computed<null>('text', () => sql`null`, { filter: false }),
    active: boolean({ create: 'never', update: true }),
    description: longText({ tier: 'metadata', update: true, default: '', filter: true }),
    retain_period_minutes: integer({ tier: 'metadata', create: 'never', filter: false }),
    last_login: nullable(datetime({ tier: 'metadata', create: 'never' })),
    last_rotated: nullable(datetime({ tier: 'metadata', create: 'never' })),
    service_account_id: ref('service_account', { tier: 'hidden', create: 'never' }),
    key_hash: text({ tier: 'hidden', create: 'never', filter: false, secret: true }),
    previous_hash: nullable(text({ tier: 'hidden', create: 'never', filter: false, secret: true })),
    previous_until: nullable(datetime({ tier: 'hidden', create: 'never', filter: false })),
  },
  access: {
    scope: 'parent',
    owner: null,
    share: false,
    parents: [{ type: 'service_account', by: 'service_account_id', needs: { read: 'manage', update: 'manage', delete: 'manage', create: 'manage' } }],
  },
  relations: { service_account: one('service_account', { by: 'service_account_id', tier: 'body' }) },
  without: ['list', 'get', 'create', 'update', 'remove'],
  show: ['name', 'active', 'last_login', 'last_rotated'],
});
