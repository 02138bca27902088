// Knows: what the server can do with a connector itself: say what it opens, and hand out what a client needs to open it.
import { later, type Context } from '../../kernel/context.ts';
import { Refused, Unavailable, ZendoError } from '../../kernel/errors.ts';
import type { Values } from '../../kernel/resource.ts';
import { openCredentials, split } from './configuring.ts';
import { fetchToken } from './oauth2.ts';
import { shownType, typeNamed, type ConnectorType } from './types.ts';

/** A connector ready to be used: a row, or what a request says of one, with its whole configuration. */
export interface Ready {
  readonly id: string | null;
  readonly name: string | null;
  readonly type: ConnectorType;
  readonly auth_method: string;
  readonly resource_types: readonly string[];
  readonly expires_at: string | null;
  readonly expires_skew_tolerance: number | null;
  readonly config: Values;
  /** False for who may look at it only: its credentials are sent nowhere for him. */
  readonly may_use: boolean;
}
export interface Opened {
  readonly id: string | null;
  readonly name: string | null;
  readonly connector_type: unknown;
  readonly resources: { readonly resource_type: string; readonly resource_ids: readonly string[] | null; readonly error: string | null }[];
  readonly error: string | null;
}
export interface Wanted {
  readonly resource_type?: string | undefined;
  readonly resource_id?: string | undefined;
  readonly list_resources: boolean;
}

/** The type, where the server can use it. Throws Unavailable (501) with the reason. */
const usable = (name: string): ConnectorType => {
  const type = typeNamed(name);
  if (type?.remote === true) return type;
  throw new Unavailable(
    `The server cannot use service connectors of the type '${name}': that needs the provider’s own libraries. Clients that have them installed do it themselves; register with --no-verify from others`,
  );
};

export const readyRow = (ctx: Context, row: Values, may_use: boolean): Ready => ({
  may_use,
  id: row['id'],
  name: row['name'],
  type: usable(row['connector_type']),
  auth_method: row['auth_method'],
  resource_types: row['resource_types'],
  expires_at: row['expires_at'],
  expires_skew_tolerance: row['expires_skew_tolerance'],
  config: { ...row['configuration'], ...openCredentials(ctx, row) },
});
/** The same of a request, nothing of which is stored. Throws Invalid where it does not fit its type. */
export const readyInput = (ctx: Context, input: Values): Ready => {
  const given: unknown = input['connector_type'];
  const type = usable(typeof given === 'string' ? given : (given as { connector_type: string }).connector_type);
  const { plain, secret } = split(ctx, type, input['auth_method'], input['configuration'] ?? {});
  return {
    may_use: true,
    id: null,
    name: input['name'] ?? null,
    type,
    auth_method: input['auth_method'],
    resource_types: input['resource_types'] ?? [],
    expires_at: input['expires_at'] ?? null,
    expires_skew_tolerance: input['expires_skew_tolerance'] ?? null,
    config: { ...plain, ...secret },
  };
};

