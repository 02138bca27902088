import { sql } from 'kysely';
import { keepAnAdministrator, mustHoldToGive } from '../../access/holding.ts';
import { permissionsOf } from '../../access/grants.ts';
import { mayShare } from '../../access/sharing/judged.ts';
import { look, mine } from '../../access/names.ts';
import { touchGrants } from '../../kernel/audit.ts';
import { covers } from '../../kernel/actor.ts';
import type { Context } from '../../kernel/context.ts';
import { Invalid } from '../../kernel/errors.ts';
import { boolean, computed, datetime, nullable, oneOf, ref, standard, text, type Alias } from '../../kernel/field.ts';
import { defineResource, filter, type ExtraBranch, type Values } from '../../kernel/resource.ts';
import { visible } from '../../kernel/visible.ts';

/** An assignment on one thing is the business of those who may share that thing; everybody sees his own. */
const byThing = (ctx: Context, action: string, t: Alias): readonly ExtraBranch[] => {
  const things = mayShare(ctx, t, 'resource_type', 'resource_id');
  const shared = things === null ? [] : [{ text: 'may share the thing', where: sql`(${sql.ref(`${t}.scope`)} = 'resource' and (${things}))` }];
  const beyond = ctx.actor.limit !== null && !covers(ctx.actor.limit, 'role_assignment:read');
  const held = action !== 'read' || beyond ? [] : [{ text: 'holds it', where: mine(ctx, t) }];
  return [...shared, ...held];
};

const principalFilter = (kind: 'user' | 'team') =>
  filter(
    'text',
    (t, is, ctx) => {
      const target = ctx.registry.get(kind === 'team' ? 'team' : 'account');
      return sql`exists (select 1 from ${sql.table(target.table)} as x where x.id = ${sql.ref(`${t}.${kind}_id`)} and ${visible(ctx, target, 'read', 'x')} and (${is(sql.ref('x.name'))} or ${is(sql.ref('x.id'))}))`;
    },
    { negate_outside: true },
  );

/** What an assignment gives must be held by whoever changes how long it holds. */
const judge = async (ctx: Context, row: Values, until: string | null, what: string): Promise<void> => {
  const permissions = (await permissionsOf(ctx.db, [row['role_id']], row['scope'] === 'resource')).get(row['role_id'])!;
  await mustHoldToGive(ctx, permissions, row as never, row['principal_id'], until, what);
  await touchGrants(ctx);
};

export const roleAssignment = defineResource({
  type: 'role_assignment',
  path: 'role_assignments',
  table: 'role_assignment',
  label: 'role assignment',
  group: 'people',
  unique: [['principal_id', 'role_id', 'scope_key']],
  description: 'A role given to a user, service account or team at the server, in a project, or on one thing.',
  fields: {
    ...standard(),
    role_id: ref('role', { create: 'never' }),
    role_name: computed<string>('text', look('role', 'role_id')),
    principal_type: computed<string>(
      'text',
      (t) =>
        sql`case when ${sql.ref(`${t}.members_of`)} is not null then 'everyone' when ${sql.ref(`${t}.team_id`)} is not null then 'team' when (select x.is_service_account from account as x where x.id = ${sql.ref(`${t}.user_id`)}) = 1 then 'service_account' else 'user' end`,
    ),
    principal_id: text({ create: 'never' }),
    principal_name: computed<string>(
      'text',
      (t, ctx) => sql`coalesce(${look('team', 'team_id')(t, ctx)}, ${look('account', 'user_id')(t, ctx)}, ${look('project', 'members_of')(t, ctx)})`,
    ),
    user_id: nullable(ref('account', { tier: 'hidden', create: 'never' })),
    team_id: nullable(ref('team', { tier: 'hidden', create: 'never' })),
    members_of: nullable(text({ tier: 'hidden', create: 'never', filter: false })),
    scope: oneOf(['server', 'project', 'resource'], { create: 'never' }),
    project_id: nullable(ref('project', { create: 'never' })),
    project_name: computed<string | null>('text', look('project', 'project_id')),
    resource_type: nullable(text({ create: 'never' })),
    resource_id: nullable(text({ create: 'never' })),
    scope_key: text({ tier: 'hidden', create: 'never', filter: false }),
    private: boolean({ tier: 'hidden', create: 'never', filter: false }),
    expires: nullable(datetime({ create: 'never', update: true })),
    granted_by: nullable(text({ tier: 'hidden', create: 'never', filter: false })),
    granted_by_name: computed<string | null>('text', look('account', 'granted_by')),
  },
  access: { scope: 'project', owner: null, share: false, actions: ['create'], also: byThing },
  filters: {
    user: principalFilter('user'),
    team: principalFilter('team'),
    role: filter(
      'text',
      (t, is, ctx) =>
        sql`exists (select 1 from role as x where x.id = ${sql.ref(`${t}.role_id`)} and (${visible(ctx, ctx.registry.get('role'), 'read', 'x')} or ${mine(ctx, t)}) and (${is(sql.ref('x.name'))} or ${is(sql.ref('x.id'))}))`,
      { negate_outside: true },
    ),
  },
  ignore: ['user'],
  // Giving a role is judged by what it is given on: assigning.ts declares it.
  without: ['create'],
  hooks: {
    update: async (ctx, row, input) => {
      if (input['expires'] !== undefined && input['expires'] !== null && input['expires'] <= ctx.now)
        throw new Invalid('expires lies in the past; revoke the assignment instead');
      await judge(ctx, row, input['expires'] === undefined ? row.expires : input['expires'], 'change how long this role holds');
      return {};
    },
    updated: async (ctx) => {
      await keepAnAdministrator(ctx);
    },
    remove: async (ctx, row) => {
      await touchGrants(ctx);
      await ctx.db.deleteFrom('role_assignment').where('id', '=', row.id).execute();
      await keepAnAdministrator(ctx);
    },
  },
  show: ['role_name', 'principal_name', 'scope', 'project_name', 'expires'],
});
