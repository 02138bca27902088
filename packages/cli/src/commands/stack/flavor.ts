import { path, type Client } from '@zendo/client';
import { arg, command, group, type Group } from '../../core/command.ts';
import { listCommand } from '../../core/list.ts';
import { columns } from '../../output/columns.ts';
import { find, type Flavor } from './things.ts';
import { inText, type ComponentType } from './types.ts';

const flavorColumns = columns<Flavor>({
  name: (one) => one.name,
  integration: (one) => one.body.integration,
  custom: (one) => (one.body.is_custom ? 'yes' : 'no'),
  'source?': (one) => one.body.source,
  'id?': (one) => one.id,
});

type Setting = { readonly name: string; readonly takes: string; readonly needed: string; readonly default: string };
const settingColumns = columns<Setting>({
  setting: (one) => one.name,
  takes: (one) => one.takes,
  needed: (one) => one.needed,
  default: (one) => one.default,
});

/** The flavor of a type with this name or id. Errors: not found. */
export const findFlavor = (api: Client, type: string, wanted: string): Promise<Flavor> =>
  find<Flavor>(api, '/flavors', wanted, `${inText(type)} flavor`, { type });

const settingsOf = ({ metadata }: Flavor): Setting[] => {
  const { properties = {}, required = [] } = metadata?.config_schema ?? {};
  return Object.entries(properties).map(([name, property]) => ({
    name,
    takes: [property, ...(property.anyOf ?? [])]
      .flatMap((one) => one.type ?? (one.$ref ? 'object' : []))
      .filter((one) => one !== 'null')
      .join(' or '),
    needed: required.includes(name) ? 'yes' : '',
    default: property.default === undefined || property.default === null ? '' : JSON.stringify(property.default),
  }));
};

/** The flavors of one type of component. */
export const flavorGroup = (type: ComponentType): Group => {
  const describe = command({
    name: 'describe',
    summary: 'Show the settings of a flavor',
    args: { flavor: arg('name or id') },
    run: async (ctx, input) => {
      const flavor = await findFlavor(await ctx.api(), type, input.flavor);
      if (ctx.globals.output === 'json' || ctx.globals.output === 'yaml') return ctx.out.one(flavor, flavorColumns);
      const settings = settingsOf(flavor);
      await ctx.out.list(settings, settings, settingColumns);
    },
  });
  const remove = command({
    name: 'delete',
    summary: 'Delete a flavor of your own that no component uses',
    args: { flavor: arg('name or id') },
    run: async (ctx, input) => {
      const api = await ctx.api();
      const flavor = await findFlavor(api, type, input.flavor);
      await ctx.ask.confirm(`Delete the flavor ${flavor.name}?`, ['No new component of it can be registered then.']);
      await api.delete(path`/flavors/${flavor.id}`);
      ctx.say(`Flavor ${flavor.name} deleted.`);
    },
  });
  const list = listCommand<Flavor>({
    summary: 'List the flavors',
    path: '/flavors',
    columns: flavorColumns,
    fixed: { type, size: '100', sort_by: 'asc:name' },
    filters: { name: 'name', integration: 'integration', id: 'id' },
  });
  return group({
    name: 'flavor',
    summary: 'What components of this type can be',
    notes: 'A flavor of your own comes from Python: `zenml TYPE flavor register SOURCE`.',
    commands: [list, describe, remove],
  });
};