const DOCKER_HUB = 'docker.io';
const REGISTRY = /^(https?:\/\/)?[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)*(:[0-9]+)?(\/.+)*$/;
/** The registry in an address of one, without scheme and repository. Throws Refused. */
const registryOf = (address: string): string => {
  if (address.length > 2000 || !REGISTRY.test(address)) throw new Refused(`'${address.slice(0, 100)}' is no registry; write docker.io, or host[:port][/repository]`);
  const host = address.replace(/^https?:\/\//, '').split('/')[0]!;
  return host === `index.${DOCKER_HUB}` ? DOCKER_HUB : host;
};

/** The one thing that a connector of these types opens: what its configuration says, as clients have it; what was asked for must be it. Throws Refused. */
const idOf = (ready: Ready, asked: string | undefined): string => {
  const canonical = (id: string): string => (ready.type.connector_type === 'docker' ? registryOf(id) : id);
  const own = ready.type.connector_type === 'docker' ? registryOf((ready.config['registry'] as string | undefined) ?? DOCKER_HUB) : (ready.config['api_url'] as string);
  const other = asked === undefined || asked === '' ? own : canonical(asked);
  if (other !== own) throw new Refused(`The connector opens '${own}', not '${other}'`);
  return own;
};

/** Clocks differ: credentials count as expired this many seconds early where the connector does not say. */
const SKEW = 300;
const expired = (ctx: Context, ready: Ready): boolean => ready.expires_at !== null && later(ready.expires_at, -(ready.expires_skew_tolerance ?? SKEW)) < ctx.now;
const EXPIRED = 'the credentials of the connector have expired';
const typesOf = (ready: Ready, asked: string | undefined): readonly string[] => {
  const own = ready.resource_types.length === 1 ? ready.resource_types : ready.type.resource_types.map((one) => one.resource_type);
  if (asked === undefined || asked === '') return own;
  if (!own.includes(asked)) throw new Refused(`The connector does not open '${asked}'; it opens ${own.join(', ')}`);
  return [asked];
};

/** Whether the credentials work, and what they open. What fails outside is told in the answer, as the wire has it. Throws Refused on what makes no sense. */
export const verify = async (ctx: Context, ready: Ready, wanted: Wanted, private_hosts: string): Promise<Opened> => {
  const types = typesOf(ready, wanted.resource_type);
  const answer = (ids: readonly string[] | null, error: string | null): Opened => ({
    id: ready.id,
    name: ready.name,
    connector_type: ready.type,
    resources: types.map((resource_type) => ({ resource_type, resource_ids: ids, error })),
    error,
  });
  if (expired(ctx, ready)) return answer(null, EXPIRED);
  try {
    const id = wanted.list_resources || wanted.resource_id ? idOf(ready, wanted.resource_id) : null;
    // A registry is judged by the machine that has a container engine, a fixed token by the service itself.
    if (ready.config['token_url'] !== undefined && !ready.may_use)
      return answer(null, 'trying it sends its credentials: that needs the permission service_connector:client');
    if (ready.config['token_url'] !== undefined) await fetchToken(ready.config, private_hosts);
    return answer(id === null ? null : [id], null);
  } catch (error) {
    if (error instanceof ZendoError) return answer(null, error.message);
    throw error;
  }
};

/** What a client needs to open a thing: for OAuth2 a token that ends, never the lasting credentials. */
export const clientOf = async (ctx: Context, ready: Ready, wanted: Wanted, private_hosts: string): Promise<Values> => {
  const [resource_type] = typesOf(ready, wanted.resource_type);
  const resource_id = idOf(ready, wanted.resource_id);
  if (expired(ctx, ready)) throw new Refused(EXPIRED);
  const common = { resource_types: [resource_type], resource_id, connector_type: ready.type };
  if (ready.type.connector_type !== 'oauth2') return { ...common, configuration: ready.config };
  const { api_url, access_token } = ready.config;
  if (ready.config['token_url'] === undefined) return { ...common, configuration: { api_url, access_token } };
  const token = await fetchToken(ready.config, private_hosts);
  return {
    ...common,
    auth_method: 'token',
    configuration: { api_url, access_token: token.access_token },
    expires_at: token.expires_in === null ? null : later(ctx.now, token.expires_in),
  };
};

/** What a connector says of itself, where the server cannot use it. */
export const unopened = (row: Values, resource_type: string | undefined): Opened => ({
  id: row['id'],
  name: row['name'],
  connector_type: shownType(row['connector_type']),
  resources: (resource_type === undefined ? (row['resource_types'] as readonly string[]) : [resource_type]).map((one) => ({
    resource_type: one,
    resource_ids: row['resource_id'] === null ? null : [row['resource_id']],
    error: row['resource_id'] === null ? `the server cannot use connectors of the type '${row['connector_type']}'` : null,
  })),
  error: null,
});
