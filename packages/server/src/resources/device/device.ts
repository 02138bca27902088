import { sql } from 'kysely';
import Type from 'typebox';
import { boolean, datetime, integer, nullable, oneOf, ref, standard, text, uuid, computed } from '../../kernel/field.ts';
import { defineResource, one } from '../../kernel/resource.ts';

const fact = (options = {}) => nullable(text({ create: 'never', ...options }));

/** Log-ins of a command line through the browser (wire.md 3.8). One's own, and nobody else's. */
export const device = defineResource({
  type: 'device',
  path: 'devices',
  table: 'device',
  label: 'device',
  group: 'people',
  fields: {
    ...standard(),
    user_id: nullable(ref('account', { create: 'never', filter: false })),
    client_id: uuid({ create: 'never' }),
    status: oneOf(['pending', 'verified', 'active', 'locked'], { create: 'never' }),
    expires: nullable(datetime({ create: 'never' })),
    trusted_device: boolean({ create: 'never' }),
    os: fact(),
    ip_address: fact(),
    hostname: fact(),
    python_version: fact({ tier: 'metadata' }),
    zenml_version: fact({ tier: 'metadata' }),
    city: computed<null>('text', () => sql`null`, { tier: 'metadata', filter: false }),
    region: computed<null>('text', () => sql`null`, { tier: 'metadata', filter: false }),
    country: computed<null>('text', () => sql`null`, { tier: 'metadata', filter: false }),
    failed_auth_attempts: integer({ tier: 'metadata', create: 'never' }),
    last_login: nullable(datetime({ tier: 'metadata', create: 'never' })),
    user_code_hash: text({ tier: 'hidden', create: 'never', filter: false, secret: true }),
    device_code_hash: text({ tier: 'hidden', create: 'never', filter: false, secret: true }),
  },
  access: { scope: 'parent', owner: 'user_id', share: false },
  relations: { user: one('account', { by: 'user_id' }) },
  inputs: { update: { locked: Type.Optional(Type.Unsafe({ type: ['boolean', 'null'] })) } },
  // One device is also shown to the person who has been given its code: device_flow.ts.
  without: ['create', 'get'],
  hooks: {
    update: async (ctx, row, input) => {
      if (input['locked'] === undefined || input['locked'] === null) return {};
      if (input['locked'] === true) await ctx.db.deleteFrom('session').where('device_id', '=', row.id).execute();
      return { status: input['locked'] === true ? 'locked' : 'active', failed_auth_attempts: 0 };
    },
    remove: async (ctx, row) => {
      await ctx.db.deleteFrom('session').where('device_id', '=', row.id).execute();
    },
  },
  show: ['client_id', 'status', 'hostname', 'last_login', 'expires'],
});
