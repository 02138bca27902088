import Type from 'typebox';
import type { App } from '../../app.ts';
import type { Context } from '../../kernel/context.ts';
import { Refused, ZendoError } from '../../kernel/errors.ts';
import { find, must } from '../../kernel/find.ts';
import { decodeRow } from '../../kernel/present.ts';
import { flag, type Query } from '../../kernel/query.ts';
import { action, onRow, signedIn, toCreate, type Operation, type Values } from '../../kernel/resource.ts';
import { check, inputSchemas } from '../../kernel/validate.ts';
import { authorizeCreate } from '../../kernel/verbs/create.ts';
import { get } from '../../kernel/verbs/get.ts';
import { list } from '../../kernel/verbs/list.ts';
import { clientOf, readyInput, readyRow, unopened, verify, type Opened, type Ready } from './opened.ts';
import { serviceConnector } from './service_connector.ts';
import { typeNamed, typeOperations } from './types.ts';

const which = { resource_type: Type.Optional(Type.String()), resource_id: Type.Optional(Type.String()) };
const listing = { list_resources: Type.Optional(Type.String()) };
const info = Type.Object({
  type: Type.String({ minLength: 1, maxLength: 255 }),
  auth_method: Type.String({ minLength: 1, maxLength: 255 }),
  configuration: Type.Optional(Type.Unsafe<Values>({ type: 'object' })),
});
const rowOf = async (ctx: Context, id: string, action = 'read'): Promise<Values> => decodeRow(serviceConnector, await must(ctx, serviceConnector, id, action));

const ready = async (ctx: Context, row: Values): Promise<Ready> => readyRow(ctx, row, (await find(ctx, serviceConnector, row['id'], 'client', ['id'])) !== null);
/** As many calls go out at a time for one request. */
const AT_ONCE = 8;

/** Verifying, listing what connectors open, and handing out clients; what needs a provider's own libraries answers 501. */
export const connectorOperations = (app: App): readonly Operation[] => {
  const hosts = app.config.private_hosts;
  return [
    ...typeOperations,
    action(serviceConnector, {
      name: 'verify_config',
      method: 'POST',
      path: '/verify',
      needs: toCreate,
      writes: false,
      description: 'Try the configuration of a connector that is not stored yet.',
      input: Type.Unsafe<Values>({ type: 'object' }),
      query: Type.Object(listing),
      run: async (ctx, { input, query }) => {
        const given = Object.fromEntries(Object.entries(input).filter(([name, value]) => value !== null && name !== 'user'));
        const checked = check(inputSchemas(ctx, serviceConnector).create, given, ctx.lenient);
        return { body: await verify(ctx, readyInput(ctx, checked), { list_resources: flag('list_resources', query.list_resources, true) }, hosts) };
      },
    }),
    action(serviceConnector, {
      name: 'verify',
      method: 'PUT',
      path: '/{id}/verify',
      needs: onRow('read'),
      writes: false,
      description: 'Try a connector, and say what it opens.',
      query: Type.Object({ ...which, ...listing }),
      run: async (ctx, { row, query }) => ({
        body: await verify(ctx, await ready(ctx, row), { ...query, list_resources: flag('list_resources', query.list_resources, true) }, hosts),
      }),
    }),
    action(serviceConnector, {
      name: 'client',
      method: 'GET',
      path: '/{id}/client',
      needs: onRow('client'),
      writes: false,
      description: 'The connector with what a client needs to open one thing with it.',
      query: Type.Object(which),
      run: async (ctx, { row, query }) => {
        const { auth_method, expires_at, resource_types, resource_id, connector_type, configuration } = {
          ...(row as Values),
          ...(await clientOf(ctx, readyRow(ctx, row, true), { ...query, list_resources: true }, hosts)),
        } as Values;
        const shown = await get({ ...ctx, asked: { expand_secrets: 'false' } }, serviceConnector, row.id);
        return {
          body: {
            ...shown,
            body: { ...shown.body, auth_method, expires_at, resource_types, resource_id, connector_type },
            metadata: { ...shown.metadata, configuration },
          },
        };
      },
    }),
    action(serviceConnector, {
      name: 'list_resources',
      method: 'GET',
      path: '/resources',
      aliases: ['workspaces/{project}/resources'],
      needs: signedIn('it shows what the list of connectors shows, to the same people'),
      writes: false,
      description: 'What the connectors of a list open.',
      run: async (ctx, { rawQuery }) => {
        const { resource_id, ...rest } = rawQuery as Query & { resource_id?: string };
        const resource_type = typeof rest['resource_type'] === 'string' ? rest['resource_type'] : undefined;
        const { items } = await list(ctx, serviceConnector, { ...rest, hydrate: 'false' });
        const one = async ({ id }: { readonly id: string }): Promise<Opened | null> => {
          const row = await rowOf(ctx, id);
          if (typeNamed(row['connector_type'])?.remote !== true)
            return resource_id !== undefined && row['resource_id'] !== resource_id ? null : unopened(row, resource_type);
          try {
            return await verify(ctx, await ready(ctx, row), { resource_type, resource_id, list_resources: true }, hosts);
          } catch (error) {
            if (error instanceof ZendoError) return null;
            throw error;
          }
        };
        const opened: (Opened | null)[] = [];
        for (let i = 0; i < items.length; i += AT_ONCE) opened.push(...(await Promise.all(items.slice(i, i + AT_ONCE).map(one))));
        return { body: opened.filter((found) => found !== null) };
      },
    }),
    action(serviceConnector, {
      name: 'full_stack_resources',
      method: 'POST',
      path: '/full_stack_resources',
      needs: signedIn('a stored connector must be readable, a new one needs the permission to make it'),
      writes: false,
      description: 'What a connector offers for the components of a new stack.',
      input: Type.Unsafe<{ type: string; auth_method: string; configuration?: Values } | null>({ anyOf: [info, { type: 'object', maxProperties: 0 }, { type: 'null' }] }),
      query: Type.Object({ connector_uuid: Type.Optional(Type.String({ maxLength: 255 })) }),
      run: async (ctx, { input, query }) => {
        const said = input !== null && Object.keys(input).length > 0 ? input : null;
        if ((said === null) === (query.connector_uuid === undefined))
          throw new Refused('Name a connector with connector_uuid, or describe a new one in the body: one of both');
        if (said !== null) await authorizeCreate(ctx, serviceConnector, {});
        const whole = said === null ? await ready(ctx, await rowOf(ctx, query.connector_uuid!)) : readyInput(ctx, { ...said, connector_type: said.type });
        await verify(ctx, whole, { list_resources: true }, hosts);
        // Neither registries of one's own nor APIs make a stack by themselves; the clouds, which would, need their own libraries.
        return { body: { connector_type: whole.type.connector_type, components_resources_info: { artifact_store: [], orchestrator: [], container_registry: [] } } };
      },
    }),
  ];
};
