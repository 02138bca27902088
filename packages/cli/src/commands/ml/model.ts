import { path } from '@zendo/client';
import { arg, command, flag, group, many, text } from '../../core/command.ts';
import { usage } from '../../core/faults.ts';
import { done } from '../../core/show.ts';
import { columnsOf, findOne, kindGroup, listOf, name, project, tagsOf, type Kind, type Thing, word } from './kind.ts';

const models = { path: '/models', label: 'model' };
const shown = columnsOf({
  latest: (thing) => thing.resources?.['latest_version_name'],
  tags: tagsOf,
  'description?': (thing) => thing.metadata?.['description'],
  'license?': (thing) => thing.metadata?.['license'],
});
const details = {
  description: text('what it is for', { short: 'd', value: 'text' }),
  license: text('licence', { short: 'l', value: 'text' }),
  audience: text('whom it is for', { short: 'a', value: 'text' }),
  use_cases: text('what for', { short: 'u', value: 'text' }),
  limitations: text('what it is not good at', { value: 'text' }),
  trade_offs: text('what was given up for what', { value: 'text' }),
  ethics: text('ethical implications', { short: 'e', value: 'text' }),
};
const given = (input: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.keys(details).flatMap((key) => (input[key] === undefined ? [] : [[key, input[key] as unknown]])),
  );

const register = command({
  name: 'register',
  aliases: ['create'],
  summary: 'Register a model',
  args: { name: arg('unique name') },
  options: { ...details, tag: many('tag', { short: 't', value: 'name' }), project },
  run: async (ctx, input) => {
    const api = await ctx.api();
    const made = await api.post<Thing>('/models', {
      name: input.name,
      project: input.project ?? 'default',
      ...given(input),
      ...(input.tag.length ? { tags: input.tag } : {}),
    });
    await done(ctx, `The model ${made.name} is registered.`, made, shown);
  },
});

const update = command({
  name: 'update',
  summary: 'Rename or describe a model, or change its tags',
  args: { model: name },
  options: {
    name: text('new name', { short: 'n' }),
    ...details,
    tag: many('add a tag', { short: 't', value: 'name' }),
    remove_tag: many('take a tag off', { short: 'r', value: 'name' }),
    project,
  },
  run: async (ctx, { model: wanted, ...input }) => {
    const api = await ctx.api();
    const { id } = await findOne(api, models, wanted, input.project);
    const body = {
      ...(input.name === undefined ? {} : { name: input.name }),
      ...given(input),
      ...(input.tag.length ? { add_tags: input.tag } : {}),
      ...(input.remove_tag.length ? { remove_tags: input.remove_tag } : {}),
    };
    if (!Object.keys(body).length) throw usage('nothing to change: give --name, --description or --tag');
    const after = await api.put<Thing>(path`/models/${id}`, body);
    await done(ctx, `The model ${after.name} is changed.`, after, shown);
  },
});

const versions: Kind = {
  name: 'version',
  label: 'model version',
  summary: 'Versions of models, and their stages',
  path: '/model_versions',
  shown: columnsOf({
    model: (thing) => thing.body['model']?.name,
    number: (thing) => thing.body['number'],
    stage: (thing) => thing.body['stage'],
    tags: tagsOf,
    'description?': (thing) => thing.metadata?.['description'],
    'metadata?': (thing) => word(thing.metadata?.['run_metadata']),
  }),
  filters: { model: 'model: name or id', name: 'name', number: 'number', stage: 'stage' },
  goes: 'Its stage, metadata, tags and links go; runs and artifacts stay.',
};
const which = { model: name, version: arg('number, name, stage or id') };

/** A version as people name one: by its number or its stage too. Errors: not found, several. */
const findVersion = async (
  api: Parameters<typeof findOne>[0],
  input: { readonly model: string; readonly version: string; readonly project?: string | undefined },
): Promise<Thing> => {
  const within = { model: (await findOne(api, models, input.model, input.project)).id };
  const { version: wanted } = input;
  for (const query of /^\d+$/.test(wanted) ? [{ number: wanted }] : [{ stage: `equals:${wanted}` }]) {
    const scope = { ...within, ...query, hydrate: 'true', ...(input.project ? { project: input.project } : {}) };
    const { items } = await api.get<{ items: readonly Thing[] }>('/model_versions', scope);
    if (items[0]) return items[0];
  }
  return findOne(api, versions, wanted, input.project, within);
};

const version = group({
  name: versions.name,
  summary: versions.summary,
  commands: [
    listOf(versions),
    command({
      name: 'describe',
      aliases: ['get'],
      summary: 'Show a version of a model',
      args: which,
      options: { project },
      run: async (ctx, input) => ctx.out.one(await findVersion(await ctx.api(), input), versions.shown),
    }),
    command({
      name: 'update',
      summary: 'Give a version another stage, name or description',
      args: which,
      options: {
        stage: text('staging, production, archived or none', { short: 's' }),
        name: text('new name', { short: 'n' }),
        description: text('what it is', { short: 'd', value: 'text' }),
        tag: many('add a tag', { short: 't', value: 'name' }),
        remove_tag: many('take a tag off', { short: 'r', value: 'name' }),
        force: flag('archive the version that has the stage now', { short: 'f' }),
        project,
      },
      run: async (ctx, input) => {
        const api = await ctx.api();
        const { id } = await findVersion(api, input);
        const body = {
          ...(input.stage === undefined ? {} : { stage: input.stage, force: input.force }),
          ...(input.name === undefined ? {} : { name: input.name }),
          ...(input.description === undefined ? {} : { description: input.description }),
          ...(input.tag.length ? { add_tags: input.tag } : {}),
          ...(input.remove_tag.length ? { remove_tags: input.remove_tag } : {}),
        };
        if (!Object.keys(body).length) throw usage('nothing to change: give --stage, --name, --description or --tag');
        const after = await api.put<Thing>(path`/model_versions/${id}`, body);
        await done(ctx, `Version ${after.name} of ${input.model} is changed.`, after, versions.shown);
      },
    }),
    command({
      name: 'delete',
      aliases: ['remove'],
      summary: 'Delete a version of a model',
      args: which,
      options: { project },
      run: async (ctx, input) => {
        const api = await ctx.api();
        const { id, name: called } = await findVersion(api, input);
        await ctx.ask.confirm(`Delete version ${called} of ${input.model}?`, [versions.goes]);
        await api.delete(path`/model_versions/${id}`);
        ctx.say(`Version ${called} of ${input.model} is deleted.`);
      },
    }),
  ],
});

export const model = kindGroup({
  ...models,
  name: 'model',
  summary: 'Models, their versions and stages',
  shown,
  filters: { name: 'name', tag: 'tag' },
  goes: 'All its versions go; runs and artifacts stay.',
  more: [register, update, version],
});
