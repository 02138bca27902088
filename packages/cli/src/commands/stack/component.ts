import { path, type Client } from '@zendo/client';
import { anyArgs, arg, args, command, flag, group, many, text, type Group } from '../../core/command.ts';
import { ago } from '../../core/duration.ts';
import { usage } from '../../core/faults.ts';
import { listCommand } from '../../core/list.ts';
import { done } from '../../core/show.ts';
import { columns } from '../../output/columns.ts';
import { shareOne, unshareOne } from '../share/share.ts';
import { flavorGroup, findFlavor } from './flavor.ts';
import { settings } from './settings.ts';
import { find, findComponent, pairs, visibility, type Component } from './things.ts';
import { asWord, inText, types, type ComponentType } from './types.ts';

const shown = (values: object | null | undefined): string =>
  Object.entries(values ?? {})
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ');

const componentColumns = columns<Component>({
  name: (one) => one.name,
  flavor: (one) => one.body?.flavor_name,
  private: (one) => (one.body?.private ? 'yes' : 'no'),
  owner: (one) => one.resources?.user?.name,
  created: (one) => ago(one.body?.created),
  'configuration?': (one) => shown(one.metadata?.configuration),
  'labels?': (one) => shown(one.metadata?.labels),
  'environment?': (one) => shown(one.metadata?.environment),
  'connector?': (one) => one.metadata?.connector?.name,
  'id?': (one) => one.id,
});

const HOW =
  'A setting is written --KEY=VALUE or KEY=VALUE; a value that is no text as JSON; {{SECRET.KEY}} takes it from a secret.';
const name = arg('name or id');
const more = anyArgs('settings: --KEY=VALUE or KEY=VALUE');
const free = 'a setting of the flavor';

const connector = async (api: Client, wanted: string): Promise<string> =>
  (await find<{ id: string; name: string }>(api, '/service_connectors', wanted, 'service connector')).id;

