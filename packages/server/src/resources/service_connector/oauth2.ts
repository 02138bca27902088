// Knows: how a grant becomes an access token at a token endpoint (RFC 6749, 4.4 and 6).
import { Refused } from '../../kernel/errors.ts';
import type { Values } from '../../kernel/resource.ts';
import { callOut } from '../../services/outgoing.ts';

export interface Token {
  readonly access_token: string;
  /** Seconds that it lives; null where the endpoint does not say. */
  readonly expires_in: number | null;
}
const RESERVED = ['grant_type', 'client_id', 'client_secret', 'refresh_token', 'scope', 'audience'];

const formOf = (config: Values): { body: URLSearchParams; basic: string | null } => {
  const fixed: Record<string, string> = { grant_type: config['refresh_token'] === undefined ? 'client_credentials' : 'refresh_token' };
  const secret = config['client_secret'] as string | undefined;
  const inBody = config['client_auth_method'] === 'client_secret_post';
  if (config['refresh_token'] !== undefined) fixed['refresh_token'] = config['refresh_token'];
  if (config['audience']) fixed['audience'] = config['audience'];
  if (secret === undefined || inBody) fixed['client_id'] = config['client_id'];
  if (secret !== undefined && inBody) fixed['client_secret'] = secret;
  if (config['scope']) fixed['scope'] = config['scope'];
  const basic = secret === undefined || inBody ? null : Buffer.from(`${config['client_id']}:${secret}`).toString('base64');
  return { body: new URLSearchParams({ ...(config['token_params'] as Record<string, string> | undefined), ...fixed }), basic };
};

const textOnly = (name: string, given: unknown): Record<string, string> => {
  if (given === undefined) return {};
  if (given === null || typeof given !== 'object' || Object.values(given).some((value) => typeof value !== 'string' || /[\r\n]/.test(value)))
    throw new Refused(`${name} must be names and their text`);
  return given as Record<string, string>;
};

/** Fetches a token. Throws Refused, in words without what was sent or answered, where there is none. */
export const fetchToken = async (config: Values, private_hosts: string): Promise<Token> => {
  const headers = textOnly('token_headers', config['token_headers']);
  const reserved = Object.keys(textOnly('token_params', config['token_params'])).filter((name) => RESERVED.includes(name));
  if (reserved.length > 0) throw new Refused(`token_params cannot set ${reserved.join(', ')}`);
  if (Object.keys(headers).some((name) => ['authorization', 'host', 'content-length'].includes(name.toLowerCase()) || !/^[\w!#$%&'*+.^`|~-]+$/.test(name)))
    throw new Refused('token_headers cannot set Authorization, Host or Content-Length');
  const { body, basic } = formOf(config);
  const { status, text } = await callOut(config['token_url'], private_hosts, {
    method: 'POST',
    headers: {
      ...headers,
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      ...(basic === null ? {} : { authorization: `Basic ${basic}` }),
    },
    body: body.toString(),
  });
  if (status < 200 || status > 299) throw new Refused(`The token endpoint refused the credentials (HTTP ${status})`);
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    /* said below */
  }
  const { access_token, token_type, expires_in } = (answer ?? {}) as { access_token?: unknown; token_type?: unknown; expires_in?: unknown };
  if (typeof access_token !== 'string') throw new Refused('The token endpoint answered no access token');
  if (token_type !== undefined && token_type !== null && String(token_type).toLowerCase() !== 'bearer')
    throw new Refused('The token endpoint answered a token that is no bearer token');
  const seconds = Number(expires_in);
  return { access_token, expires_in: expires_in === undefined || expires_in === null || !Number.isFinite(seconds) ? null : Math.trunc(seconds) };
};
