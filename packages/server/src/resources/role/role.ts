import { sql } from 'kysely';
import Type from 'typebox';
import { permissionsOf } from '../../access/grants.ts';
import { atServer, mustHold, mustHoldOnThings } from '../../access/holding.ts';
import { touchGrants } from '../../kernel/audit.ts';
import type { Context } from '../../kernel/context.ts';
import { Invalid, NotAllowed } from '../../kernel/errors.ts';
import { boolean, computed, longText, named, standard } from '../../kernel/field.ts';
import { defineResource, type Values } from '../../kernel/resource.ts';
import { nearest } from '../../kernel/validate.ts';
import { visible } from '../../kernel/visible.ts';
import { loadSettings, saveSettings } from '../../services/settings.ts';

/** Permissions as stored: one row each, shown as a list in the order of their names. */
const listOf = (t: string, dialect: string) =>
  dialect === 'postgres'
    ? sql`(select coalesce(json_agg(p.permission order by p.permission)::text, '[]') from role_permission as p where p.role_id = ${sql.ref(`${t}.id`)})`
    : sql`(select json_group_array(permission) from (select p.permission from role_permission as p where p.role_id = ${sql.ref(`${t}.id`)} order by p.permission))`;

const permissions = Type.Array(Type.String({ minLength: 1, maxLength: 255 }), { maxItems: 1000 });

/** Stores what a role may do. Throws Invalid on a permission that does not exist. */
export const savePermissions = async (ctx: Context, role_id: string, names: readonly string[]): Promise<void> => {
  const known = ctx.registry.permissions.map((permission) => permission.name);
  for (const name of names.filter((given) => !known.includes(given))) {
    const near = nearest(name, known);
    throw new Invalid(`There is no permission '${name}'${near === null ? '.' : `; did you mean '${near}'?`} GET /permissions lists them all`);
  }
  await touchGrants(ctx);
  await ctx.db.deleteFrom('role_permission').where('role_id', '=', role_id).execute();
  if (names.length > 0)
    await ctx.db
      .insertInto('role_permission')
      .values([...new Set(names)].map((permission) => ({ role_id, permission })))
      .execute();
};

const judgeBuiltin = (row: Values): void => {
  if (row['builtin'] === true) throw new NotAllowed(`The role ${row['name']} is built in and cannot be changed or removed; make a new role from it instead`);
};

/** Whoever edits a role hands out what it gains, wherever it is held; and what it has, by making it hold for longer. */
const judgeEdit = async (ctx: Context, names: readonly string[]): Promise<void> => mustHold(ctx, names, atServer, 'save this role');

export const role = defineResource({
  type: 'role',
  path: 'roles',
  table: 'role',
  label: 'role',
  group: 'people',
  by_name: true,
  unique: [['name']],
  description: 'A named list of permissions.',
  fields: {
    ...standard(),
    ...named(),
    description: longText({ default: '', update: true, filter: true }),
    builtin: boolean({ create: 'never' }),
    permissions: computed<readonly string[]>('json', (t, ctx) => listOf(t, ctx.database.dialect), { filter: false }),
    // As many as the caller may see.
    holders: computed<number>(
      'integer',
      (t, ctx) =>
        sql`(select count(distinct a.principal_id) from role_assignment as a where a.role_id = ${sql.ref(`${t}.id`)} and a.scope <> 'resource' and (a.expires is null or a.expires > ${ctx.now}) and ${visible(ctx, ctx.registry.get('role_assignment'), 'read', 'a')})`,
      { filter: false },
    ),
  },
  access: { scope: 'server', owner: null, share: false },
  inputs: { create: { permissions }, update: { permissions: Type.Optional(permissions) } },
  ignore: ['user'],
  hooks: {
    create: async (ctx, input) => {
      await judgeEdit(ctx, input['permissions']);
      return { builtin: false };
    },
    created: (ctx, row, input) => savePermissions(ctx, row.id, input['permissions']),
    update: async (ctx, row, input) => {
      judgeBuiltin(row);
      const { default_role } = await loadSettings(ctx.db);
      if (input['name'] !== undefined && default_role === row.name) await saveSettings(ctx, { default_role: input['name'] });
      const before = (await permissionsOf(ctx.db, [row.id])).get(row.id)!;
      if (input['permissions'] !== undefined) {
        await touchGrants(ctx);
        const gained = (input['permissions'] as string[]).filter((permission) => !before.has(permission));
        await judgeEdit(ctx, [...(input['permissions'] as string[]), ...before]);
        await mustHoldOnThings(ctx, row.id, gained, 'save this role: it was given on single things');
      }
      return {};
    },
    updated: async (ctx, row, input) => {
      if (input['permissions'] !== undefined) await savePermissions(ctx, row.id, input['permissions']);
    },
    remove: async (ctx, row) => {
      judgeBuiltin(row);
      if ((await loadSettings(ctx.db)).default_role === row.name)
        throw new NotAllowed(`The role ${row.name} is the one that new people get; choose another in the settings first`);
      const held = await ctx.db
        .selectFrom('role_assignment')
        .select(sql<number>`count(*)`.as('n'))
        .where('role_id', '=', row.id)
        .executeTakeFirst();
      if (Number(held?.['n'] ?? 0) > 0) throw new NotAllowed(`The role ${row.name} is held ${held!['n']} times; revoke it everywhere first`);
    },
  },
  show: ['name', 'permissions', 'holders', 'builtin'],
});
