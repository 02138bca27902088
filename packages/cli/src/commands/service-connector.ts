import { path, type Client, type ServiceConnector } from '@zendo/client';
import { arg, command, group } from '../core/command.ts';
import { ago } from '../core/duration.ts';
import { CliError, exit } from '../core/faults.ts';
import { listCommand } from '../core/list.ts';
import { columns } from '../output/columns.ts';

const type = ({ body: { connector_type: of } }: ServiceConnector): string =>
  typeof of === 'string' ? of : of.connector_type;
const shown = columns<ServiceConnector>({
  name: (connector) => connector.name,
  type,
  auth_method: (connector) => connector.body.auth_method,
  opens: (connector) => connector.body.resource_types.join(', '),
  resource_id: (connector) => connector.body.resource_id,
  owner: (connector) => connector.resources?.user?.name,
  expires: (connector) => connector.body.expires_at,
  'created?': (connector) => ago(connector.body.created),
  'configuration?': ({ metadata }) =>
    Object.entries(metadata?.configuration ?? {})
      .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
      .join(' '),
  'labels?': ({ metadata }) =>
    Object.entries(metadata?.labels ?? {})
      .map(([key, value]) => `${key}=${value}`)
      .join(' '),
  'id?': (connector) => connector.id,
});

const name = arg('name or id');
/** The connector with this id or name. Errors: not found. */
const find = async (api: Client, wanted: string): Promise<ServiceConnector> => {
  const query = /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(wanted)
    ? { id: wanted }
    : { name: `equals:${wanted}` };
  const { items } = await api.get<{ items: readonly ServiceConnector[] }>('/service_connectors', {
    ...query,
    hydrate: 'true',
  });
  if (items[0] !== undefined) return items[0];
  throw new CliError(`There is no service connector '${wanted}', or you may not see it`, exit.notFound, [
    'zendo service-connector list shows those that you see.',
  ]);
};

const describe = command({
  name: 'describe',
  aliases: ['get'],
  summary: 'Show a service connector, without its credentials',
  args: { name },
  run: async (ctx, input) => ctx.out.one(await find(await ctx.api(), input.name), shown),
});

const remove = command({
  name: 'delete',
  aliases: ['remove'],
  summary: 'Delete a service connector that no component uses',
  args: { name },
  run: async (ctx, input) => {
    const api = await ctx.api();
    const connector = await find(api, input.name);
    await ctx.ask.confirm(`Delete the service connector ${connector.name}?`, ['Its credentials are gone then.']);
    await api.delete(path`/service_connectors/${connector.id}`);
    ctx.say(`Service connector ${connector.name} deleted.`);
  },
});

const list = listCommand<ServiceConnector>({
  summary: 'List the service connectors',
  path: '/service_connectors',
  columns: shown,
  filters: {
    name: 'name',
    connector_type: 'docker, aws, …',
    resource_type: 'what it opens',
    user: 'owner: name or id',
  },
});

export const serviceConnector = group({
  name: 'service-connector',
  summary: 'Credentials for registries, clouds and other services',
  notes:
    'They are registered with the Python client (`zenml service-connector register`), which knows how to use them.',
  commands: [list, describe, remove],
});
