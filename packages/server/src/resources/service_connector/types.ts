// Knows: which types of service connector there are: facts about the genuine client's, kept as data. Those with `remote` the server
// can use itself; what a client finds listed it takes for that, so the others are known here but not listed to it.
import { readFileSync } from 'node:fs';
import Type from 'typebox';
import { NotFound } from '../../kernel/errors.ts';
import { flag } from '../../kernel/query.ts';
import { operation, signedIn, type Operation } from '../../kernel/resource.ts';

export interface Attribute {
  readonly type?: string;
  readonly format?: string;
  readonly anyOf?: readonly Attribute[];
}
export interface AuthMethod {
  readonly auth_method: string;
  readonly config_schema: { readonly properties: Readonly<Record<string, Attribute>>; readonly required?: readonly string[] };
  readonly min_expiration_seconds: number | null;
  readonly max_expiration_seconds: number | null;
  readonly default_expiration_seconds: number | null;
}
export interface ConnectorType {
  readonly connector_type: string;
  readonly name: string;
  readonly remote: boolean;
  readonly auth_methods: readonly AuthMethod[];
  readonly resource_types: readonly {
    readonly name: string;
    readonly resource_type: string;
    readonly auth_methods: readonly string[];
    readonly supports_instances: boolean;
  }[];
}

let read: readonly ConnectorType[] | undefined;
/** All known types, read when they are first asked for. */
const connectorTypes = (): readonly ConnectorType[] =>
  (read ??= JSON.parse(readFileSync(new URL('../../seeds/service_connectors.json', import.meta.url), 'utf8')) as ConnectorType[]);
/** The facts about a type; null for one that is not known. */
export const typeNamed = (name: string): ConnectorType | null => connectorTypes().find((type) => type.connector_type === name) ?? null;
/** How a connector shows its type: whole where the server can use it, else by name. */
export const shownType = (name: string): unknown => {
  const type = typeNamed(name);
  return type?.remote === true ? type : name;
};

const why = 'they are facts about the software, the same for everybody';
const all = { all: Type.Optional(Type.String()) };
export const typeOperations: readonly Operation[] = [
  operation({
    name: 'list_connector_types',
    method: 'GET',
    path: '/service_connector_types',
    needs: signedIn(why),
    writes: false,
    description: 'Types of service connector that the server can use itself; with all=true also those that only clients can.',
    query: Type.Object({ ...all, connector_type: Type.Optional(Type.String()), resource_type: Type.Optional(Type.String()), auth_method: Type.Optional(Type.String()) }),
    run: async (_ctx, { query }) => ({
      body: connectorTypes().filter(
        (type) =>
          (type.remote || flag('all', query.all, false)) &&
          (query.connector_type === undefined || type.connector_type === query.connector_type) &&
          (query.resource_type === undefined || type.resource_types.some((one) => one.resource_type === query.resource_type)) &&
          (query.auth_method === undefined || type.auth_methods.some((one) => one.auth_method === query.auth_method)),
      ),
    }),
  }),
  operation({
    name: 'get_connector_type',
    method: 'GET',
    path: '/service_connector_types/{connector_type}',
    needs: signedIn(why),
    writes: false,
    description: 'One type of service connector.',
    query: Type.Object(all),
    run: async (_ctx, { params, query }) => {
      const type = typeNamed(params['connector_type']!);
      if (type === null || !(type.remote || flag('all', query.all, false)))
        throw new NotFound(`The server cannot use service connectors of the type '${params['connector_type']}'; clients that have it installed can`);
      return { body: type };
    },
  }),
];
