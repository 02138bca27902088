import { arg, command, text } from '../../core/command.ts';
import { usage } from '../../core/faults.ts';
import { findThing } from '../../core/things.ts';
import { addressOf, LEVELS, place } from './parts.ts';
import { thingArg } from './share.ts';

const keep = (who: string) => text(`the level that ${who} keeps`, { choices: [...LEVELS, 'none'] });

export const transfer = command({
  name: 'transfer',
  summary: 'Give a thing that you own to another owner',
  examples: ['transfer stack/prod ada', 'transfer stack/prod ada --keep edit --note "yours now"'],
  args: { ...thingArg, to: arg('the new owner') },
  options: { keep: keep('you'), note: text('what the new owner reads'), project: place() },
  run: async (ctx, input) => {
    const api = await ctx.rolesApi();
    const thing = await findThing(api, input.thing, input.project);
    ctx.mention('users', input.to);
    const kept =
      input.keep && input.keep !== 'none'
        ? `You keep: ${input.keep}.`
        : 'You keep nothing of it but what your roles give.';
    await ctx.ask.confirm(`Give ${thing.type}/${thing.name} to ${input.to}?`, [kept]);
    await api.post(`${addressOf(thing)}/transfer`, {
      to: input.to,
      keep: input.keep ?? null,
      note: input.note ?? null,
    });
    ctx.say(`${thing.type}/${thing.name} now belongs to ${input.to}.`);
  },
});

export const takeOver = command({
  name: 'take-over',
  summary: 'Become the owner of a thing of somebody else, who is told of it (administrators)',
  notes: 'Private things are named by their id: access private lists them.',
  examples: ['take-over pipeline/0199c2f0-7c1e-7aaa-8000-2b1f0c3d4e5f --reason "she left"'],
  args: thingArg,
  options: { reason: text('why; the owner reads it'), keep: keep('the former owner'), project: place() },
  run: async (ctx, input) => {
    if (!input.reason) throw usage("missing option '--reason <reason>'", 'The owner reads it.');
    const api = await ctx.rolesApi();
    const thing = await findThing(api, input.thing, input.project);
    await ctx.ask.confirm(`Take over ${thing.type}/${thing.name}?`, ['Its owner and the audit log are told.']);
    await api.post(`${addressOf(thing)}/take_over`, { reason: input.reason, keep: input.keep ?? null });
    ctx.say(`${thing.type}/${thing.name} is yours now; its former owner is told.`);
  },
});
