import { sql } from 'kysely';
import Type from 'typebox';
import { addMember } from '../../access/assign.ts';
import { keepAnAdministrator } from '../../access/holding.ts';
import { heldByTeams } from '../../access/held.ts';
import { touchGrants } from '../../kernel/audit.ts';
import type { Context } from '../../kernel/context.ts';
import { computed, longText, named, standard } from '../../kernel/field.ts';
import { must } from '../../kernel/find.ts';
import { defineResource, derived, filter, many, type Values } from '../../kernel/resource.ts';
import { visible } from '../../kernel/visible.ts';

const accounts = Type.Array(Type.String({ minLength: 1, maxLength: 255 }), { maxItems: 1000 });

const put = async (ctx: Context, team: Values, names: readonly string[] | undefined): Promise<void> => {
  for (const name of names ?? []) await addMember(ctx, team, (await must(ctx, ctx.registry.get('account'), name, 'read', ['id']))['id']);
};
const take = async (ctx: Context, team: Values, names: readonly string[] | undefined): Promise<void> => {
  if (names === undefined || names.length === 0) return;
  await touchGrants(ctx);
  for (const name of names) {
    const { id } = await must(ctx, ctx.registry.get('account'), name, 'read', ['id']);
    await ctx.db.deleteFrom('team_member').where('team_id', '=', team['id']).where('account_id', '=', id).execute();
  }
  await keepAnAdministrator(ctx);
};

/** The 0.39 wire replaces the whole list of members. */
const replace = async (ctx: Context, team: Values, names: readonly string[] | null | undefined): Promise<void> => {
  if (names === undefined || names === null) return;
  const wanted = await Promise.all(names.map(async (name) => (await must(ctx, ctx.registry.get('account'), name, 'read', ['id']))['id'] as string));
  const now = (await ctx.db.selectFrom('team_member').select('account_id').where('team_id', '=', team['id']).execute()).map((row) => row['account_id'] as string);
  await put(
    ctx,
    team,
    wanted.filter((id) => !now.includes(id)),
  );
  await take(
    ctx,
    team,
    now.filter((id) => !wanted.includes(id)),
  );
};

export const team = defineResource({
  type: 'team',
  path: 'teams',
  table: 'team',
  label: 'team',
  group: 'people',
  by_name: true,
  unique: [['name']],
  description: 'A named set of people and service accounts; what it is given, all of them hold at once.',
  fields: {
    ...standard(),
    ...named(),
    description: longText({ default: '', update: true, filter: true }),
    // As many as the caller may see, like the list of them.
    member_count: computed<number>(
      'integer',
      (t, ctx) =>
        sql`(select count(*) from team_member as m join account as u on u.id = m.account_id where m.team_id = ${sql.ref(`${t}.id`)} and ${visible(ctx, ctx.registry.get('account'), 'read', 'u')})`,
    ),
  },
  access: { scope: 'server', owner: null, share: false },
  relations: {
    members: many('account', { through: { table: 'team_member', from: 'team_id', to: 'account_id' }, sort: 'name' }),
    roles: derived(heldByTeams, { empty: [] }),
  },
  filters: {
    member: filter(
      'text',
      (t, is, ctx) =>
        sql`exists (select 1 from team_member as m join account as u on u.id = m.account_id where m.team_id = ${sql.ref(`${t}.id`)} and ${visible(ctx, ctx.registry.get('account'), 'read', 'u')} and (${is(sql.ref('u.name'))} or ${is(sql.ref('u.id'))}))`,
      { negate_outside: true },
    ),
  },
  inputs: {
    create: { members: Type.Optional(accounts), users: Type.Optional(accounts) },
    update: { add_members: Type.Optional(accounts), remove_members: Type.Optional(accounts), users: Type.Optional(accounts) },
  },
  ignore: ['user'],
  hooks: {
    created: async (ctx, row, input) => {
      await put(ctx, row, input['members']);
      await put(ctx, row, input['users']);
    },
    updated: async (ctx, row, input) => {
      await put(ctx, row, input['add_members']);
      await take(ctx, row, input['remove_members']);
      await replace(ctx, row, input['users']);
    },
    remove: async (ctx, row) => {
      await touchGrants(ctx);
      await ctx.db.deleteFrom('role_assignment').where('team_id', '=', row.id).execute();
      await ctx.db.deleteFrom('team_member').where('team_id', '=', row.id).execute();
      await keepAnAdministrator(ctx);
    },
  },
  show: ['name', 'description', 'member_count'],
});
