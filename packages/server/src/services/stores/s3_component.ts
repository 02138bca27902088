// Knows: how the configuration of an S3 component becomes a store: its endpoint judged, its secrets looked up. Must not know: HTTP.
import { loadActor } from '../../access/grants.ts';
import type { App } from '../../app.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Context } from '../../kernel/context.ts';
import { Invalid, NotAllowed, Unavailable } from '../../kernel/errors.ts';
import { find } from '../../kernel/find.ts';
import { plainNumbers } from '../../kernel/json.ts';
import { decodeRow } from '../../kernel/present.ts';
import type { Values } from '../../kernel/resource.ts';
import { valuesNamed } from '../../resources/secret/values.ts';
import { openCredentials } from '../../resources/service_connector/configuring.ts';
import { s3Store } from './s3.ts';
import { judgeEndpoint, listedOrigins } from './s3_endpoint.ts';
import type { Credentials } from './s3_request.ts';
import type { Store } from './store.ts';

export interface Component {
  readonly name: string;
  readonly user_id: string | null;
  readonly configuration: Values;
  readonly connector_id: string | null;
  readonly connector_resource_id: string | null;
}
/** Whoever owns a component, with what he holds now; null where he is not active any more. */
const ownerOf = async (ctx: Context, id: string | null): Promise<Actor | null> =>
  id === null || id === ctx.actor.id || ctx.actor.unlimited ? ctx.actor : loadActor(ctx.db, id, ctx.now);

type Pairs = Readonly<Record<string, string>>;
/**
 * The values of a secret that both the caller and the owner of the component may read: nobody gets the server to send somebody else's
 * secret to where he pleases, and nobody uses through a component what he could not read himself. Throws NotAllowed.
 */
const secretFor = async (ctx: Context, owner: string | null, of: string, name: string): Promise<Pairs> => {
  const owning = await ownerOf(ctx, owner);
  const values = await valuesNamed(ctx, name);
  const theirs = owning === ctx.actor ? values : owning === null ? null : await valuesNamed({ ...ctx, actor: owning }, name);
  if (values === null || theirs === null || values.id !== theirs.id)
    throw new NotAllowed(
      `The artifact store '${of}' takes its credentials from the secret '${name}'; you and the owner of the store must both be allowed to read its values (secret:read_secret_value)`,
    );
  return values.values;
};

/** Methods whose configuration holds the credentials themselves; all others need the provider's libraries. */
const HELD = ['secret-key', 'sts-token'];
/**
 * What a service connector holds for this bucket, where both the caller and the owner of the component may use it. Throws NotAllowed, or
 * Unavailable (501) for what the server cannot use.
 */
const fromConnector = async (ctx: Context, component: Component, bucket: string): Promise<Values | null> => {
  if (component.connector_id === null) return null;
  const resource = ctx.registry.get('service_connector');
  const owning = await ownerOf(ctx, component.user_id);
  const row = await find(ctx, resource, component.connector_id, 'client');
  if (row === null || owning === null || (await find({ ...ctx, actor: owning }, resource, component.connector_id, 'client', ['id'])) === null)
    throw new NotAllowed(
      `The artifact store '${component.name}' uses a service connector; you and the owner of the store must both be allowed to use it (service_connector:client)`,
    );
  const { connector_type, auth_method, configuration, resource_id, expires_at } = decodeRow(resource, row);
  if (connector_type !== 'aws' || !HELD.includes(auth_method))
    throw new Unavailable(
      `The server can use connectors of the type aws with ${HELD.join(' or ')}, not '${connector_type}' with '${auth_method}'; read '${component.name}' with the client`,
    );
  if (expires_at !== null && expires_at <= ctx.now) throw new NotAllowed(`The credentials of the service connector of '${component.name}' have expired`);
  const opens = [resource_id, component.connector_resource_id]
    .filter((id) => typeof id === 'string' && id !== '')
    .map(
      (id) =>
        String(id)
          .replace(/^(s3:\/\/|arn:aws:s3:::)/, '')
          .split('/')[0],
    );
  if (opens.some((id) => id !== bucket)) throw new NotAllowed(`The service connector of '${component.name}' opens another bucket than '${bucket}'`);
  return { ...configuration, ...openCredentials(ctx, row) };
};

