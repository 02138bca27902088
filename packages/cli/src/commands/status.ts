import { ApiError, type Info, type User } from '@zendo/client';
import { command } from '../core/command.ts';
import { configDir, configFile } from '../core/config.ts';
import { findTarget } from '../core/connection.ts';
import type { Context } from '../core/context.ts';
import { ago } from '../core/duration.ts';
import { exit } from '../core/faults.ts';
import { heldNames } from '../core/held.ts';
import { version } from '../core/version.ts';
import { columns } from '../output/columns.ts';

type Status = {
  readonly mode: 'server' | 'local';
  readonly url: string | null;
  readonly from: string | null;
  readonly server_version: string | null;
  readonly user: string | null;
  readonly roles: string | null;
  readonly token_expires: string | null;
  readonly database: string | null;
  readonly config: string;
};

const statusColumns = columns<Status>({
  mode: (one) => one.mode,
  server: (one) => one.url,
  chosen_by: (one) => one.from,
  version: (one) => one.server_version,
  user: (one) => one.user ?? 'nobody (not logged in)',
  roles: (one) => one.roles,
  token_expires: (one) => ago(one.token_expires),
  database: (one) => one.database,
  config: (one) => one.config,
});

const me = async (ctx: Context): Promise<User | undefined> => {
  try {
    return await (await ctx.api()).get<User>('/current-user');
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return undefined;
    throw error;
  }
};

export const status = command({
  name: 'status',
  summary: 'Where the commands go, and as whom',
  run: async (ctx) => {
    const target = findTarget(ctx.env, ctx.config());
    const api = await ctx.api();
    const info = await api.get<Info>('/info');
    const user = await me(ctx);
    const found: Status = {
      mode: api.local ? 'local' : 'server',
      url: target?.url ?? null,
      from: target ? (target.from === 'connect' ? `${ctx.program} connect` : target.from) : null,
      server_version: info.zendo?.version ?? info.version,
      user: user?.name ?? null,
      roles: heldNames(user?.resources?.roles) || null,
      token_expires: (target?.from === 'connect' && ctx.config().expires) || null,
      database: api.local ? `${configDir(ctx.env)}/local.db` : null,
      config: configFile(ctx.env),
    };
    if (api.local)
      ctx.say(`Local mode: no server, one user, roles limit nothing. Next: ${ctx.program} connect --url …`);
    await ctx.out.one(found, statusColumns);
    if (user) return exit.ok;
    ctx.say(`Next: ${ctx.program} login`);
    return exit.notLoggedIn;
  },
});

export const whoami = command({
  name: 'whoami',
  summary: 'The name one is logged in with',
  run: async (ctx) => {
    const user = await (await ctx.api()).get<User>('/current-user');
    if (ctx.globals.output)
      await ctx.out.one(
        user,
        columns<User>({ name: (one) => one.name, full_name: (one) => one.body.full_name, id: (one) => one.id }),
      );
    else ctx.out.lines(user.name ?? user.id);
  },
});

type Versions = { readonly zendo: string; readonly node: string; readonly server: string | null };

export const versions = command({
  name: 'version',
  summary: 'Versions of this program and the server',
  run: async (ctx) => {
    const remote = findTarget(ctx.env, ctx.config())
      ? await (await ctx.api()).get<Info>('/info').catch(() => undefined)
      : undefined;
    const found: Versions = {
      zendo: version,
      node: process.versions.node,
      server: remote?.zendo?.version ?? remote?.version ?? null,
    };
    await ctx.out.one(
      found,
      columns<Versions>({ zendo: (one) => one.zendo, node: (one) => one.node, server: (one) => one.server }),
    );
  },
});
