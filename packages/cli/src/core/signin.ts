import {
  apiKeyLogin,
  awaitDevice,
  beginDevice,
  passwordLogin,
  type Client,
  type Info,
  type Token,
  type User,
} from '@zendo/client';
import { flag, maybe, text } from './command.ts';
import { clientFor } from './connection.ts';
import type { Context } from './context.ts';
import { CliError, exit, usage } from './faults.ts';
import { isLoopback, type Tls } from './http.ts';
import { givenPassword } from './password.ts';
import { readLine } from './prompt.ts';
import { remember } from './remember.ts';

/** The options of `connect` and `login` that say who one is. */
export const signInOptions = {
  username: text('user name', { short: 'u', value: 'name' }),
  password: text('password (others may see it in the process list; ZENDO_PASSWORD they cannot)', { short: 'p' }),
  password_stdin: flag('read the password from stdin'),
  device: flag('confirm in a browser, also on another machine'),
  token: maybe('a personal token or API key; without a value it is asked for or read from stdin', { value: 'token' }),
  api_key: text('the API key of a service account', { value: 'key' }),
};

export type SignIn = {
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly password_stdin: boolean;
  readonly device: boolean;
  readonly token: string | true | undefined;
  readonly api_key: string | undefined;
};

const isKey = (token: string) => token.startsWith('ZENKEY_');

const tokenOf = async (ctx: Context, given: string | true): Promise<string> => {
  if (given !== true) {
    ctx.say('Warning: a token on the command line can be read by others on this machine; --token alone asks for it.');
    return given;
  }
  return (
    ctx.env.ZENDO_TOKEN || (ctx.ask.can ? ctx.ask.password('Token', '--token') : (await readLine('--token')).trim())
  );
};

const byDevice = async (ctx: Context, client: Client): Promise<Token> => {
  const config = ctx.config();
  const clientId = config.client_id ?? crypto.randomUUID();
  if (!config.client_id) ctx.save({ ...config, client_id: clientId });
  const grant = await beginDevice(client, clientId);
  const page = new URL(grant.verification_uri_complete, `${client.url}/`).href;
  ctx.say('Open this page in a browser where you are logged in, and confirm:');
  ctx.say(`  ${page}`);
  ctx.say(`Code: ${grant.user_code} (holds for ${Math.round(grant.expires_in / 60)} minutes). Waiting …`);
  return awaitDevice(client, clientId, grant);
};

const byPassword = async (ctx: Context, client: Client, given: SignIn): Promise<Token> => {
  const username = given.username ?? ctx.env.ZENDO_USERNAME ?? (await ctx.ask.text('User name', '--username'));
  const password =
    (await givenPassword(ctx, given, 'ZENDO_PASSWORD')) ?? (await ctx.ask.password('Password', '--password-stdin'));
  return passwordLogin(client, username, password);
};

/** Logs in at a server in the way that was chosen, and keeps the connection. Errors: those of the client, exit 4 when it was refused. */
export const signIn = async (ctx: Context, url: string, given: SignIn, tls: Tls = {}): Promise<User> => {
  const ways = [given.device, given.token !== undefined, given.api_key !== undefined].filter(Boolean).length;
  if (ways > 1) throw usage('--device, --token and --api-key exclude each other');
  const client = clientFor(ctx.env, url, undefined, tls);
  const info = await client.get<Info>('/info');
  const address = new URL(url);
  if (address.protocol === 'http:' && !isLoopback(address))
    ctx.say(
      'Warning: this connection is not encrypted; others on the way can read passwords and tokens. Prefer https.',
    );
  if (info.zendo?.setup_required)
    throw new CliError(`${url} is not set up yet`, exit.failed, [
      'Next: open the one-time link that the server printed when it started.',
    ]);
  if (given.device) return remember(ctx, client.url, await byDevice(ctx, client), tls);
  const secret = given.api_key ?? (given.token === undefined ? undefined : await tokenOf(ctx, given.token));
  if (secret === undefined) return remember(ctx, client.url, await byPassword(ctx, client, given), tls);
  const token = isKey(secret)
    ? await apiKeyLogin(client, secret)
    : { access_token: secret, token_type: 'bearer', expires_in: null };
  return remember(ctx, client.url, token, tls);
};