const REFERENCE = /^\{\{\s*([^.{}]+?)\s*\.\s*([^{}]+?)\s*\}\}$/;

/** The S3 store of a component. Throws NotAllowed where its endpoint or its secrets are not to be used, Invalid for a configuration that makes no sense. */
export const s3Component = async (ctx: Context, app: App, component: Component): Promise<Store> => {
  const { name, user_id } = component;
  const configuration = plainNumbers(component.configuration) as Values;
  const text = async (value: unknown): Promise<string | null> => {
    if (typeof value !== 'string' || value === '') return null;
    const [, secret, key] = REFERENCE.exec(value.trim()) ?? [];
    if (secret === undefined || key === undefined) return value;
    const found = (await secretFor(ctx, user_id, name, secret))[key];
    if (found === undefined) throw new Invalid(`The secret '${secret}' has no key '${key}', to which the artifact store '${name}' refers`);
    return found;
  };
  const client = (configuration['client_kwargs'] ?? {}) as Values;
  const options = (configuration['config_kwargs'] ?? {}) as Values;
  const root = ((await text(configuration['path'])) ?? '').trim().replace(/\/+$/, '');
  const bucket = /^s3:\/\/([A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9])(\/.*)?$/.exec(root)?.[1];
  if (bucket === undefined || /\/\/|\/\.{1,2}(\/|$)/.test(root.slice(5)))
    throw new Invalid(`The path of the artifact store '${name}' is not of the form s3://bucket/folder`);
  const held = await fromConnector(ctx, component, bucket);
  const region = (await text(client['region_name'])) ?? (held?.['region'] as string | undefined) ?? (await text(options['region_name'])) ?? 'us-east-1';
  const given = await text(client['endpoint_url']);
  const endpoint = judgeEndpoint(given, region, listedOrigins(app.config.s3_endpoints));
  const asked = (options['s3'] as Values | undefined)?.['addressing_style'];
  const hosted = asked === 'virtual' || (given === null && asked !== 'path');
  return s3Store(root, {
    name,
    endpoint,
    region,
    bucket,
    // In the host name only where that stays one of the provider's names: a bucket of a custom endpoint would be another host.
    in_path: endpoint.listed || !hosted || !/^[a-z0-9-]+$/.test(bucket),
    credentials:
      held === null
        ? await credentialsOf(ctx, component, configuration, text)
        : sound(name, [held['aws_access_key_id'], held['aws_secret_access_key'], held['aws_session_token']]),
    milliseconds: app.config.s3_seconds * 1000,
    lookup: app.lookup,
  });
};

const credentialsOf = async (
  ctx: Context,
  { name, user_id }: Component,
  configuration: Values,
  text: (value: unknown) => Promise<string | null>,
): Promise<Credentials> => {
  const from = configuration['authentication_secret'];
  const secret: Pairs | null = typeof from === 'string' && from !== '' ? await secretFor(ctx, user_id, name, from) : null;
  return sound(
    name,
    secret === null
      ? [await text(configuration['key']), await text(configuration['secret']), await text(configuration['token'])]
      : ['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token'].map((one) => secret[one] ?? secret[one.slice(4)]),
  );
};

/** The credentials, if they are some: they become parts of headers. Throws NotAllowed. */
const sound = (name: string, [key, secret, token]: readonly unknown[]): Credentials => {
  if (typeof key !== 'string' || typeof secret !== 'string' || key === '' || secret === '')
    throw new NotAllowed(
      `The artifact store '${name}' has no credentials in its configuration (key and secret, or authentication_secret), and the server's own are never used`,
    );
  if (![key, token ?? ''].every((one) => /^[\x21-\x7e]*$/.test(String(one)))) throw new NotAllowed(`The credentials of the artifact store '${name}' are none`);
  return { key, secret, token: typeof token === 'string' && token !== '' ? token : null };
};
