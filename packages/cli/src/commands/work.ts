import { group } from '../core/command.ts';
import { logs } from './run-logs.ts';
import { columnsOf, describeOne, deleteOne, kindGroup, listOf, tagsOf, word, type Kind } from './ml/kind.ts';
import { schedule } from './triggers.ts';

const runs: Kind = {
  name: 'run',
  label: 'run',
  summary: 'Runs of pipelines',
  path: '/runs',
  // Of many runs, one asks for what went on last.
  sort: 'desc:created',
  shown: columnsOf({
    pipeline: (thing) => thing.resources?.['pipeline']?.name,
    status: (thing) => word(thing.body['status']),
    stack: (thing) => thing.resources?.['stack']?.name,
    'started?': (thing) => thing.metadata?.['start_time'],
    'ended?': (thing) => thing.metadata?.['end_time'],
    'tags?': tagsOf,
    'metadata?': (thing) => word(thing.metadata?.['run_metadata']),
  }),
  filters: { name: 'name', pipeline: 'pipeline: name or id', status: 'status', stack: 'stack: name or id', tag: 'tag' },
  goes: 'Its steps and its metadata go; what it made stays.',
  more: [logs],
};
export const run = kindGroup(runs);

const builds: Kind = {
  name: 'builds',
  label: 'build',
  summary: 'Container images that were built for pipelines',
  path: '/pipeline_builds',
  shown: columnsOf({
    pipeline: (thing) => thing.metadata?.['pipeline']?.name,
    stack: (thing) => thing.metadata?.['stack']?.name,
    python: (thing) => thing.metadata?.['python_version'],
    'images?': (thing) => word(thing.metadata?.['images']),
  }).filter((column) => column.key !== 'name'),
  filters: { pipeline_id: 'pipeline: id', stack_id: 'stack: id', is_local: 'true or false' },
  goes: 'Runs do not say any more which images they ran in; the images stay.',
};

export const pipeline = kindGroup({
  name: 'pipeline',
  label: 'pipeline',
  summary: 'Pipelines, their runs, builds and schedules',
  path: '/pipelines',
  shown: columnsOf({ latest: (thing) => word(thing.resources?.['latest_run_status']), tags: tagsOf }),
  filters: { name: 'name', latest_run_status: 'status of the newest run', tag: 'tag' },
  goes: 'Its runs, snapshots, builds and schedules go with it.',
  more: [
    { ...run, name: 'runs' },
    group({
      name: builds.name,
      summary: builds.summary,
      commands: [listOf(builds), describeOne(builds), deleteOne(builds)],
    }),
    { ...schedule, aliases: ['schedules'] },
  ],
});
