import { path } from '@zendo/client';
import { arg, command, flag, group } from '../../core/command.ts';
import { listCommand } from '../../core/list.ts';
import { done } from '../../core/show.ts';
import { shareOne, unshareOne } from '../share/share.ts';
import { register, removeComponent, update } from './composing.ts';
import { exporting, importing } from './files.ts';
import { stackColumns, whichStack } from './shown.ts';
import { activeStack, findStack, idsOf, type Stack } from './things.ts';
import { inText } from './types.ts';

const name = arg('name or id');

const describe = command({
  name: 'describe',
  summary: 'Show a stack',
  args: { stack: whichStack },
  run: async (ctx, input) => ctx.out.one(await activeStack(ctx, input.stack), stackColumns),
});

const get = command({
  name: 'get',
  summary: 'The stack that was set',
  run: async (ctx) => {
    const stack = await activeStack(ctx, undefined);
    if (ctx.globals.output) await ctx.out.one(stack, stackColumns);
    else ctx.out.lines(stack.name);
  },
});

const set = command({
  name: 'set',
  summary: 'Use a stack where none is named',
  notes: 'This command line remembers it. The Python client has its own: `zenml stack set NAME`.',
  args: { stack: name },
  run: async (ctx, input) => {
    const stack = await findStack(await ctx.api(), input.stack);
    ctx.save({ ...ctx.config(), stack: stack.id });
    ctx.say(`Stack ${stack.name} is set.`);
  },
});

const rename = command({
  name: 'rename',
  summary: 'Give a stack another name',
  args: { stack: name, new_name: arg('new name') },
  run: async (ctx, input) => {
    const api = await ctx.api();
    const { id } = await findStack(api, input.stack);
    const after = await api.put<Stack>(path`/stacks/${id}`, { name: input.new_name });
    await done(ctx, `Stack ${input.stack} is called ${after.name} now.`, after, stackColumns);
  },
});

const copy = command({
  name: 'copy',
  summary: 'Make another stack of the same components',
  args: { stack: name, new_name: arg('name of the copy') },
  run: async (ctx, input) => {
    const api = await ctx.api();
    const stack = await findStack(api, input.stack);
    const made = await api.post<Stack>('/stacks', { name: input.new_name, components: idsOf(stack) });
    await done(ctx, `Stack ${stack.name} copied to ${made.name}.`, made, stackColumns);
  },
});

const remove = command({
  name: 'delete',
  aliases: ['remove'],
  summary: 'Delete a stack; its components stay',
  args: { stack: name },
  options: { recursive: flag('also those of its components that no other stack uses', { short: 'r' }) },
  run: async (ctx, input) => {
    const api = await ctx.api();
    const stack = await findStack(api, input.stack);
    const runs = await api.get<{ total: number }>('/runs', { stack_id: stack.id, size: 1 });
    await ctx.ask.confirm(`Delete the stack ${stack.name}?`, [
      `${runs.total} run(s) that you can see were made with it; they stay.${input.recursive ? ' Its components go too, where no other stack uses them.' : ''}`,
    ]);
    await api.delete(path`/stacks/${stack.id}`);
    if (ctx.config().stack === stack.id) ctx.save({ ...ctx.config(), stack: undefined });
    ctx.say(`Stack ${stack.name} deleted.`);
    if (!input.recursive) return;
    for (const one of Object.values(stack.metadata?.components ?? {}).flat()) {
      if (one.name === 'default' || !one.body) continue;
      const gone = await api.delete(path`/components/${one.id}`).then(
        () => true,
        () => false,
      );
      ctx.say(`${gone ? 'Deleted' : 'Kept'}: ${inText(one.body.type)} ${one.name}`);
    }
  },
});

const list = listCommand<Stack>({
  summary: 'List the stacks',
  path: '/stacks',
  columns: stackColumns,
  fixed: { hydrate: 'true' },
  filters: { name: 'name', component: 'made with this component: name or id', user: 'owner: name or id', id: 'id' },
});

export const stack = group({
  name: 'stack',
  summary: 'Stacks: what pipelines run on',
  commands: [
    register,
    list,
    describe,
    get,
    set,
    update,
    removeComponent,
    rename,
    copy,
    remove,
    exporting,
    importing,
    shareOne('stack'),
    unshareOne('stack'),
  ],
});
