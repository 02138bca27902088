// Knows: how the configuration of an S3 component becomes a store: its endpoint judged, its secrets looked up. Must not know: HTTP.
import { loadActor } from '../../access/grants.ts';
import type { App } from '../../app.ts';
import type { Context } from '../../kernel/context.ts';
import { Invalid, NotAllowed } from '../../kernel/errors.ts';
import { plainNumbers } from '../../kernel/json.ts';
import type { Values } from '../../kernel/resource.ts';
import { valuesNamed } from '../../resources/secret/values.ts';
import { s3Store } from './s3.ts';
import { judgeEndpoint, listedOrigins } from './s3_endpoint.ts';
import type { Credentials } from './s3_request.ts';
import type { Store } from './store.ts';

type Pairs = Readonly<Record<string, string>>;
/**
 * The values of a secret that both the caller and the owner of the component may read: nobody gets the server to send somebody else's
 * secret to where he pleases, and nobody uses through a component what he could not read himself. Throws NotAllowed.
 */
const secretFor = async (ctx: Context, owner: string | null, of: string, name: string): Promise<Pairs> => {
  const owning = owner === null || owner === ctx.actor.id || ctx.actor.unlimited ? ctx.actor : await loadActor(ctx.db, owner, ctx.now);
  const values = await valuesNamed(ctx, name);
  const theirs = owning === ctx.actor ? values : owning === null ? null : await valuesNamed({ ...ctx, actor: owning }, name);
  if (values === null || theirs === null || values.id !== theirs.id)
    throw new NotAllowed(
      `The artifact store '${of}' takes its credentials from the secret '${name}'; you and the owner of the store must both be allowed to read its values (secret:read_secret_value)`,
    );
  return values.values;
};

const REFERENCE = /^\{\{\s*([^.{}]+?)\s*\.\s*([^{}]+?)\s*\}\}$/;

/** The S3 store of a component. Throws NotAllowed where its endpoint or its secrets are not to be used, Invalid for a configuration that makes no sense. */
export const s3Component = async (
  ctx: Context,
  app: App,
  component: { readonly name: string; readonly user_id: string | null; readonly configuration: Values },
): Promise<Store> => {
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
  const region = (await text(client['region_name'])) ?? (await text(options['region_name'])) ?? 'us-east-1';
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
    credentials: await credentialsOf(ctx, component, configuration, text),
    milliseconds: app.config.s3_seconds * 1000,
    lookup: app.lookup,
  });
};

const credentialsOf = async (
  ctx: Context,
  { name, user_id }: { readonly name: string; readonly user_id: string | null },
  configuration: Values,
  text: (value: unknown) => Promise<string | null>,
): Promise<Credentials> => {
  const from = configuration['authentication_secret'];
  const secret: Pairs | null = typeof from === 'string' && from !== '' ? await secretFor(ctx, user_id, name, from) : null;
  const [key, hidden, token] =
    secret === null
      ? [await text(configuration['key']), await text(configuration['secret']), await text(configuration['token'])]
      : ['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token'].map((one) => secret[one] ?? secret[one.slice(4)] ?? null);
  if (!key || !hidden)
    throw new NotAllowed(
      `The artifact store '${name}' has no credentials in its configuration (key and secret, or authentication_secret), and the server's own are never used`,
    );
  // They become parts of headers.
  if (![key, token ?? ''].every((one) => /^[\x21-\x7e]*$/.test(one))) throw new NotAllowed(`The credentials of the artifact store '${name}' are none`);
  return { key, secret: hidden, token: token ?? null };
};
