import { spawn } from 'node:child_process';
import { command, optionalArg } from '../core/command.ts';
import { findTarget } from '../core/connection.ts';
import { CliError, exit } from '../core/faults.ts';

const opener: Readonly<Record<string, readonly string[]>> = { darwin: ['open'], win32: ['cmd', '/c', 'start', ''] };

export const open = command({
  name: 'open',
  summary: 'Open the dashboard; prints its address',
  examples: ['open', 'open people'],
  args: { page: optionalArg('page, e.g. people or settings/personal-details') },
  run: async (ctx, input) => {
    const target = findTarget(ctx.env, ctx.config());
    if (!target)
      throw new CliError('there is no dashboard in local mode', exit.failed, [
        `Next: ${ctx.program} up starts a server, ${ctx.program} connect joins one.`,
      ]);
    const url = new URL(`${target.url}/${(input.page ?? '').replace(/^\/+/, '')}`).href;
    ctx.out.lines(url);
    if (!process.stdout.isTTY || ctx.env.ZENDO_NO_BROWSER || ctx.env.SSH_CONNECTION) return;
    const [file = 'xdg-open', ...first] = opener[process.platform] ?? ['xdg-open'];
    const child = spawn(file, [...first, url], { stdio: 'ignore', detached: true });
    child.on('error', () => {});
    child.unref();
  },
});
