import { sql } from 'kysely';
import { membersOf } from '../../access/held.ts';
import { touchGrants } from '../../kernel/audit.ts';
import type { Context } from '../../kernel/context.ts';
import { NotAllowed } from '../../kernel/errors.ts';
import { computed, json, named, standard, text } from '../../kernel/field.ts';
import { action, defineResource, derived, onRow } from '../../kernel/resource.ts';
import { visible } from '../../kernel/visible.ts';
import { pinned } from '../curated_visualization/pinned.ts';

export const DEFAULT_PROJECT = 'default';
const isDefault = (name: string) => name === DEFAULT_PROJECT;

export const project = defineResource({
  type: 'project',
  path: 'projects',
  table: 'project',
  label: 'project',
  group: 'server',
  by_name: true,
  aliases: ['workspaces'],
  unique: [['name']],
  description: 'A room of its own for pipelines, runs, models and the rest; roles can be given in it.',
  fields: {
    ...standard(),
    ...named({ max: 50 }),
    display_name: text({ default: '', update: true }),
    description: text({ tier: 'metadata', default: '', update: true }),
    project_metadata: json({ tier: 'metadata', default: {}, update: true }),
    // As many as the caller may see, like the list of them.
    member_count: computed<number>(
      'integer',
      (t, ctx) =>
        sql`(select count(distinct a.principal_id) from role_assignment as a where a.project_id = ${sql.ref(`${t}.id`)} and (a.expires is null or a.expires > ${ctx.now}) and ${visible(ctx, ctx.registry.get('role_assignment'), 'read', 'a')})`,
      { filter: false },
    ),
  },
  // A role in a project counts for the project itself too.
  access: { scope: 'project', project: 'id', owner: null, share: false },
  relations: { members: derived(membersOf, { empty: [] }), visualizations: pinned('shown_project_id') },
  ignore: ['user'],
  hooks: {
    create: (_ctx, input) => ({ display_name: input['display_name'] || input['name'] }),
    update: (_ctx, row, input) => {
      if (isDefault(row.name) && input['name'] !== undefined && input['name'] !== row.name)
        throw new NotAllowed('The project default cannot be renamed; clients rely on it');
      return {};
    },
    remove: async (ctx, row) => {
      if (isDefault(row.name)) throw new NotAllowed('The project default cannot be removed; clients rely on it');
      await touchGrants(ctx);
      await ctx.db.updateTable('account').set({ default_project_id: null }).where('default_project_id', '=', row.id).execute();
    },
  },
  show: ['name', 'display_name', 'member_count', 'created'],
});

const count = async (ctx: Context, type: string, id: string): Promise<number> => {
  const resource = ctx.registry.get(type);
  const { rows } = await sql<{
    n: number;
  }>`select count(*) as n from ${sql.table(resource.table)} as t where t.project_id = ${id} and ${visible(ctx, resource, 'read', 't')}`.execute(ctx.db);
  return Number(rows[0]!.n);
};

export const projectStatistics = action(project, {
  name: 'statistics',
  method: 'GET',
  path: '/{name_or_id}/statistics',
  needs: onRow('read'),
  writes: false,
  description: 'How many pipelines, runs, artifacts and models of a project the caller may see.',
  run: async (ctx, { row }) => {
    const of = (type: string) => count(ctx, type, row.id);
    return { body: { pipelines: await of('pipeline'), runs: await of('run'), artifacts: await of('artifact'), models: await of('model') } };
  },
});
