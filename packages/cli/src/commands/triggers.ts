// What starts runs: schedules of orchestrators, triggers, and the webhooks that they listen to.
import { path, type Client, type Envelope } from '@zendo/client';
import { arg, command, flag, group, type Group, type Leaf } from '../core/command.ts';
import { ago } from '../core/duration.ts';
import { CliError, exit } from '../core/faults.ts';
import { listCommand } from '../core/list.ts';
import { done } from '../core/show.ts';
import { columns, type Column } from '../output/columns.ts';

type Thing = Envelope<
  Readonly<Record<string, unknown>> & { readonly created?: string; readonly active?: boolean },
  Readonly<Record<string, unknown>>,
  Readonly<Record<string, unknown>> & { readonly user?: { readonly name?: string } | null }
>;
type Kind = {
  readonly name: string;
  readonly summary: string;
  readonly path: string;
  readonly shown: readonly Column<Thing>[];
  readonly filters: Readonly<Record<string, string>>;
  /** Archived ones are kept, but not shown unless asked for. */
  readonly archives: boolean;
  readonly more?: readonly Leaf[];
};

const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value));
const owner = (thing: Thing) => thing.resources?.user?.name;
const active = (thing: Thing) => (thing.body.active === true ? 'yes' : 'no');
const created = (thing: Thing) => ago(thing.body.created);
const id = (thing: Thing) => thing.id;
const when = (thing: Thing) =>
  text(
    thing.body['cron_expression'] ??
      thing.body['run_once_start_time'] ??
      thing.body['interval'] ??
      thing.body['interval_second'],
  );

/** The thing with this id or name, whole. Errors: not found. */
const find = async (api: Client, kind: Pick<Kind, 'name' | 'path'>, wanted: string): Promise<Thing> => {
  const known = /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(wanted);
  const { items } = known
    ? { items: [{ id: wanted }] }
    : await api.get<{ items: readonly { readonly id: string }[] }>(kind.path, { name: `equals:${wanted}` });
  if (items[0] === undefined)
    throw new CliError(`There is no ${kind.name} '${wanted}', or you may not see it`, exit.notFound, [
      `zendo ${kind.name} list shows those that you see.`,
    ]);
  return api.get<Thing>(`${kind.path}${path`/${items[0].id}`}`);
};

const name = arg('name or id');
const switching = (kind: Kind, word: string, summary: string, on: boolean): Leaf =>
  command({
    name: word,
    summary,
    args: { name },
    run: async (ctx, input) => {
      const api = await ctx.api();
      const thing = await find(api, kind, input.name);
      const changed = await api.put<Thing>(`${kind.path}${path`/${thing.id}`}`, { active: on });
      await done(ctx, `${changed.name} is ${on ? 'active' : 'paused'}.`, changed, kind.shown);
    },
  });

const removing = (kind: Kind): Leaf =>
  command({
    name: 'delete',
    aliases: ['remove'],
    summary: kind.archives ? `Archive a ${kind.name}, or with --hard remove it` : `Delete a ${kind.name}`,
    args: { name },
    options: kind.archives ? { hard: flag('remove it altogether') } : {},
    run: async (ctx, input) => {
      const api = await ctx.api();
      const thing = await find(api, kind, input.name);
      const soft = kind.archives && (input as { readonly hard?: boolean }).hard !== true;
      if (!ctx.globals.yes) await ctx.ask.confirm(`${soft ? 'Archive' : 'Delete'} the ${kind.name} ${thing.name}?`, []);
      await api.delete(`${kind.path}${path`/${thing.id}`}${kind.archives ? `?soft=${soft}` : ''}`);
      ctx.say(`The ${kind.name} ${thing.name} is ${soft ? 'archived' : 'deleted'}.`);
    },
  });

const kindGroup = (kind: Kind): Group =>
  group({
    name: kind.name,
    summary: kind.summary,
    commands: [
      listCommand<Thing>({
        summary: `List the ${kind.name}s`,
        path: kind.path,
        columns: kind.shown,
        filters: { name: 'name', ...kind.filters, project: 'workspace: name or id', user: 'owner: name or id' },
        ...(kind.archives ? { fixed: { is_archived: 'false' } } : {}),
      }),
      command({
        name: 'describe',
        aliases: ['get'],
        summary: `Show a ${kind.name}`,
        args: { name },
        run: async (ctx, input) => ctx.out.one(await find(await ctx.api(), kind, input.name), kind.shown),
      }),
      switching(kind, 'pause', `Let a ${kind.name} do nothing for now`, false),
      switching(kind, 'resume', `Let a paused ${kind.name} work again`, true),
      removing(kind),
      ...(kind.more ?? []),
    ],
  });

export const schedule = kindGroup({
  name: 'schedule',
  summary: 'Schedules of orchestrators',
  path: '/schedules',
  shown: columns<Thing>({ name: (thing) => thing.name, active, when, owner, created, 'id?': id }),
  filters: { active: 'true or false' },
  archives: true,
});

const lastTry = (thing: Thing): string =>
  Object.values((thing.resources?.['snapshot_dispatch_states'] ?? {}) as Record<string, { last_status?: string }>)
    .map((state) => text(state.last_status))
    .join(', ');
export const trigger = kindGroup({
  name: 'trigger',
  summary: 'What starts runs: a time, an event, another run',
  path: '/triggers',
  shown: columns<Thing>({
    name: (thing) => thing.name,
    type: (thing) => text(thing.body['type']),
    active,
    when,
    next: (thing) => text(thing.body['next_occurrence']),
    last: lastTry,
    owner,
    'id?': id,
  }),
  filters: { type: 'schedule, platform_event or webhook', active: 'true or false' },
  archives: true,
});

const webhookKind = { name: 'webhook', path: '/webhooks' } as const;
export const webhook = kindGroup({
  ...webhookKind,
  summary: 'Addresses that take signed events',
  shown: columns<Thing>({
    name: (thing) => thing.name,
    type: (thing) => text(thing.body['webhook_type']),
    active,
    address: (thing) => text(thing.body['endpoint_url']),
    owner,
    'id?': id,
  }),
  filters: { webhook_type: 'custom, github, clickup or slack', active: 'true or false' },
  archives: false,
  more: [
    command({
      name: 'rotate',
      summary: 'Make a new secret; it is shown once, and the old one is dead at once',
      args: { name },
      run: async (ctx, input) => {
        const api = await ctx.api();
        const thing = await find(api, webhookKind, input.name);
        if (!ctx.globals.yes)
          await ctx.ask.confirm(`Replace the secret of ${thing.name}?`, [
            'Its sender is refused until it has the new one.',
          ]);
        const { secret } = await api.put<{ readonly secret: string }>(path`/webhooks/${thing.id}/secret`, {});
        ctx.out.lines(secret);
      },
    }),
  ],
});
