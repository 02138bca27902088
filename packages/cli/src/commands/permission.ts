import type { Permission } from '@zendo/client';
import { command, flag, group, text } from '../core/command.ts';
import { CliError, exit } from '../core/faults.ts';
import { didYouMean } from '../core/suggest.ts';
import { columns } from '../output/columns.ts';

const shown = columns<Permission>({
  name: (one) => one.name,
  group: (one) => one.group,
  description: (one) => one.description,
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
    const all = await (await ctx.rolesApi()).get<readonly Permission[]>('/permissions');
    const type = input.type?.replaceAll('-', '_');
    if (type) {
      const found = all.filter((one) => one.type === type);
      const types = all.map((one) => one.type ?? '');
      if (!found.length) throw new CliError(`there is no type ${type}`, exit.notFound, didYouMean(type, types));
      return ctx.out.list(found, found, shown);
    }
    const macros = all.filter((one) => one.macro);
    // Scripts get the whole list; a person gets the three words that stand for it first.
    if (input.verbose || (ctx.globals.output && ctx.globals.output !== 'table')) return ctx.out.list(all, all, shown);
    await ctx.out.list(macros, macros, shown);
    const fine = all.length - macros.length;
    ctx.say(
      `They stand for ${fine} fine permissions, which roles may also name: ${ctx.program} permission list --verbose`,
    );
  },
});

export const permission = group({ name: 'permission', summary: 'Every permission that exists', commands: [list] });
