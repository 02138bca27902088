import type { Envelope } from '@zendo/client';
import { group, type Group, type Leaf } from '../core/command.ts';
import { ago } from '../core/duration.ts';
import { listCommand } from '../core/list.ts';
import { columns, type Column } from '../output/columns.ts';
import { logs } from './run-logs.ts';

type Thing = Envelope<
  { readonly created?: string; readonly status?: string },
  Record<string, unknown>,
  { readonly user?: { readonly name?: string } | null; readonly pipeline?: { readonly name?: string } | null }
>;

const owner = (thing: Thing) => thing.resources?.user?.name;
const created = (thing: Thing) => ago(thing.body.created);
const id = (thing: Thing) => thing.id;

/** A group with a list that reads only, and what else there is. */
const readOnly = (
  name: string,
  summary: string,
  path: string,
  shown: readonly Column<Thing>[],
  filters: Record<string, string>,
  more: readonly Leaf[] = [],
): Group =>
  group({
    name,
    summary,
    commands: [
      listCommand<Thing>({
        summary: `List the ${path.slice(1)}`,
        path,
        columns: shown,
        filters: { name: 'name', ...filters, user: 'owner: name or id' },
      }),
      ...more,
    ],
  });

export const pipeline = readOnly(
  'pipeline',
  'Pipelines',
  '/pipelines',
  columns<Thing>({ name: (thing) => thing.name, owner, created, 'id?': id }),
  {
    project: 'workspace: name or id',
  },
);
export const run = readOnly(
  'run',
  'Runs of pipelines',
  '/runs',
  columns<Thing>({
    name: (thing) => thing.name,
    pipeline: (thing) => thing.resources?.pipeline?.name,
    status: (thing) => thing.body.status,
    owner,
    created,
    'id?': id,
  }),
  { project: 'workspace: name or id', pipeline: 'pipeline: name or id', status: 'status' },
  [logs],
);
