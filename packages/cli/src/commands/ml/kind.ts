// The commands that things of every kind have alike: list, describe, delete.
import { path, type Client, type Envelope } from '@zendo/client';
import { arg, command, group, text, type Group, type Leaf, type Node } from '../../core/command.ts';
import { ago } from '../../core/duration.ts';
import { listCommand } from '../../core/list.ts';
import { columns, type Column } from '../../output/columns.ts';
import { find } from '../stack/things.ts';

type Loose = Readonly<Record<string, any>>;
export type Thing = Envelope<Loose, Loose, Loose>;

export type Kind = {
  readonly name: string;
  /** What one is called, and several, in words. */
  readonly label: string;
  readonly many?: string;
  readonly summary: string;
  readonly path: string;
  readonly shown: readonly Column<Thing>[];
  readonly filters: Readonly<Record<string, string>>;
  /** What goes when one is deleted. */
  readonly goes: string;
  /** False for what lies in no workspace. */
  readonly placed?: boolean;
  /** How a list is sorted where nothing is said. */
  readonly sort?: string;
  /** Commands beside list, describe and delete. */
  readonly more?: readonly Node[];
};

/** A value of the interface as one cell shows it. */
export const word = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
export const tagsOf = (thing: Thing): string =>
  ((thing.resources?.['tags'] ?? []) as readonly { readonly name: string }[]).map((tag) => tag.name).join(', ');

/** The columns of a kind: its name first, then its own, and who made it when. */
export const columnsOf = (own: Parameters<typeof columns<Thing>>[0]): readonly Column<Thing>[] =>
  columns<Thing>({
    name: (thing) => thing.name,
    ...own,
    owner: (thing) => thing.resources?.['user']?.name,
    created: (thing) => ago(thing.body['created']),
    'id?': (thing) => thing.id,
  });

export const name = arg('name or id');
export const project = text('workspace: name or id', { short: 'w', value: 'name', also: ['workspace'] });

/** The thing with this name or id, whole, in the workspace that is meant. Errors: not found, several. */
export const findOne = (
  api: Client,
  kind: Pick<Kind, 'path' | 'label'>,
  wanted: string,
  within: string | undefined,
  fixed: Readonly<Record<string, string>> = {},
): Promise<Thing> =>
  // Who names an id means that very thing, whichever workspace it lies in.
  /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(wanted)
    ? api.get<Thing>(`${kind.path}${path`/${wanted}`}`)
    : find<Thing>(api, kind.path, wanted, kind.label, {
        ...fixed,
        ...(within === undefined ? {} : { project: within }),
      });

export const describeOne = (kind: Kind): Leaf =>
  command({
    name: 'describe',
    aliases: ['get'],
    summary: `Show a ${kind.label}`,
    args: { name },
    options: kind.placed === false ? {} : { project },
    run: async (ctx, input) => {
      const within = (input as { readonly project?: string }).project;
      await ctx.out.one(await findOne(await ctx.api(), kind, input.name, within), kind.shown);
    },
  });

export const deleteOne = (kind: Kind): Leaf =>
  command({
    name: 'delete',
    aliases: ['remove'],
    summary: `Delete a ${kind.label}`,
    args: { name },
    options: kind.placed === false ? {} : { project },
    run: async (ctx, input) => {
      const api = await ctx.api();
      const thing = await findOne(api, kind, input.name, (input as { readonly project?: string }).project);
      const called = thing.name ?? thing.id;
      await ctx.ask.confirm(`Delete the ${kind.label} ${called}?`, [kind.goes]);
      await api.delete(`${kind.path}${path`/${thing.id}`}`);
      ctx.say(`The ${kind.label} ${called} is deleted.`);
    },
  });

export const listOf = (kind: Kind): Leaf =>
  listCommand<Thing>({
    summary: `List the ${kind.many ?? `${kind.label}s`}`,
    path: kind.path,
    columns: kind.shown,
    fixed: { hydrate: 'true' },
    ...(kind.sort === undefined ? {} : { sort: kind.sort }),
    filters: {
      ...kind.filters,
      ...(kind.placed === false ? {} : { project: 'workspace: name or id' }),
      user: 'owner: name or id',
    },
  });

/** A group of commands for one kind of thing. */
export const kindGroup = (kind: Kind): Group =>
  group({
    name: kind.name,
    summary: kind.summary,
    commands: [listOf(kind), describeOne(kind), ...(kind.more ?? []), deleteOne(kind)],
  });
