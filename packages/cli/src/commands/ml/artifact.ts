import { command, flag } from '../../core/command.ts';
import { columnsOf, kindGroup, project, tagsOf, word } from './kind.ts';

type Prunable = { readonly versions: number; readonly artifacts: number };

const version = kindGroup({
  name: 'version',
  label: 'artifact version',
  summary: 'Versions of artifacts',
  path: '/artifact_versions',
  shown: columnsOf({
    artifact: (thing) => thing.body['artifact']?.name,
    version: (thing) => thing.body['version'],
    type: (thing) => word(thing.body['type']),
    tags: tagsOf,
    'uri?': (thing) => thing.body['uri'],
    'metadata?': (thing) => word(thing.metadata?.['run_metadata']),
  }).filter((column) => column.key !== 'name'),
  filters: { artifact: 'artifact: name or id', version: 'version', type: 'type', only_unused: 'true or false' },
  goes: 'Its metadata goes; the data stay in the artifact store.',
});

const prune = command({
  name: 'prune',
  summary: 'Remove artifact versions that no run made or read, and artifacts that then have none',
  options: {
    project,
    only_artifact: flag('accepted for the original: the data in the store stay anyway', { hidden: true }),
    only_versions: flag('leave empty artifacts'),
    dry_run: flag('say what would go, and do nothing'),
  },
  run: async (ctx, input) => {
    const api = await ctx.api();
    const query = new URLSearchParams({
      only_versions: String(input.only_versions),
      ...(input.project === undefined ? {} : { project_name_or_id: input.project }),
    });
    const goes = await api.get<Prunable>(`/artifact_versions/prunable?${query.toString()}`);
    const words = `${goes.versions} versions and ${goes.artifacts} artifacts`;
    if (goes.versions + goes.artifacts === 0) return ctx.say('Every version is used; there is nothing to remove.');
    if (input.dry_run) return ctx.say(`${words} would go.`);
    await ctx.ask.confirm(`Remove ${words}?`, ['The data stay in the artifact store.']);
    await api.delete(`/artifact_versions?${query.toString()}`);
    ctx.say(`${words} removed.`);
  },
});

export const artifact = kindGroup({
  name: 'artifact',
  label: 'artifact',
  summary: 'What steps produce, and its versions',
  path: '/artifacts',
  shown: columnsOf({ latest: (thing) => thing.resources?.['latest_version_name'], tags: tagsOf }),
  filters: { name: 'name', has_custom_name: 'true or false', tag: 'tag' },
  goes: 'All its versions go; the data stay in the artifact store.',
  more: [version, prune],
});
