import type { Envelope } from '../../api.ts';
import type { Schema } from '../../resource/schema/kinds.ts';
import type { User } from '../../resource/types.ts';

export interface Source {
  readonly module: string;
  readonly attribute: string | null;
  readonly type: string;
}
export type Repository = Envelope<
  {
    readonly created: string;
    readonly updated: string;
    readonly user_id: string | null;
    readonly private?: boolean;
    readonly source: Source;
  },
  { readonly config: Readonly<Record<string, unknown>>; readonly description: string | null },
  { readonly user?: User | null }
>;

const text: Schema = { type: 'string' };
const optional: Schema = { anyOf: [{ type: 'string' }, { type: 'null' }] };
const token: Schema = {
  ...optional,
  sensitive: true,
  description: 'For private repositories; best taken from a secret.',
};

interface Kind {
  readonly label: string;
  readonly source: Source | null;
  readonly schema: Schema;
}

const zenml = (name: string, attribute: string): Source => ({
  module: `zenml.integrations.${name}.code_repositories.${name}_code_repository`,
  attribute,
  type: 'internal',
});

/** What clients know how to read code from, and any class of one's own. */
export const kinds: Readonly<Record<string, Kind>> = {
  github: {
    label: 'GitHub',
    source: zenml('github', 'GitHubCodeRepository'),
    schema: {
      type: 'object',
      required: ['owner', 'repository'],
      properties: {
        owner: text,
        repository: text,
        token,
        host: { ...optional, default: 'github.com', description: 'Of a GitHub Enterprise server.' },
        api_url: { ...optional, description: 'Of a GitHub Enterprise server.' },
      },
    },
  },
  gitlab: {
    label: 'GitLab',
    source: zenml('gitlab', 'GitLabCodeRepository'),
    schema: {
      type: 'object',
      required: ['group', 'project'],
      properties: {
        group: text,
        project: text,
        token,
        host: { ...optional, default: 'gitlab.com', description: 'Of your own GitLab server.' },
        instance_url: { ...optional, description: 'Of your own GitLab server.' },
      },
    },
  },
  custom: {
    label: 'A class of your own',
    source: null,
    schema: { type: 'object', properties: { config: { type: 'object', additionalProperties: true } } },
  },
};

export const kindOf = ({ body }: Repository): string =>
  Object.entries(kinds).find(([, kind]) => kind.source?.attribute === body.source.attribute)?.[0] ?? 'custom';

export const sourceText = (source: Source): string => [source.module, source.attribute].filter(Boolean).join('.');
