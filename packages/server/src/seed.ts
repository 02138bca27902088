// What every database holds before the first request: the built-in roles, the default project, the server's own id.
import { newId, type Context } from './kernel/context.ts';
import { loadSettings, saveSettings } from './services/settings.ts';
import { DEFAULT_PROJECT } from './resources/project/project.ts';
import { LOCAL_ID } from './local_actor.ts';
import { seedStacks } from './seeds/stacks.ts';

const BUILTIN = [
  { name: 'admin', description: 'Everything, people and roles included.', permissions: () => ['read', 'write', 'me'] },
  {
    name: 'developer',
    description: 'Sees everything and works on stacks, pipelines, models and the rest; nothing on people, roles or settings.',
    permissions: (ctx: Context) => [
      'read',
      'me',
      ...ctx.registry.permissions.filter((permission) => permission.group === 'ml' && permission.action !== 'read').map((permission) => permission.name),
    ],
  },
  { name: 'guest', description: 'Sees everything, changes nothing but the own account.', permissions: () => ['read', 'me'] },
] as const;

/** On one thing the role developer lets use and edit it: removing it and sharing it on are left to those who manage it. */
const NOT_ON_ONE_THING = [':delete', ':share', ':prune'];

const seedRoles = async (ctx: Context): Promise<void> => {
  for (const role of BUILTIN) {
    const known = await ctx.db.selectFrom('role').select('id').where('name', '=', role.name).executeTakeFirst();
    const id = (known?.['id'] as string | undefined) ?? newId();
    if (known === undefined)
      await ctx.db.insertInto('role').values({ id, created: ctx.now, updated: ctx.now, name: role.name, description: role.description, builtin: 1 }).execute();
    const wanted = [...role.permissions(ctx)].sort();
    const wide = new Set(role.name === 'developer' ? wanted.filter((permission) => NOT_ON_ONE_THING.some((action) => permission.endsWith(action))) : []);
    const stored = (await ctx.db.selectFrom('role_permission').select(['permission', 'wide']).where('role_id', '=', id).execute()) as {
      permission: string;
      wide: number;
    }[];
    const form = (permission: string, on: boolean): string => `${permission} ${on}`;
    const now = stored.map((row) => form(row.permission, Number(row.wide) === 1)).sort();
    if (
      wanted
        .map((permission) => form(permission, wide.has(permission)))
        .sort()
        .join() === now.join()
    )
      continue;
    // A new version may know more resources; the built-in roles follow.
    await ctx.db.deleteFrom('role_permission').where('role_id', '=', id).execute();
    await ctx.db
      .insertInto('role_permission')
      .values(wanted.map((permission) => ({ role_id: id, permission, wide: wide.has(permission) ? 1 : 0 })))
      .execute();
    await ctx.db
      .updateTable('authz_version')
      .set((eb) => ({ version: eb('version', '+', 1) }))
      .execute();
  }
};

/** Brings the seed up to date, in the caller's transaction; what is there stays. */
export const seed = async (ctx: Context, options: { local: boolean }): Promise<void> => {
  const row = { created: ctx.now, updated: ctx.now };
  await seedRoles(ctx);
  if ((await ctx.db.selectFrom('project').select('id').where('name', '=', DEFAULT_PROJECT).executeTakeFirst()) === undefined) {
    await ctx.db
      .insertInto('project')
      .values({ id: newId(), ...row, name: DEFAULT_PROJECT, display_name: DEFAULT_PROJECT, description: '', project_metadata: '{}' })
      .execute();
  }
  await seedStacks(ctx);
  if ((await loadSettings(ctx.db)).server_id === undefined) await saveSettings(ctx, { server_id: newId() });
  if (options.local && (await ctx.db.selectFrom('account').select('id').where('id', '=', LOCAL_ID).executeTakeFirst()) === undefined) {
    await ctx.db
      .insertInto('account')
      .values({
        id: LOCAL_ID,
        ...row,
        name: 'default',
        name_key: 'default',
        is_service_account: 0,
        status: 'active',
        full_name: '',
        description: '',
        user_metadata: '{}',
      })
      .execute();
  }
};
