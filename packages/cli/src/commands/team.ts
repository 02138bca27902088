import { path, type Team } from '@zendo/client';
import { arg, command, flag, group, many, text } from '../core/command.ts';
import { usage } from '../core/faults.ts';
import { heldNames } from '../core/held.ts';
import { listCommand } from '../core/list.ts';
import { preview } from '../core/preview.ts';
import { done } from '../core/show.ts';
import { columns } from '../output/columns.ts';

const teamColumns = columns<Team>({
  name: (team) => team.name,
  members: (team) => team.resources?.members?.map((one) => one.name ?? one.id).join(', ') || team.body.member_count,
  roles: (team) => heldNames(team.resources?.roles),
  description: (team) => team.body.description,
  'id?': (team) => team.id,
});

const name = arg('name or id');

const create = command({
  name: 'create',
  summary: 'Create a team',
  examples: ['team create ml -u ada -u grace'],
  args: { name: arg('unique name') },
  options: {
    user: many('member (also a service account)', { short: 'u' }),
    description: text('what it is for', { short: 'd', value: 'text' }),
  },
  run: async (ctx, input) => {
    const team = await (
      await ctx.rolesApi()
    ).post<Team>('/teams', {
      name: input.name,
      ...(input.description === undefined ? {} : { description: input.description }),
      ...(input.user.length ? { members: input.user.map((user) => ctx.mention('users', user)) } : {}),
    });
    await done(
      ctx,
      `Team ${team.name} created${input.user.length ? ` with ${input.user.join(', ')}` : ''}.`,
      team,
      teamColumns,
    );
  },
});

const describe = command({
  name: 'describe',
  aliases: ['get'],
  summary: 'Show a team: members and roles',
  args: { name },
  run: async (ctx, input) => ctx.out.one(await (await ctx.api()).get<Team>(path`/teams/${input.name}`), teamColumns),
});

const update = command({
  name: 'update',
  summary: 'Rename a team, add or remove members',
  examples: ['team update ml -a grace -r ada', 'team update ml -r ada --dry-run'],
  args: { team: name },
  options: {
    name: text('new name', { short: 'n' }),
    description: text('what it is for', { short: 'd', value: 'text' }),
    add_user: many('add a member', { short: 'a', value: 'user' }),
    remove_user: many('remove a member', { short: 'r', value: 'user' }),
    dry_run: flag('only show who would gain or lose what'),
  },
  run: async (ctx, input) => {
    const { team: which, description, add_user: add, remove_user: drop } = input;
    const members = { ...(add.length ? { add_members: add } : {}), ...(drop.length ? { remove_members: drop } : {}) };
    for (const user of [...add, ...drop]) ctx.mention('users', user);
    const api = await ctx.rolesApi();
    if (input.dry_run) return preview(ctx, { team: which, ...members });
    const body = {
      ...(input.name === undefined ? {} : { name: input.name }),
      ...(description === undefined ? {} : { description }),
      ...members,
    };
    if (!Object.keys(body).length)
      throw usage('nothing to change: give --name, --description, --add-user or --remove-user');
    const team = await api.put<Team>(path`/teams/${which}`, body);
    await done(ctx, `Team ${team.name} changed; it counts at once.`, team, teamColumns);
  },
});

const remove = command({
  name: 'delete',
  aliases: ['remove'],
  summary: 'Delete a team; its members lose what they had through it',
  args: { name },
  run: async (ctx, input) => {
    const api = await ctx.rolesApi();
    if (!ctx.globals.yes) {
      const team = await api.get<Team>(path`/teams/${input.name}`);
      const roles = heldNames(team.resources?.roles);
      await ctx.ask.confirm(`Delete team ${team.name}?`, [
        `It has ${team.body.member_count} member(s)${roles && `, who lose through it: ${roles}`}.`,
      ]);
    }
    await api.delete(path`/teams/${input.name}`);
    ctx.say(`Team ${input.name} deleted.`);
  },
});

const list = listCommand<Team>({
  summary: 'List the teams',
  path: '/teams',
  columns: teamColumns,
  filters: { name: 'team name', id: 'id' },
});

export const team = group({
  name: 'team',
  summary: 'Named sets of people',
  commands: [create, list, describe, update, remove],
});
