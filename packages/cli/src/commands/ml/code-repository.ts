import { anyArgs, arg, command, flag, text } from '../../core/command.ts';
import { usage } from '../../core/faults.ts';
import { done } from '../../core/show.ts';
import { settings } from '../stack/settings.ts';
import { columnsOf, kindGroup, type Thing } from './kind.ts';

type Source = { readonly module: string; readonly attribute: string; readonly type: string };
const known = (name: string, attribute: string): Source => ({
  module: `zenml.integrations.${name}.code_repositories.${name}_code_repository`,
  attribute,
  type: 'internal',
});
/** What clients know by name; anything else is a class of one's own. */
const sources: Readonly<Record<string, Source>> = {
  github: known('github', 'GitHubCodeRepository'),
  gitlab: known('gitlab', 'GitLabCodeRepository'),
};

const sourceOf = (type: string, path: string | undefined): Source => {
  const found = sources[type];
  if (found) return found;
  if (type !== 'custom') throw usage(`--type ${type}: it is github, gitlab or custom`);
  const at = path?.lastIndexOf('.') ?? -1;
  if (path === undefined || at < 1) throw usage('--type custom needs --source, such as my_module.MyRepository');
  return { module: path.slice(0, at), attribute: path.slice(at + 1), type: 'user' };
};

const shown = columnsOf({
  type: (thing) => {
    const attribute = thing.body['source']?.attribute as string;
    return Object.keys(sources).find((type) => sources[type]!.attribute === attribute) ?? attribute;
  },
  'description?': (thing) => thing.metadata?.['description'],
});

const register = command({
  name: 'register',
  summary: 'Register a repository, so that runs say which code they ran',
  notes:
    'Settings are written --KEY=VALUE: --owner and --repository for github, --group and --project for gitlab (write that one project=NAME). A token is best taken from a secret: --token={{SECRET.KEY}}.',
  examples: ['code-repository register app --type github --owner=acme --repository=app --token={{github.token}}'],
  free: 'a setting of the type',
  args: { name: arg('unique name'), setting: anyArgs('settings: --KEY=VALUE or KEY=VALUE') },
  options: {
    type: text('github, gitlab or custom', { short: 't', value: 'type' }),
    source: text('class of a custom repository', { short: 's', value: 'module.Class' }),
    description: text('what it holds', { short: 'd', value: 'text' }),
    logo_url: text('address of a picture', { short: 'l', value: 'url' }),
    workspace: text('workspace: name or id', { short: 'w', value: 'name' }),
    private: flag('for yourself alone'),
  },
  run: async (ctx, input) => {
    if (input.type === undefined) throw usage('--type is missing: github, gitlab or custom');
    const body = {
      name: input.name,
      project: input.workspace ?? 'default',
      source: sourceOf(input.type, input.source),
      config: settings(undefined, input.setting),
      ...(input.description === undefined ? {} : { description: input.description }),
      ...(input.logo_url === undefined ? {} : { logo_url: input.logo_url }),
      ...(input.private ? { private: true } : {}),
    };
    const made = await (await ctx.api()).post<Thing>('/code_repositories', body);
    await done(ctx, `The code repository ${made.name} is registered.`, made, shown);
  },
});

export const codeRepository = kindGroup({
  name: 'code-repository',
  label: 'code repository',
  many: 'code repositories',
  summary: 'Where the code of runs comes from',
  path: '/code_repositories',
  shown,
  filters: { name: 'name' },
  goes: 'Runs do not say any more which code they ran.',
  more: [register],
});
