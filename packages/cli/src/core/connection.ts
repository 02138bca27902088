import { createClient, type Client } from '@zendo/client';
import { join } from 'node:path';
import { configDir, type Config, type Env } from './config.ts';
import { CliError, exit, usage } from './faults.ts';
import { createFetch, type Tls } from './http.ts';
import { version } from './version.ts';

export type Api = Client & { readonly local: boolean; close(): Promise<void> };
export type Target = {
  readonly url: string;
  readonly token?: string | undefined;
  readonly credentials?: { readonly username: string; readonly password: string } | undefined;
  readonly tls: Tls;
  /** Where the address comes from, for `status`. */
  readonly from: 'ZENDO_URL' | 'ZENML_STORE_URL' | 'connect';
};

const isHttp = (url: string | undefined): url is string => /^https?:\/\//.test(url ?? '');
const bare = (url: string) => url.replace(/\/+$/, '');

// Credentials belong to the address they came with: those of one server are never sent to another.
const credentialsFor = (env: Env, from: Target['from'], saved: Config) => {
  const both = (username?: string, password?: string) => (username && password ? { username, password } : undefined);
  if (from === 'ZENML_STORE_URL') {
    const key = env.ZENDO_TOKEN || env.ZENML_STORE_API_KEY || env.ZENML_STORE_API_TOKEN;
    const login = key ? undefined : both(env.ZENML_STORE_USERNAME, env.ZENML_STORE_PASSWORD);
    return { token: key || (login ? undefined : saved.token), credentials: login };
  }
  const token = env.ZENDO_TOKEN || saved.token;
  return { token, credentials: token ? undefined : both(env.ZENDO_USERNAME, env.ZENDO_PASSWORD) };
};

/**
 * Which server is meant: ZENDO_URL and ZENDO_TOKEN first, then the variables of the Python client, then the saved
 * connection; undefined is local mode.
 */
export const findTarget = (env: Env, config: Config): Target | undefined => {
  const [url, from] = env.ZENDO_URL
    ? ([env.ZENDO_URL, 'ZENDO_URL'] as const)
    : isHttp(env.ZENML_STORE_URL)
      ? ([env.ZENML_STORE_URL, 'ZENML_STORE_URL'] as const)
      : ([config.url, 'connect'] as const);
  if (!url) return undefined;
  const saved = config.url && bare(config.url) === bare(url) ? config : {};
  const trusting = from === 'ZENML_STORE_URL' && env.ZENML_STORE_VERIFY_SSL?.toLowerCase() === 'false';
  return {
    url: bare(url),
    from,
    ...credentialsFor(env, from, saved),
    tls: { verify_ssl: trusting ? false : saved.verify_ssl, ca_cert: saved.ca_cert },
  };
};

const timeouts = (env: Env) => ({
  connect: (Number(env.ZENDO_CONNECT_TIMEOUT) || 5) * 1000,
  answer: (Number(env.ZENDO_TIMEOUT) || 30) * 1000,
});

/** A client for an address that is not (or not yet) the saved one. */
export const clientFor = (env: Env, url: string, token?: string, tls: Tls = {}): Client => {
  if (!isHttp(url))
    throw new CliError(`${url} is not an address of a server`, exit.usage, [
      /^[\w.-]+(:\d+)?\/*$/.test(url)
        ? `Did you mean https://${url} or http://${url}?`
        : 'It begins with http:// or https://.',
    ]);
  const { connect, answer } = timeouts(env);
  return createClient({
    url: bare(url),
    token,
    fetch: createFetch(tls, connect),
    timeout: answer,
    agent: `zendo-cli/${version}`,
  });
};

const openLocal = async (env: Env): Promise<Api> => {
  const { mkdirSync } = await import('node:fs');
  mkdirSync(configDir(env), { recursive: true, mode: 0o700 });
  const { openLocal: open } = await (await import('./local.ts')).loadLocal();
  const server = await open({ path: join(configDir(env), 'local.db') });
  return {
    ...createClient({ url: 'http://local', fetch: server.fetch }),
    local: true,
    close: server.close,
  };
};

/** Opens the connection that the environment and the configuration name, or the local database. Errors: those of the client. */
export const openApi = async (env: Env, config: Config): Promise<Api> => {
  const target = findTarget(env, config);
  if (!target) {
    if (env.ZENDO_TOKEN) throw usage('ZENDO_TOKEN is set, but no server is named', 'Set ZENDO_URL too.');
    return openLocal(env);
  }
  let token = target.token;
  if (target.credentials) {
    const { passwordLogin } = await import('@zendo/client');
    const { username, password } = target.credentials;
    token = (await passwordLogin(clientFor(env, target.url, undefined, target.tls), username, password)).access_token;
  }
  return { ...clientFor(env, target.url, token, target.tls), local: false, close: async () => {} };
};
