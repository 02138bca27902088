import type { Permission } from '@zendo/client';
import { command, flag, group, text } from '../core/command.ts';
import { columns } from '../output/columns.ts';

const all = columns<Permission>({
  name: (one) => one.name,
  macro: (one) => one.macro,
  group: (one) => one.group,
  description: (one) => one.description,
});

type Row = { readonly name: string; readonly permissions: string; readonly description: string };

// The three words that most people need first; the 150 fine ones on request.
const macros = (list: readonly Permission[]): Row[] =>
  (
    [
      ['read', 'see everything that is not private'],
      ['write', 'every other action on everything, people and roles included'],
      ['me', "one's own account: name, e-mail, password, tokens, sessions"],
    ] as const
  ).map(([name, description]) => ({
    name,
    permissions: String(list.filter((one) => one.macro === name).length),
    description,
  }));

const macroColumns = columns<Row>({
  name: (row) => row.name,
  permissions: (row) => row.permissions,
  description: (row) => row.description,
});

const list = command({
  name: 'list',
  aliases: ['ls'],
  summary: 'List the permissions: read, write and me, or with --verbose all',
  examples: ['permission list', 'permission list --verbose', 'permission list --type stack'],
  options: {
    verbose: flag('every fine permission too', { short: 'v' }),
    type: text('only those of one resource type'),
  },
  run: async (ctx, input) => {
    const found = await (await ctx.rolesApi()).get<readonly Permission[]>('/permissions');
    const wanted = input.type ? found.filter((one) => one.type === input.type!.replaceAll('-', '_')) : found;
    if (input.verbose || input.type || (ctx.globals.output && ctx.globals.output !== 'table'))
      return ctx.out.list(wanted, wanted, all);
    await ctx.out.list(found, macros(found), macroColumns);
    ctx.say(
      `They stand for ${found.length} fine permissions, which roles may also name one by one: ${ctx.program} permission list --verbose`,
    );
  },
});

export const permission = group({ name: 'permission', summary: 'Every permission that exists', commands: [list] });
