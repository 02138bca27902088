import { path } from '@zendo/client';
import { arg, command, flag, text } from '../../core/command.ts';
import { usage } from '../../core/faults.ts';
import { done } from '../../core/show.ts';
import { columnsOf, findOne, kindGroup, name, type Thing } from './kind.ts';

const shown = columnsOf({
  color: (thing) => thing.body['color'],
  exclusive: (thing) => (thing.body['exclusive'] === true ? 'yes' : 'no'),
  used: (thing) => thing.body['tagged_count'],
});
const color = text('grey, purple, red, green, yellow, orange, lime, teal, turquoise, magenta or blue', {
  short: 'c',
  value: 'colour',
});

const create = command({
  name: 'create',
  aliases: ['register'],
  summary: 'Make a tag',
  args: { name: arg('unique name') },
  options: {
    color,
    exclusive: flag('on one thing of a kind at a time: putting it on takes it off the other', { short: 'e' }),
    private: flag('for yourself alone'),
  },
  run: async (ctx, input) => {
    const made = await (
      await ctx.api()
    ).post<Thing>('/tags', {
      name: input.name,
      exclusive: input.exclusive,
      ...(input.color === undefined ? {} : { color: input.color }),
      ...(input.private ? { private: true } : {}),
    });
    await done(ctx, `The tag ${made.name} is made.`, made, shown);
  },
});

const update = command({
  name: 'update',
  summary: 'Rename a tag or give it another colour',
  args: { tag: name },
  options: { name: text('new name', { short: 'n' }), color },
  run: async (ctx, input) => {
    const api = await ctx.api();
    if (input.name === undefined && input.color === undefined) throw usage('nothing to change: give --name or --color');
    const { id } = await findOne(api, { path: '/tags', label: 'tag' }, input.tag, undefined);
    const after = await api.put<Thing>(path`/tags/${id}`, {
      ...(input.name === undefined ? {} : { name: input.name }),
      ...(input.color === undefined ? {} : { color: input.color }),
    });
    await done(ctx, `The tag ${after.name} is changed.`, after, shown);
  },
});

export const tag = kindGroup({
  name: 'tag',
  label: 'tag',
  summary: 'Words on pipelines, runs, artifacts and models',
  path: '/tags',
  shown,
  filters: { name: 'name', color: 'colour', exclusive: 'true or false', resource_type: 'what it is put on' },
  goes: 'It comes off everything that carries it.',
  placed: false,
  more: [create, update],
});
