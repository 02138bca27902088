import { sql } from 'kysely';
import { linkState } from '../../access/invited.ts';
import { computed, datetime, nullable, oneOf, standard, text, uuid, type Alias } from '../../kernel/field.ts';
import { defineResource } from '../../kernel/resource.ts';

const nameOf = (column: string) => (t: Alias) => sql`(select x.name from account as x where x.id = ${sql.ref(`${t}.${column}`)})`;

/** Links for signing up and for setting a new password. The token itself is nowhere but in the answer that made it. */
export const invitation = defineResource({
  type: 'invitation',
  path: 'invitations',
  table: 'invitation',
  label: 'invitation',
  group: 'people',
  fields: {
    ...standard(),
    user_id: uuid({ create: 'never' }),
    user_name: computed<string>('text', nameOf('user_id')),
    kind: oneOf(['invite', 'reset', 'reactivate'], { create: 'never' }),
    state: computed<string>('text', (t, ctx) => linkState(t, ctx.now)),
    expires: datetime({ create: 'never' }),
    created_by_name: computed<string | null>('text', nameOf('invited_by')),
    note: nullable(text({ max: 1000, create: 'never' })),
    token_hash: text({ tier: 'hidden', create: 'never', filter: false, secret: true }),
    consumed_at: nullable(datetime({ create: 'never' })),
    revoked_at: nullable(datetime({ tier: 'hidden', create: 'never', filter: false })),
    invited_by: nullable(uuid({ tier: 'hidden', create: 'never', filter: false })),
  },
  access: { scope: 'server', owner: null, share: false, needs: { read: 'user:manage', create: 'user:create', update: 'user:manage', delete: 'user:manage' } },
  without: ['create', 'update', 'remove'],
  show: ['user_name', 'kind', 'state', 'expires', 'created_by_name'],
});
