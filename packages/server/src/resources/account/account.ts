// People and service accounts, as one table. `account` is what other things point to; `user` and `service_account` are its two faces.
import { sql } from 'kysely';
import { boolean, computed, datetime, json, named, nullable, oneOf, ref, standard, text } from '../../kernel/field.ts';
import { defineResource, derived, filter, type Access } from '../../kernel/resource.ts';
import { visible } from '../../kernel/visible.ts';
import { heldBy, teamsOf } from '../../access/held.ts';
import { openInvitations } from '../../access/invited.ts';
import { beforeAccountUpdate, afterAccountUpdate, beforeAccountRemove, hookedCreate } from './hooks.ts';
import { accountInputs } from './inputs.ts';

const isAdmin = (t: string, now: string) => sql`case when exists (select 1 from role_assignment as a
  where a.principal_id in (select ${sql.ref(`${t}.id`)} union all select m.team_id from team_member as m where m.account_id = ${sql.ref(`${t}.id`)}) and a.scope = 'server'
    and a.role_id = (select r.id from role as r where r.name = 'admin' and r.builtin = 1) and (a.expires is null or a.expires > ${now})) then 1 else 0 end`;

const common = {
  ...standard(),
  ...named({ max: 255 }),
  name_key: text({ tier: 'hidden', create: 'never', filter: false }),
  active: computed<boolean>('boolean', (t) => sql`case when ${sql.ref(`${t}.status`)} = 'active' then 1 else 0 end`),
  status: oneOf(['pending', 'active', 'inactive'], { create: 'never' }),
  full_name: text({ default: '', update: true }),
  is_service_account: boolean({ create: 'never', filter: false }),
  is_admin: computed<boolean>('boolean', (t, ctx) => isAdmin(t, ctx.now), { filter: false }),
  avatar_url: nullable(text({ max: 2000, update: true, filter: false })),
  last_seen: nullable(datetime({ create: 'never' })),
  external_user_id: nullable(text({ tier: 'metadata', needs: 'manage', create: 'optional', update: false })),
};
const personal = {
  email: nullable(text({ tier: 'metadata', needs: 'manage', update: true, max: 254 })),
  email_opted_in: nullable(boolean({ needs: 'manage', update: true })),
  default_project_id: nullable(ref('project', { create: 'never', update: true, filter: false })),
  user_metadata: json<Record<string, unknown>>({ tier: 'metadata', needs: 'manage', default: {}, update: true, present: (value) => value ?? {} }),
  password_hash: nullable(text({ tier: 'hidden', create: 'never', filter: false, secret: true })),
  password_changed_at: nullable(datetime({ tier: 'metadata', needs: 'manage', create: 'never', filter: false })),
  oidc_claims: computed<object>('json', () => sql`null`, { tier: 'metadata', filter: false, present: () => ({}) }),
  activation_token: computed<null>('text', () => sql`null`, { filter: false }),
};
const describing = { description: text({ tier: 'metadata', max: 65_535, default: '', update: true }) };
const access = (actions: readonly string[]): Access => ({ scope: 'server', owner: null, share: false, self: 'id', actions });

/** Any account, where something names who made it. It has no routes and no permissions of its own: reading it is `user:read`. */
export const account = defineResource({
  type: 'account',
  path: null,
  table: 'account',
  label: 'account',
  group: 'people',
  by_name: true,
  fields: { ...common, ...personal },
  access: { ...access(['manage']), needs: { read: 'user:read', update: 'user:update', delete: 'user:delete', manage: 'user:manage', create: 'user:create' } },
  show: ['name'],
});

const teamFilter = filter(
  'text',
  (t, is, ctx) => sql`exists (select 1 from team_member as m join team as tm on tm.id = m.team_id
  where m.account_id = ${sql.ref(`${t}.id`)} and ${visible(ctx, ctx.registry.get('team'), 'read', 'tm')} and (${is(sql.ref('tm.name'))} or ${is(sql.ref('tm.id'))}))`,
  { negate_outside: true },
);
const roleFilter = filter(
  'text',
  (t, is, ctx) => sql`exists (select 1 from role_assignment as a join role as r on r.id = a.role_id
  where (a.expires is null or a.expires > ${ctx.now}) and a.scope <> 'resource' and ${visible(ctx, ctx.registry.get('role_assignment'), 'read', 'a')} and (${is(sql.ref('r.name'))} or ${is(sql.ref('r.id'))})
    and (a.user_id = ${sql.ref(`${t}.id`)} or a.team_id in (select m.team_id from team_member as m where m.account_id = ${sql.ref(`${t}.id`)})))`,
  { negate_outside: true },
);
const unique = [['name_key']] as const;
const relations = { roles: derived(heldBy, { empty: [] }), teams: derived(teamsOf, { empty: [] }) };

export const user = defineResource({
  type: 'user',
  path: 'users',
  table: 'account',
  label: 'user',
  group: 'people',
  only: { is_service_account: 0 },
  by_name: true,
  unique,
  fields: { ...common, ...personal },
  access: access(['manage']),
  relations: { ...relations, invitation: derived(openInvitations, { empty: null }) },
  filters: { team: teamFilter, role: roleFilter },
  inputs: accountInputs.user,
  ignore: ['user', 'oidc_claims', 'activation_token'],
  // Creating answers a link, which no row holds: people.ts declares it.
  without: ['create'],
  hooks: { create: hookedCreate, update: beforeAccountUpdate, updated: afterAccountUpdate, remove: beforeAccountRemove },
  show: ['name', 'full_name', 'status', 'is_admin', 'last_seen'],
});

export const serviceAccount = defineResource({
  type: 'service_account',
  path: 'service_accounts',
  table: 'account',
  label: 'service account',
  group: 'people',
  only: { is_service_account: 1 },
  by_name: true,
  unique,
  fields: { ...common, ...describing },
  access: access(['manage']),
  relations,
  filters: { team: teamFilter, role: roleFilter },
  inputs: accountInputs.service_account,
  ignore: ['user'],
  without: ['create'],
  hooks: { create: hookedCreate, update: beforeAccountUpdate, updated: afterAccountUpdate, remove: beforeAccountRemove },
  show: ['name', 'description', 'active', 'last_seen'],
});
