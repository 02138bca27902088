import { command, optionalArg } from '../core/command.ts';
import { findTarget } from '../core/connection.ts';
import { usage } from '../core/faults.ts';
import { signIn, signInOptions } from '../core/signin.ts';

export const login = command({
  name: 'login',
  summary: 'Log in: password, device or token',
  examples: ['login', 'login https://zendo.example.org --device', 'login --token < token.txt'],
  args: { url: optionalArg('address of the server (default: the connected one)') },
  options: signInOptions,
  run: async (ctx, input) => {
    const target = findTarget(ctx.env, ctx.config());
    const url = input.url ?? target?.url;
    if (!url) throw usage('log in where? There is no server yet', `Next: ${ctx.program} login https://…`);
    await signIn(ctx, url, input, target?.url === url.replace(/\/+$/, '') ? target.tls : {});
  },
});
