import Type from 'typebox';
import { inProject, json, longText, named, nullable, owned, ref, shareable, standard, text } from '../../kernel/field.ts';
import { defineResource, one } from '../../kernel/resource.ts';

const document = Type.Unsafe<Record<string, unknown>>({ type: 'object' });

export const codeRepository = defineResource({
  type: 'code_repository',
  path: 'code_repositories',
  aliases: ['workspaces/{project}/code_repositories'],
  table: 'code_repository',
  label: 'code repository',
  group: 'ml',
  tally: true,
  unique: [['project_id', 'name']],
  description: 'A repository that runs take their code from.',
  fields: {
    ...standard(),
    ...named(),
    ...owned(),
    ...inProject(),
    ...shareable(),
    source: json<Record<string, unknown>>({ create: 'required', update: true, schema: document }),
    logo_url: nullable(text({ max: 2000, update: true, filter: false })),
    config: json<Record<string, unknown>>({ tier: 'metadata', create: 'required', update: true, schema: document }),
    description: nullable(longText({ tier: 'metadata', update: true })),
  },
  access: { scope: 'project', owner: 'user_id', share: true },
  relations: { user: one('account', { by: 'user_id' }) },
  ignore: ['user'],
  null_keeps: true,
  show: ['name', 'user', 'created'],
});

/** A commit in a repository, as snapshots and runs show it. It is made with the snapshot and has no routes. */
export const codeReference = defineResource({
  type: 'code_reference',
  path: null,
  table: 'code_reference',
  label: 'code reference',
  group: 'ml',
  fields: {
    ...standard(),
    commit: text({ create: 'required' }),
    subdirectory: text({ create: 'required', max: 4000 }),
    code_repository_id: ref('code_repository', { input: 'code_repository', tier: 'hidden', create: 'required' }),
    project_id: ref('project', { tier: 'hidden', create: 'never' }),
  },
  access: { scope: 'parent', owner: null, share: false, parents: [{ type: 'code_repository', by: 'code_repository_id', needs: { create: 'read' } }] },
  relations: { code_repository: one('code_repository', { by: 'code_repository_id', tier: 'body' }) },
  show: ['commit'],
});
