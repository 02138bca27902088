// Commands that say which components a stack is made of.
import { path, type Client } from '@zendo/client';
import { arg, command, flag, many, text, type Option } from '../../core/command.ts';
import { usage } from '../../core/faults.ts';
import { done } from '../../core/show.ts';
import { stackColumns, whichStack } from './shown.ts';
import { activeStack, findComponent, idsOf, pairs, visibility, type Stack } from './things.ts';
import { inText, repeatable, typeNames, types, type ComponentType } from './types.ts';

type Said = Readonly<Record<ComponentType, readonly string[] | string | undefined>>;
/** An option for each type of component; of some types a stack may have several. */
const partOptions = (
  summary: (type: string) => string,
): Record<ComponentType, Option<readonly string[] | string | undefined>> =>
  Object.fromEntries(
    typeNames.map((type) => {
      const extra = { value: 'name', ...(types[type].short && { short: types[type].short }) };
      const words = summary(inText(type));
      return [type, repeatable.includes(type) ? many(`${words}; may be repeated`, extra) : text(words, extra)];
    }),
  ) as Record<ComponentType, Option<readonly string[] | string | undefined>>;

const namesOf = (said: Said, type: ComponentType): readonly string[] => [said[type] ?? []].flat();
const chosen = async (api: Client, said: Said): Promise<Record<string, string[]>> => {
  const found: Record<string, string[]> = {};
  for (const type of typeNames)
    for (const wanted of namesOf(said, type)) (found[type] ??= []).push((await findComponent(api, type, wanted)).id);
  return found;
};

const carried = {
  label: many('label', { value: 'key=value' }),
  env: many('environment variable', { value: 'key=value' }),
  secret: many('secret whose values become environment variables', { value: 'name' }),
};

export const register = command({
  name: 'register',
  summary: 'Make a stack of components',
  notes: 'The Python client keeps its own active stack: `zenml stack set NAME` sets that one.',
  examples: [
    'stack register gpu -o cluster -a bucket -c hub',
    'stack register mine -o default -a default --private --set',
  ],
  args: { name: arg('unique name') },
  options: {
    ...partOptions((type) => type),
    set: flag('set it at once'),
    private: flag('for yourself alone'),
    share: flag('shared as far as roles go, also where the server makes things private'),
    description: text('what it is for', { value: 'text' }),
    ...carried,
  },
  run: async (ctx, input) => {
    const api = await ctx.api();
    const components = await chosen(api, input);
    const missing = ['orchestrator', 'artifact_store'].filter((type) => !components[type]);
    if (missing.length)
      throw usage(`a stack needs ${missing.map((type) => `--${type.replaceAll('_', '-')}`).join(' and ')}`);
    const made = await api.post<Stack>('/stacks', {
      name: input.name,
      components,
      ...visibility(input),
      ...(input.description === undefined ? {} : { description: input.description }),
      ...(input.label.length ? { labels: pairs(input.label) } : {}),
      ...(input.env.length ? { environment: pairs(input.env) } : {}),
      ...(input.secret.length ? { secrets: input.secret } : {}),
    });
    if (input.set) ctx.save({ ...ctx.config(), stack: made.id });
    await done(ctx, `Stack ${made.name} registered${input.set ? ' and set' : ''}.`, made, stackColumns);
  },
});

export const update = command({
  name: 'update',
  summary: 'Put other components in a stack; those of other types stay',
  examples: ['stack update gpu -a other-bucket', 'stack update gpu -e mlflow -e wandb'],
  args: { stack: whichStack },
  options: {
    ...partOptions((type) => `another ${type}`),
    description: text('what it is for', { value: 'text' }),
    label: many('label; without =value it goes', { value: 'key=value' }),
    env: many('environment variable; without =value it goes', { value: 'key=value' }),
    secret: many('attach a secret', { value: 'name' }),
    remove_secret: many('detach a secret', { value: 'name' }),
  },
  run: async (ctx, input) => {
    const api = await ctx.api();
    const stack = await activeStack(ctx, input.stack);
    const components = await chosen(api, input);
    const merged = (before: object | null | undefined, given: readonly string[]): object => {
      const gone = given.filter((one) => !one.includes('='));
      const all = Object.entries({ ...before, ...pairs(given.filter((one) => one.includes('='))) });
      return Object.fromEntries(all.filter(([key]) => !gone.includes(key)));
    };
    const body = {
      ...(Object.keys(components).length ? { components: { ...idsOf(stack), ...components } } : {}),
      ...(input.description === undefined ? {} : { description: input.description }),
      ...(input.label.length ? { labels: merged(stack.metadata?.labels, input.label) } : {}),
      ...(input.env.length
        ? { environment: merged((stack.metadata as { environment?: object } | null)?.environment, input.env) }
        : {}),
      ...(input.secret.length ? { add_secrets: input.secret } : {}),
      ...(input.remove_secret.length ? { remove_secrets: input.remove_secret } : {}),
    };
    if (!Object.keys(body).length) throw usage('nothing to change: name a component, a label or a description');
    const after = await api.put<Stack>(path`/stacks/${stack.id}`, body);
    await done(ctx, `Stack ${after.name} changed.`, after, stackColumns);
  },
});

const optional = typeNames.filter((type) => !['orchestrator', 'artifact_store'].includes(type));
export const removeComponent = command({
  name: 'remove-component',
  summary: 'Take components out of a stack',
  examples: ['stack remove-component gpu -c --alerter'],
  args: { stack: whichStack },
  options: Object.fromEntries(
    optional.map((type) => [type, flag(inText(type), types[type].short ? { short: types[type].short } : {})]),
  ) as Record<Exclude<ComponentType, 'orchestrator' | 'artifact_store'>, Option<boolean>>,
  run: async (ctx, input) => {
    const gone = optional.filter((type) => (input as unknown as Record<string, boolean>)[type]);
    if (!gone.length) throw usage('name the types of component to take out, e.g. --container-registry');
    const stack = await activeStack(ctx, input.stack);
    const kept = Object.entries(idsOf(stack)).filter(([type]) => !(gone as readonly string[]).includes(type));
    const after = await (
      await ctx.api()
    ).put<Stack>(path`/stacks/${stack.id}`, { components: Object.fromEntries(kept) });
    await done(ctx, `Taken out of ${after.name}: ${gone.map(inText).join(', ')}.`, after, stackColumns);
  },
});
