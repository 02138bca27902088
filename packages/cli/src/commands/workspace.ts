import { path, type Envelope, type Held, type User } from '@zendo/client';
import { arg, command, flag, group, text } from '../core/command.ts';
import { ago } from '../core/duration.ts';
import { CliError, exit, usage } from '../core/faults.ts';
import { listCommand } from '../core/list.ts';
import { done } from '../core/show.ts';
import { columns } from '../output/columns.ts';

type Member = Held & { readonly principal: { readonly id: string; readonly name: string; readonly kind?: string } };
type Workspace = Envelope<
  { readonly display_name: string | null; readonly member_count?: number; readonly created: string },
  { readonly description?: string | null },
  { readonly members?: readonly Member[] }
>;

/** What would go with a workspace, and why it cannot. */
interface Removal {
  readonly goes: readonly { readonly type: string; readonly label: string; readonly count: number }[];
  readonly hindered: string | null;
}

const workspaceColumns = columns<Workspace>({
  name: (one) => one.name,
  display_name: (one) => one.body.display_name,
  members: (one) => one.body.member_count ?? one.resources?.members?.length,
  description: (one) => one.metadata?.description,
  created: (one) => ago(one.body.created),
  'id?': (one) => one.id,
});

const memberColumns = columns<Member>({
  name: (one) => one.principal.name,
  kind: (one) => one.principal.kind,
  role: (one) => one.role.name,
  via: (one) => one.via && `team ${one.via.name}`,
  expires: (one) => ago(one.expires),
});

const name = arg('name or id');
const changes = {
  description: text('what it is for', { short: 'd', value: 'text' }),
  display_name: text('name to show', { value: 'name' }),
};

const create = command({
  name: 'create',
  summary: 'Create a workspace',
  args: { name: arg('unique name') },
  options: changes,
  run: async (ctx, { name: called, description, display_name }) => {
    const api = await ctx.api();
    const one = await api.post<Workspace>('/projects', {
      name: called,
      ...(description === undefined ? {} : { description }),
      ...(display_name === undefined ? {} : { display_name }),
    });
    await done(ctx, `Workspace ${one.name} created.`, one, workspaceColumns);
  },
});

const describe = command({
  name: 'describe',
  aliases: ['get'],
  summary: 'Show a workspace',
  args: { name },
  run: async (ctx, input) =>
    ctx.out.one(await (await ctx.api()).get<Workspace>(path`/projects/${input.name}`), workspaceColumns),
});

const update = command({
  name: 'update',
  summary: 'Rename or describe a workspace',
  args: { workspace: name },
  options: { name: text('new name', { short: 'n' }), ...changes },
  run: async (ctx, { workspace: which, ...rest }) => {
    const body = Object.fromEntries(
      ['name', 'description', 'display_name'].flatMap((key) =>
        rest[key as 'name'] === undefined ? [] : [[key, rest[key as 'name']]],
      ),
    );
    if (!Object.keys(body).length) throw usage('nothing to change: give --name, --display-name or --description');
    const one = await (await ctx.api()).put<Workspace>(path`/projects/${which}`, body);
    await done(ctx, `Workspace ${one.name} changed.`, one, workspaceColumns);
  },
});

const remove = command({
  name: 'delete',
  aliases: ['remove'],
  summary: 'Delete a workspace and everything in it',
  args: { name },
  run: async (ctx, input) => {
    const api = await ctx.api();
    if (!ctx.globals.yes) {
      const inside = await api.get<Removal>(path`/projects/${input.name}/removal`);
      if (inside.hindered !== null) throw new CliError(inside.hindered, exit.notAllowed);
      const things = inside.goes.map(({ count, label }) => `${count} ${label}`).join(', ');
      await ctx.ask.confirm(`Delete workspace ${input.name}?`, [
        things ? `Gone with it: ${things}. This cannot be undone.` : 'It is empty.',
      ]);
    }
    await api.delete(path`/projects/${input.name}`);
    ctx.say(`Workspace ${input.name} deleted.`);
  },
});

const set = command({
  name: 'set',
  summary: 'Choose the workspace that one starts with',
  args: { name },
  options: { default: flag('accepted for the original, which has it too', { hidden: true }) },
  run: async (ctx, input) => {
    const api = await ctx.api();
    const one = await api.get<Workspace>(path`/projects/${input.name}`);
    await api.put<User>('/current-user', { default_project_id: one.id });
    ctx.say(`Workspace ${one.name} is now your default, here and in the dashboard.`);
  },
});

const members = command({
  name: 'members',
  summary: 'List who has a role in a workspace',
  args: { name },
  run: async (ctx, input) => {
    const one = await (await ctx.rolesApi()).get<Workspace>(path`/projects/${input.name}`);
    const found = one.resources?.members ?? [];
    if (!found.length) ctx.say(`Nobody has a role in ${one.name} alone; roles on the server count there too.`);
    await ctx.out.list(found, found, memberColumns);
  },
});

const list = listCommand<Workspace>({
  summary: 'List the workspaces',
  path: '/projects',
  columns: workspaceColumns,
  filters: { name: 'name', display_name: 'name to show', id: 'id' },
});

export const workspace = group({
  name: 'workspace',
  summary: 'Workspaces (also called projects)',
  commands: [create, list, describe, update, remove, set, members],
});
