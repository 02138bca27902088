import { ApiError, BadAnswer, Unreachable } from '@zendo/client';
import { plain } from '../output/style.ts';
import type { Context } from './context.ts';
import { CliError, exit } from './faults.ts';
import { didYouMean } from './suggest.ts';

export type Report = { readonly code: number; readonly lines: readonly string[] };

const codes: Readonly<Record<number, number>> = {
  401: exit.notLoggedIn,
  403: exit.notAllowed,
  404: exit.notFound,
  409: exit.conflict,
  502: exit.unreachable,
  503: exit.unreachable,
  504: exit.unreachable,
};

const named: Readonly<Record<string, string>> = {
  users: 'user',
  teams: 'team',
  roles: 'role',
  projects: 'workspace',
  service_accounts: 'service-account',
  permissions: 'permission',
};

type Named = { readonly name?: string; readonly id?: string };

// The message of a missing thing may only be repeated; which names exist, the person may see anyway.
const namesNear = async (error: ApiError, ctx: Context): Promise<readonly string[]> => {
  const [, collection = '', name] = error.path.split('/');
  const asked = [
    ...ctx.mentions,
    ...(name && collection in named ? [[collection, decodeURIComponent(name)] as const] : []),
  ];
  const api = ctx.opened();
  const hints: string[] = [];
  for (const [list, word] of api ? asked : []) {
    try {
      const found = await api!.get<Named[] | { readonly items: readonly Named[] }>(`/${list}`, { size: 1000 });
      const items = 'items' in found ? found.items : found;
      if (items.some((item) => item.name === word || item.id === word)) continue;
      const near = didYouMean(
        word,
        items.map((item) => item.name ?? ''),
      );
      hints.push(...near, ...(near.length ? [] : [`Next: ${ctx.program} ${named[list] ?? list} list`]));
    } catch {}
  }
  return [...new Set(hints)];
};

const next = async (error: ApiError, ctx: Context): Promise<readonly string[]> => {
  if (error.status === 401 && error.path !== '/login') return [`Next: ${ctx.program} login`];
  if ([400, 404, 422].includes(error.status)) return namesNear(error, ctx);
  if (error.needs && !error.message.includes(error.needs)) return [`Missing: ${error.needs}`];
  return [];
};

const message = (error: ApiError, ctx: Context): string => {
  if (error.status === 401 && error.path === '/login') return error.message;
  // The server names the field; here it is an option, in days.
  const longest = /^expires_in must be <= (\d+)/.exec(error.message)?.[1];
  if (longest) return `--expires: at most ${Math.floor(Number(longest) / 86_400)}d`;
  if (error.status === 404 && error.message === 'Not Found') return `this server does not know ${error.path}`;
  if (error.status === 401 && !error.kind) return `not logged in to ${ctx.opened()?.url ?? 'the server'}`;
  return error.status === 401 ? `not logged in: ${error.message}` : error.message.replace(/^(["'])(.*)\1$/s, '$2');
};

/** What is said about a failure: what, why, what to do next, the request id; and the exit code. */
export const reportOf = async (error: unknown, ctx: Context): Promise<Report> => {
  if (error instanceof CliError) return { code: error.code, lines: [error.message, ...error.hints] };
  if (error instanceof ApiError) {
    const lines = [
      plain(message(error, ctx)),
      ...(await next(error, ctx)),
      ...(error.requestId ? [`Request id: ${error.requestId}`] : []),
    ];
    return { code: codes[error.status] ?? exit.failed, lines };
  }
  if (error instanceof Unreachable)
    return {
      code: exit.unreachable,
      lines: [error.message, `Next: ${ctx.program} status shows the address; ${ctx.program} up starts a server here.`],
    };
  if (error instanceof BadAnswer)
    return { code: exit.unreachable, lines: [error.message, 'Is this the address of a Zendo server?'] };
  const { message: text } = error instanceof Error ? error : { message: String(error) };
  return {
    code: exit.failed,
    lines: [text || 'something went wrong', ...(ctx.globals.debug ? [] : ['--debug shows where.'])],
  };
};
