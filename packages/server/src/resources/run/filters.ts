// Filters and sorts of runs that look beyond the run's own columns.
import { sql, type RawBuilder } from 'kysely';
import type { Context } from '../../kernel/context.ts';
import type { Alias } from '../../kernel/field.ts';
import { related } from '../../kernel/query.ts';
import { by, filter, type Filter } from '../../kernel/resource.ts';
import { visible } from '../../kernel/visible.ts';
import { isTemplatable } from '../run_template/templatable.ts';
import { byTrigger } from './triggered.ts';
import { versionModel } from '../step/filters.ts';

/** A column of a related thing that the caller may read, in SQL. */
const look =
  (type: string, by_column: string, column: string) =>
  (t: Alias, ctx: Context): RawBuilder<unknown> => {
    const target = ctx.registry.get(type);
    return sql`(select ${sql.ref(`rel.${column}`)} from ${sql.table(target.table)} as rel where rel.id = ${sql.ref(`${t}.${by_column}`)} and ${visible(ctx, target, 'read', 'rel')})`;
  };
const ofSnapshot = (column: string) => (t: Alias) => sql`(select s.${sql.ref(column)} from pipeline_snapshot as s where s.id = ${sql.ref(`${t}.snapshot_id`)})`;

/** By name or id of the repository that the run's code came from. */
const repository = (columns: readonly string[]): Filter => ({
  kind: columns.includes('name') ? 'text' : 'uuid',
  negate_outside: true,
  test: (t, is, ctx) => sql`exists (select 1 from code_reference as cr join code_repository as c on c.id = cr.code_repository_id
    where cr.id = ${sql.ref(`${t}.code_reference_id`)} and ${visible(ctx, ctx.registry.get('code_repository'), 'read', 'c')} and (${sql.join(
      columns.map((column) => is(sql.ref(`c.${column}`))),
      sql` or `,
    )}))`,
});

/** By name or id of a component of the stack that the run ran on. */
const component: Filter = {
  kind: 'text',
  negate_outside: true,
  test: (t, is, ctx) => sql`exists (select 1 from stack_composition as sc join stack_component as c on c.id = sc.component_id join stack as st on st.id = sc.stack_id
    where sc.stack_id = ${sql.ref(`${t}.stack_id`)} and ${visible(ctx, ctx.registry.get('stack'), 'read', 'st')} and ${visible(ctx, ctx.registry.get('stack_component'), 'read', 'c')} and (${is(sql.ref('c.name'))} or ${is(sql.ref('c.id'))}))`,
};

/** What started it, as the client said. */
const startedBy = (key: string): Filter =>
  by('uuid', (t, ctx) =>
    ctx.database.dialect === 'sqlite'
      ? sql`json_extract(${sql.ref(`${t}.trigger_info`)}, ${`$.${key}`})`
      : sql`(cast(${sql.ref(`${t}.trigger_info`)} as jsonb) ->> ${key})`,
  );

export const runFilters: Readonly<Record<string, Filter>> = {
  pipeline_name: by('text', look('pipeline', 'pipeline_id', 'name')),
  source_snapshot_id: by('uuid', ofSnapshot('source_snapshot_id')),
  templatable: by('boolean', (t) => isTemplatable(sql.ref(`${t}.snapshot_id`))),
  model: versionModel,
  model_version: related('model_version', 'model_version_id'),
  code_repository: repository(['name', 'id']),
  code_repository_id: repository(['id']),
  stack_component: component,
  triggered_by_step_run_id: startedBy('step_run_id'),
  triggered_by_deployment_id: startedBy('deployment_id'),
  trigger_id: byTrigger,
  linked_to_model_version_id: filter(
    'uuid',
    (t, is, ctx) => sql`exists (select 1 from model_version_run as l where l.pipeline_run_id = ${sql.ref(`${t}.id`)} and ${is(sql.ref('l.model_version_id'))}
    and ${visible(ctx, ctx.registry.get('model_version_run'), 'read', 'l')})`,
    { negate_outside: true },
  ),
  root_runs_only: filter('boolean', (t, is) => sql`(not (${is(sql`1`)}) or ${sql.ref(`${t}.parent_run_id`)} is null)`),
};

export const runSorts = {
  pipeline: look('pipeline', 'pipeline_id', 'name'),
  stack: look('stack', 'stack_id', 'name'),
  user: look('account', 'user_id', 'name'),
  model_version: look('model_version', 'model_version_id', 'name'),
  model: (t: Alias, ctx: Context) =>
    sql`(select m.name from model_version as mv join model as m on m.id = mv.model_id where mv.id = ${sql.ref(`${t}.model_version_id`)} and ${visible(ctx, ctx.registry.get('model'), 'read', 'm')})`,
};
