import { path, type Role } from '@zendo/client';
import { arg, command, flag, group, many, text } from '../../core/command.ts';
import { usage } from '../../core/faults.ts';
import { listCommand } from '../../core/list.ts';
import { preview } from '../../core/preview.ts';
import { done } from '../../core/show.ts';
import { columns } from '../../output/columns.ts';
import { assign, assignment, revoke } from './assignment.ts';

const roleColumns = columns<Role>({
  name: (role) => role.name,
  holders: (role) => role.body.holders,
  builtin: (role) => (role.body.builtin ? 'yes' : 'no'),
  description: (role) => role.body.description,
  permissions: (role) => role.body.permissions.join(' '),
  'id?': (role) => role.id,
});

const permissions = many('read, write, me or a fine one such as stack:update', { short: 'p', value: 'permission' });

const create = command({
  name: 'create',
  summary: 'Create a role',
  examples: ['role create editor -p read -p write -p me', 'role create stack-keeper -p read -p me -p stack:update'],
  args: { role: arg('unique name') },
  options: {
    permissions: { ...permissions, also: ['permission'] },
    description: text('what it is for', { short: 'd', value: 'text' }),
  },
  run: async (ctx, input) => {
    if (!input.permissions.length)
      throw usage("missing option '-p, --permissions <permission>'", `Next: ${ctx.program} permission list`);
    const role = await (
      await ctx.rolesApi()
    ).post<Role>('/roles', {
      name: input.role,
      permissions: input.permissions.map((one) => ctx.mention('permissions', one)),
      ...(input.description === undefined ? {} : { description: input.description }),
    });
    await done(ctx, `Role ${role.name} created: ${role.body.permissions.join(' ')}.`, role, roleColumns);
  },
});

const describe = command({
  name: 'describe',
  aliases: ['get'],
  summary: 'Show a role',
  args: { role: arg('name or id') },
  run: async (ctx, input) =>
    ctx.out.one(await (await ctx.rolesApi()).get<Role>(path`/roles/${input.role}`), roleColumns),
});

const update = command({
  name: 'update',
  summary: 'Rename a role, add or remove permissions',
  examples: ['role update editor -a stack:share -r write', 'role update editor -r write --dry-run'],
  args: { role: arg('name or id') },
  options: {
    name: text('new name', { short: 'n' }),
    description: text('what it is for', { short: 'd', value: 'text' }),
    add_permission: many('add a permission', { short: 'a', value: 'permission' }),
    remove_permission: many('remove a permission', { short: 'r', value: 'permission' }),
    dry_run: flag('only show who would gain or lose what'),
  },
  run: async (ctx, input) => {
    const { add_permission: add, remove_permission: drop, name, description } = input;
    if (name === undefined && description === undefined && !add.length && !drop.length)
      throw usage('nothing to change: give --name, --description, --add-permission or --remove-permission');
    const api = await ctx.rolesApi();
    const before = await api.get<Role>(path`/roles/${input.role}`);
    const missing = drop.filter((one) => !before.body.permissions.includes(one));
    if (missing.length)
      throw usage(
        `role ${before.name} does not have ${missing.join(', ')}`,
        `It has: ${before.body.permissions.join(' ')}`,
      );
    const after = [...new Set([...before.body.permissions, ...add])].filter((one) => !drop.includes(one));
    for (const one of add) ctx.mention('permissions', one);
    if (input.dry_run) return preview(ctx, { role: before.id, permissions: after });
    const role = await api.put<Role>(path`/roles/${input.role}`, {
      ...(name === undefined ? {} : { name }),
      ...(description === undefined ? {} : { description }),
      ...(add.length || drop.length ? { permissions: after } : {}),
    });
    await done(
      ctx,
      `Role ${role.name} changed: ${role.body.permissions.join(' ')}. It counts at once.`,
      role,
      roleColumns,
    );
  },
});

const remove = command({
  name: 'delete',
  aliases: ['remove'],
  summary: 'Delete a role; whoever has it loses it',
  args: { role: arg('name or id') },
  run: async (ctx, input) => {
    const api = await ctx.rolesApi();
    if (!ctx.globals.yes) {
      const { name, body } = await api.get<Role>(path`/roles/${input.role}`);
      await ctx.ask.confirm(`Delete role ${name}?`, [
        `${body.holders} holder(s) lose it: ${body.permissions.join(' ')}.`,
      ]);
    }
    await api.delete(path`/roles/${input.role}`);
    ctx.say(`Role ${input.role} deleted.`);
  },
});

const list = listCommand<Role>({
  summary: 'List the roles',
  path: '/roles',
  columns: roleColumns,
  filters: { name: 'role name', id: 'id' },
  about: 'roles',
});

export const role = group({
  name: 'role',
  summary: 'Named lists of permissions, and who has them',
  commands: [create, list, describe, update, remove, assign, revoke, assignment],
});
