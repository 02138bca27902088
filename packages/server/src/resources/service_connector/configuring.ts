// Knows: how what is said of a service connector is checked against its type, and which parts of its configuration are secret.
import type { Context, Place } from '../../kernel/context.ts';
import { Invalid } from '../../kernel/errors.ts';
import type { Values } from '../../kernel/resource.ts';
import { unknownField } from '../../kernel/validate.ts';
import { typeNamed, type Attribute, type AuthMethod, type ConnectorType } from './types.ts';

const place = (id: string): Place => ({ table: 'service_connector', column: 'credentials', id });
/** The secret part of a configuration. */
export const openCredentials = (ctx: Context, row: Values): Values =>
  row['credentials'] === null || row['credentials'] === undefined ? {} : (JSON.parse(ctx.sealing.open(place(row['id']), row['credentials'])) as Values);
const sealCredentials = async (ctx: Context, id: string, credentials: Values): Promise<string | null> =>
  Object.keys(credentials).length === 0 ? null : ctx.sealing.seal(ctx, place(id), JSON.stringify(credentials));

/** Free headers and parameters often hold keys, whatever their schema says. */
const SEALED_TOO = ['token_params', 'token_headers'];
const real = (attribute: Attribute): Attribute => attribute.anyOf?.find((one) => one.type !== 'null') ?? attribute;
const isSecret = (name: string, attribute: Attribute): boolean => real(attribute).format === 'password' || SEALED_TOO.includes(name);

const methodOf = (type: ConnectorType, name: string): AuthMethod => {
  const method = type.auth_methods.find((one) => one.auth_method === name);
  if (method !== undefined) return method;
  throw new Invalid(
    `auth_method: connectors of the type ${type.connector_type} have no method '${name}'; they have ${type.auth_methods.map((one) => one.auth_method).join(', ')}`,
  );
};

/** What a connector opens: one kind of thing, or (several named, or none) all kinds of its type. */
const resourcesOf = (type: ConnectorType, auth_method: string, named: readonly string[]): Values => {
  if (named.length !== 1) return { resource_types: type.resource_types.map((one) => one.resource_type), supports_instances: false };
  const found = type.resource_types.find((one) => one.resource_type === named[0]);
  if (found === undefined)
    throw new Invalid(
      `resource_types: connectors of the type ${type.connector_type} do not open '${named[0]}'; they open ${type.resource_types.map((one) => one.resource_type).join(', ')}`,
    );
  if (!found.auth_methods.includes(auth_method))
    throw new Invalid(`auth_method: '${auth_method}' does not open ${found.resource_type}; ${found.auth_methods.join(', ')} does`);
  return { resource_types: [found.resource_type], supports_instances: found.supports_instances };
};

/** The plain and the secret part of a configuration. Throws Invalid on what is missing or not known; no message holds a value. */
export const split = (ctx: Context, type: ConnectorType, auth_method: string, given: Values): { plain: Values; secret: Values } => {
  const { properties, required = [] } = methodOf(type, auth_method).config_schema;
  const [plain, secret]: Values[] = [{}, {}];
  const strange = Object.keys(given).filter((name) => !Object.hasOwn(properties, name));
  if (strange.length > 0 && !ctx.lenient) throw new Invalid(`configuration: ${strange.map((name) => unknownField(name, Object.keys(properties))).join('; ')}`);
  const missing = required.filter((name) => given[name] === null || given[name] === undefined);
  if (missing.length > 0) throw new Invalid(`configuration: ${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} missing`);
  for (const [name, attribute] of Object.entries(properties)) {
    const value: unknown = given[name];
    if (value === null || value === undefined) continue;
    if (real(attribute).format === 'password' && typeof value !== 'string') throw new Invalid(`configuration: ${name} must be text`);
    const list = real(attribute).type === 'array' && typeof value === 'string' ? asList(value) : value;
    (isSecret(name, attribute) ? secret : plain)![name] = list;
  }
  return { plain: plain!, secret: secret! };
};
const asList = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text.split(',');
  }
};

const expiring = (type: ConnectorType, auth_method: string, seconds: number | null): void => {
  const { min_expiration_seconds: min, max_expiration_seconds: max, default_expiration_seconds: usual } = methodOf(type, auth_method);
  if (seconds === null) return;
  if (min === null && max === null && usual === null) throw new Invalid(`expiration_seconds: credentials of the method '${auth_method}' have no chosen end`);
  if ((min !== null && seconds < min) || (max !== null && seconds > max)) throw new Invalid(`expiration_seconds must lie between ${min ?? 0} and ${max ?? 'any number'}`);
};

/**
 * What is stored of a new or changed connector; `said` is all of it as it would be, `configuration` only where it is given. What is
 * not known of a type cannot be told apart: all of its configuration is kept as a secret. Throws Invalid.
 */
export const configured = async (ctx: Context, id: string, said: Values, configuration: Values | null): Promise<Values> => {
  const type = typeNamed(said['connector_type']);
  if (type === null) return configuration === null ? {} : { configuration: {}, credentials: await sealCredentials(ctx, id, configuration) };
  expiring(type, said['auth_method'], said['expiration_seconds'] ?? null);
  const resources = resourcesOf(type, said['auth_method'], said['resource_types'] ?? []);
  if (configuration === null) return resources;
  const { plain, secret } = split(ctx, type, said['auth_method'], configuration);
  return { ...resources, configuration: plain, credentials: await sealCredentials(ctx, id, secret) };
};
