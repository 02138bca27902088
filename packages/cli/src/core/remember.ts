import type { Token, User } from '@zendo/client';
import { clientFor } from './connection.ts';
import type { Context } from './context.ts';
import { wireDate } from './duration.ts';
import type { Tls } from './http.ts';

/** Keeps a fresh token as the connection of this command line, and says who is logged in. */
export const remember = async (ctx: Context, url: string, token: Token, tls: Tls = {}): Promise<User> => {
  const user = await clientFor(ctx.env, url, token.access_token, tls).get<User>('/current-user');
  const { settings, client_id } = ctx.config();
  ctx.save({
    url,
    token: token.access_token,
    ...(token.expires_in ? { expires: wireDate(new Date(Date.now() + token.expires_in * 1000)) } : {}),
    ...(user.name ? { username: user.name } : {}),
    ...(tls.verify_ssl === false ? { verify_ssl: false } : {}),
    ...(tls.ca_cert ? { ca_cert: tls.ca_cert } : {}),
    ...(client_id ? { client_id } : {}),
    ...(settings ? { settings } : {}),
  });
  ctx.say(`Logged in to ${url} as ${user.name}.`);
  for (const name of ['ZENDO_URL', 'ZENDO_TOKEN', 'ZENML_STORE_URL'])
    if (ctx.env[name]) ctx.say(`Note: ${name} is set and wins over this connection.`);
  return user;
};