/** The commands for one type of component. */
export const componentGroup = (type: ComponentType): Group => {
  const one = inText(type);
  const One = one[0]!.toUpperCase() + one.slice(1);
  const word = asWord(type);
  const register = command({
    name: 'register',
    summary: `Register a component of this type`,
    notes: HOW,
    examples: [`${word} register NAME --flavor FLAVOR --KEY=VALUE`],
    free,
    args: { name: arg('unique name'), setting: more },
    options: {
      flavor: text('what it is', { short: 'f', value: 'flavor' }),
      label: many('label', { short: 'l', value: 'key=value' }),
      env: many('environment variable', { value: 'key=value' }),
      secret: many('secret whose values become environment variables', { value: 'name' }),
      connector: text('service connector: name or id', { short: 'c', value: 'name' }),
      resource_id: text('which of the things that the connector opens', { value: 'id' }),
      private: flag('for yourself alone'),
      share: flag('shared as far as roles go, also where the server makes things private'),
    },
    run: async (ctx, input) => {
      if (input.flavor === undefined)
        throw usage('--flavor is missing', `${ctx.program} ${word} flavor list shows them.`);
      const api = await ctx.api();
      const flavor = await findFlavor(api, type, input.flavor);
      const made = await api.post<Component>('/components', {
        name: input.name,
        type,
        flavor: flavor.name,
        configuration: settings(flavor.metadata?.config_schema, input.setting),
        ...visibility(input),
        ...(input.label.length ? { labels: pairs(input.label) } : {}),
        ...(input.env.length ? { environment: pairs(input.env) } : {}),
        ...(input.secret.length ? { secrets: input.secret } : {}),
        ...(input.connector === undefined ? {} : { connector: await connector(api, input.connector) }),
        ...(input.resource_id === undefined ? {} : { connector_resource_id: input.resource_id }),
      });
      await done(ctx, `${One} ${made.name} registered.`, made, componentColumns);
    },
  });
  const update = command({
    name: 'update',
    summary: 'Change settings; those that are not named stay',
    notes: HOW,
    free,
    args: { name, setting: more },
    options: {
      label: many('label', { short: 'l', value: 'key=value' }),
      env: many('environment variable', { value: 'key=value' }),
      secret: many('attach a secret', { value: 'name' }),
      remove_secret: many('detach a secret', { value: 'name' }),
    },
    run: async (ctx, input) => {
      const api = await ctx.api();
      const before = await findComponent(api, type, input.name);
      const flavor = input.setting.length ? await findFlavor(api, type, before.body?.flavor_name ?? '') : undefined;
      const given = settings(flavor?.metadata?.config_schema, input.setting);
      const body = {
        ...(Object.keys(given).length ? { configuration: { ...before.metadata?.configuration, ...given } } : {}),
        ...(input.label.length ? { labels: { ...before.metadata?.labels, ...pairs(input.label) } } : {}),
        ...(input.env.length ? { environment: { ...before.metadata?.environment, ...pairs(input.env) } } : {}),
        ...(input.secret.length ? { add_secrets: input.secret } : {}),
        ...(input.remove_secret.length ? { remove_secrets: input.remove_secret } : {}),
      };
      if (!Object.keys(body).length) throw usage('nothing to change: give --KEY=VALUE, --label or --env');
      const after = await api.put<Component>(path`/components/${before.id}`, body);
      await done(ctx, `${One} ${after.name} changed.`, after, componentColumns);
    },
  });
  const removeAttribute = command({
    name: 'remove-attribute',
    summary: 'Take settings out, so that the defaults of the flavor count',
    args: { name, key: args('settings') },
    run: async (ctx, input) => {
      const api = await ctx.api();
      const before = await findComponent(api, type, input.name);
      const keys = input.key.map((key) => key.replace(/^--/, '').replaceAll('-', '_'));
      const kept = Object.entries(before.metadata?.configuration ?? {}).filter(([key]) => !keys.includes(key));
      const after = await api.put<Component>(path`/components/${before.id}`, {
        configuration: Object.fromEntries(kept),
      });
      await done(ctx, `${One} ${after.name} changed.`, after, componentColumns);
    },
  });
  const rename = command({
    name: 'rename',
    summary: 'Give it another name',
    args: { name, new_name: arg('new name') },
    run: async (ctx, input) => {
      const api = await ctx.api();
      const { id } = await findComponent(api, type, input.name);
      const after = await api.put<Component>(path`/components/${id}`, { name: input.new_name });
      await done(ctx, `${One} ${input.name} is called ${after.name} now.`, after, componentColumns);
    },
  });
  const copy = command({
    name: 'copy',
    summary: 'Register another one with the same settings',
    args: { name, new_name: arg('name of the copy') },
    run: async (ctx, input) => {
      const api = await ctx.api();
      const { body, metadata, name: called } = await findComponent(api, type, input.name);
      const { configuration = {}, labels, environment } = metadata ?? {};
      const made = await api.post<Component>('/components', {
        name: input.new_name,
        type,
        flavor: body?.flavor_name,
        configuration,
        ...(labels ? { labels } : {}),
        ...(environment ? { environment } : {}),
      });
      await done(ctx, `${One} ${called} copied to ${made.name}.`, made, componentColumns);
    },
  });
  const describe = command({
    name: 'describe',
    aliases: ['get'],
    summary: 'Show one with its settings',
    args: { name },
    run: async (ctx, input) => ctx.out.one(await findComponent(await ctx.api(), type, input.name), componentColumns),
  });
  const remove = command({
    name: 'delete',
    aliases: ['remove'],
    summary: 'Delete one that no stack uses',
    args: { name },
    run: async (ctx, input) => {
      const api = await ctx.api();
      const { id, name: called } = await findComponent(api, type, input.name);
      await ctx.ask.confirm(`Delete the ${one} ${called}?`, ['Its settings are gone then.']);
      await api.delete(path`/components/${id}`);
      ctx.say(`${One} ${called} deleted.`);
    },
  });
  const list = listCommand<Component>({
    summary: 'List those of this type',
    path: '/components',
    columns: componentColumns,
    fixed: { type, hydrate: 'true' },
    filters: { name: 'name', flavor: 'flavor', user: 'owner: name or id', id: 'id' },
  });
  return group({
    name: word,
    summary: types[type].summary,
    commands: [
      register,
      list,
      describe,
      update,
      removeAttribute,
      rename,
      copy,
      remove,
      shareOne(word),
      unshareOne(word),
      flavorGroup(type),
    ],
  });
};
