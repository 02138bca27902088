import { path } from '@zendo/client';
import { arg, command, flag, group, type Leaf, many } from '../../core/command.ts';
import { usage } from '../../core/faults.ts';
import type { Context } from '../../core/context.ts';
import { findThing, type Thing } from '../../core/things.ts';
import { columns } from '../../output/columns.ts';
import {
  addressOf,
  expiry,
  level,
  place,
  sayHidden,
  shareColumns,
  until,
  whomOf,
  type Hidden,
  type Sharing,
} from './parts.ts';

type Input = {
  readonly user: readonly string[];
  readonly team: readonly string[];
  readonly workspace: boolean;
  readonly level: string | undefined;
  readonly expires: string | undefined;
  readonly along: boolean;
};
export const thingArg = { thing: arg('TYPE/NAME or TYPE/ID, e.g. stack/prod') };
export const whom = {
  user: many('a person or service account', { short: 'u' }),
  team: many('a team', { short: 't' }),
  workspace: flag('everyone: of the workspace in which it lies, or of the server', { short: 'w', also: ['everyone'] }),
};

/** Shares a thing with each of those who are named; with `along` also what it needs and they do not see. */
export const shareWith = async (ctx: Context, thing: Thing, input: Input): Promise<void> => {
  const api = await ctx.rolesApi();
  const [at, limit] = [input.level ?? 'view', expiry(input.expires)];
  let last: Sharing | undefined;
  for (const { said, words } of whomOf(ctx, input)) {
    let along: readonly Hidden[] = [];
    if (input.along) {
      const found = await api.get<readonly Hidden[]>(`${addressOf(thing)}/hidden`, {
        ...(said as Record<string, string>),
        level: at,
      });
      along = found.filter((part) => part.may_share);
    }
    last = await api.post<Sharing>(addressOf(thing), {
      ...said,
      level: at,
      ...limit,
      along: along.map(({ type, id }) => ({ type, id })),
    });
    ctx.say(
      `${thing.type}/${thing.name} shared with ${words}: ${at}${limit.expires ? `, until ${limit.expires.slice(0, 16)} UTC` : ''}.`,
    );
    for (const part of along) ctx.say(`  along with it: ${part.label} ${part.name}`);
    sayHidden(ctx, last.hidden, words);
  }
  if (ctx.globals.output && last) await ctx.out.list(last, last.shares, shareColumns);
};

const add = command({
  name: 'add',
  summary: 'Share a thing with people, teams or everyone; or change the level',
  notes:
    'view: see it. use, edit: work with it and change it. manage: also remove it and share it on. The word add may be left out.',
  examples: [
    'share stack/prod --user ada --level use',
    'share secret/hf --team ml --expires 30d',
    'share pipeline/training --workspace --level view',
    'share stack/prod --user ada --along',
  ],
  args: thingArg,
  options: {
    ...whom,
    level: level(),
    expires: until(),
    along: flag('share also what it needs and they do not see', { short: 'r' }),
    project: place(),
  },
  run: async (ctx, input) => {
    whomOf(ctx, input);
    await shareWith(ctx, await findThing(await ctx.rolesApi(), input.thing, input.project), input);
  },
});

type Access = {
  readonly principal: { readonly name: string; readonly kind: string };
  readonly level: string;
  readonly reasons: readonly { readonly text: string }[];
};
const accessColumns = columns<Access>({
  name: (one) => one.principal.name,
  kind: (one) => one.principal.kind,
  level: (one) => one.level,
  why: (one) => one.reasons.map((reason) => reason.text).join('; '),
});

const list = command({
  name: 'list',
  aliases: ['ls'],
  summary: 'With whom a thing is shared; with --people everybody who can come to it, and why',
  examples: ['share list stack/prod', 'share list stack/prod --people'],
  args: thingArg,
  options: { people: flag('everybody who can come to it, with the reasons'), project: place() },
  run: async (ctx, input) => {
    const api = await ctx.rolesApi();
    const thing = await findThing(api, input.thing, input.project);
    if (input.people) {
      const found = await api.get<{ readonly people: readonly Access[]; readonly more: boolean }>(
        `${addressOf(thing)}/people`,
      );
      if (found.more) ctx.say('Only the first 500 accounts were asked about.');
      return ctx.out.list(found, found.people, accessColumns);
    }
    const found = await api.get<Sharing>(addressOf(thing));
    const structured = ctx.globals.output === 'json' || ctx.globals.output === 'yaml';
    if (!structured) {
      ctx.say(
        `Owner: ${found.owner?.name ?? found.owner?.id ?? 'nobody'}. General access: ${GENERAL[found.general] ?? `everyone can ${found.general}`}.`,
      );
      if (!found.shares.length) ctx.say('Shared with nobody by name.');
    }
    await ctx.out.list(found, found.shares, shareColumns);
  },
});
const GENERAL: Readonly<Record<string, string>> = { private: 'private', shared: 'shared, as far as roles go' };

