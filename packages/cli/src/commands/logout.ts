import { command } from '../core/command.ts';
import { clientFor } from '../core/connection.ts';
import type { Context } from '../core/context.ts';

// What is on this machine goes in any case; the server is told when it can be.
const endSession = async (ctx: Context): Promise<void> => {
  const { url, token, verify_ssl, ca_cert } = ctx.config();
  if (!url || !token) return;
  try {
    await clientFor(ctx.env, url, token, { verify_ssl, ca_cert }).get('/logout');
  } catch (error) {
    ctx.say(`The server could not be told: ${(error as Error).message}`);
  }
};

export const logout = command({
  name: 'logout',
  summary: 'End the session; the address stays',
  run: async (ctx) => {
    const before = ctx.config();
    await endSession(ctx);
    const { token: _token, expires: _expires, username: _username, ...rest } = before;
    ctx.save(rest);
    ctx.say(before.token ? `Logged out of ${before.url}.` : 'Nobody was logged in.');
  },
});

export const disconnect = command({
  name: 'disconnect',
  summary: 'Forget the server and go back to local mode',
  run: async (ctx) => {
    const { url, settings, client_id } = ctx.config();
    await endSession(ctx);
    ctx.save({ ...(settings ? { settings } : {}), ...(client_id ? { client_id } : {}) });
    ctx.say(
      url ? `Disconnected from ${url}. Commands work locally now.` : 'There was no connection; commands work locally.',
    );
  },
});