const general = command({
  name: 'general',
  summary: 'Make a thing private, shared as far as roles go, or open to everyone at a level',
  examples: ['share general stack/prod private', 'share general stack/prod view'],
  args: { ...thingArg, access: arg('private, shared, view, use, edit or manage') },
  options: { project: place() },
  run: async (ctx, input) => {
    const api = await ctx.rolesApi();
    const thing = await findThing(api, input.thing, input.project);
    let confirm = ctx.globals.yes;
    if (input.access === 'private' && !confirm) {
      const uses = await api.get<{
        readonly things: readonly { readonly label: string; readonly name: string | null; readonly id: string }[];
        readonly more: boolean;
      }>(`${addressOf(thing)}/uses`);
      if (uses.things.length || uses.more) {
        await ctx.ask.confirm(`Make ${thing.type}/${thing.name} private?`, [
          'Others use it, and will find it hidden:',
          ...uses.things.map((use) => `  ${use.label} ${use.name ?? use.id}`),
          ...(uses.more ? ['  and things that you may not see'] : []),
        ]);
        confirm = true;
      }
    }
    await api.put(addressOf(thing), { general: input.access, confirm });
    ctx.say(`${thing.type}/${thing.name}: ${GENERAL[input.access] ?? `everyone can ${input.access}`}.`);
  },
});

export const unshare = command({
  name: 'unshare',
  summary: 'Take back what was shared with people, teams or everyone',
  examples: ['unshare stack/prod --user ada', 'unshare stack/prod --workspace'],
  args: thingArg,
  options: { ...whom, project: place() },
  run: async (ctx, input) => {
    const api = await ctx.rolesApi();
    const thing = await findThing(api, input.thing, input.project);
    for (const { said, words } of whomOf(ctx, input)) {
      const query = Object.entries(said).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
      await api.delete(`${addressOf(thing)}?${query.join('&')}`);
      ctx.say(`${thing.type}/${thing.name} is no longer shared with ${words}; it counts at once.`);
    }
  },
});

export const share = group({
  name: 'share',
  summary: 'Share single things with people, teams or everyone',
  commands: [add, list, general],
});

type Part = { readonly id: string; readonly name: string; readonly body?: { readonly private: boolean } | null };
type Parts = { readonly metadata?: { readonly components?: Readonly<Record<string, readonly Part[]>> } | null };

/** Makes a thing shared as far as roles go, and with `along` the private components of a stack too. */
const open = async (ctx: Context, thing: Thing, along: boolean): Promise<void> => {
  const api = await ctx.rolesApi();
  const found = along && thing.type === 'stack' ? await api.get<Parts>(path`/stacks/${thing.id}`) : undefined;
  const parts = Object.values(found?.metadata?.components ?? {})
    .flat()
    .filter((part) => part.body?.private === true)
    .map((part) => ({ type: 'stack_component', id: part.id, name: part.name }));
  for (const one of [thing, ...parts]) {
    await api.put(addressOf(one), { general: 'shared' });
    ctx.say(`${one.type}/${one.name}: ${GENERAL['shared']}.`);
  }
};

/** As `share TYPE/NAME`, in the words of the original: `stack share NAME`, which with nobody named shares it as far as roles go. */
export const shareOne = (word: string): Leaf =>
  command({
    name: 'share',
    summary: `Share it with people or teams; with nobody named, as far as roles go`,
    examples: [`${word} share NAME`, `${word} share NAME --user ada`, `${word} share NAME --team ml --level edit`],
    args: { name: arg('name or id') },
    options: {
      ...whom,
      level: level(),
      expires: until(),
      along: flag('what it needs too: components, connectors and secrets', { short: 'r', also: ['recursive'] }),
    },
    run: async (ctx, input) => {
      const thing = await findThing(await ctx.rolesApi(), `${word}/${input.name}`);
      if (input.user.length + input.team.length || input.workspace) return shareWith(ctx, thing, input);
      if (input.level ?? input.expires) throw usage('--level and --expires need --user, --team or --workspace');
      return open(ctx, thing, input.along);
    },
  });
export const unshareOne = (word: string): Leaf =>
  command({
    name: 'unshare',
    summary: 'Take back what was shared of it',
    args: { name: arg('name or id') },
    options: whom,
    run: async (ctx, input) => unshare.run(ctx, { ...input, thing: `${word}/${input.name}` }),
  });
