import { sql } from 'kysely';
import type { Context } from '../../kernel/context.ts';
import { by, filter, type Filter } from '../../kernel/resource.ts';
import { visible } from '../../kernel/visible.ts';

/** The model versions that it is linked to, as far as the caller may read them. */
const linkedVersion = (t: string, ctx: Context) => sql`select l.model_version_id from model_version_artifact as l where l.artifact_version_id = ${sql.ref(`${t}.id`)}
  and ${visible(ctx, ctx.registry.get('model_version_artifact'), 'read', 'l')}`;
const ofArtifact = (column: string) => (t: string) => sql`(select a.${sql.ref(column)} from artifact as a where a.id = ${sql.ref(`${t}.artifact_id`)})`;
/** Where a version is named as what a run, a step or a hook made or read. */
const USES = ['step_output', 'step_input', 'run_output', 'hook_output'] as const;
/** Neither made nor read by anything. */
export const unused = (t: string) =>
  sql.join(
    USES.map((table) => sql`not exists (select 1 from ${sql.table(table)} as o where o.artifact_version_id = ${sql.ref(`${t}.id`)})`),
    sql` and `,
  );

export const versionFilters: Readonly<Record<string, Filter>> = {
  // A document, searched as its text.
  materializer: by('text', (t) => sql.ref(`${t}.materializer`)),
  data_type: by('text', (t) => sql.ref(`${t}.data_type`)),
  has_custom_name: by('boolean', ofArtifact('has_custom_name')),
  only_unused: filter('boolean', (t, is) => sql`(not (${is(sql`1`)}) or (${unused(t)}))`),
  model_version_id: filter('uuid', (t, is, ctx) => sql`exists (select 1 from (${linkedVersion(t, ctx)}) as mine where ${is(sql.ref('mine.model_version_id'))})`, {
    negate_outside: true,
  }),
  model: filter(
    'text',
    (t, is, ctx) => sql`exists (select 1 from model_version as mv join model as m on m.id = mv.model_id where mv.id in (${linkedVersion(t, ctx)})
    and ${visible(ctx, ctx.registry.get('model'), 'read', 'm')} and (${is(sql.ref('m.name'))} or ${is(sql.ref('m.id'))}))`,
    { negate_outside: true },
  ),
  pipeline_run: filter(
    'text',
    (t, is, ctx) => sql`exists (select 1 from step_output as o join step_run as s on s.id = o.step_run_id join pipeline_run as r on r.id = s.pipeline_run_id
    where o.artifact_version_id = ${sql.ref(`${t}.id`)} and ${visible(ctx, ctx.registry.get('run'), 'read', 'r')} and (${is(sql.ref('r.name'))} or ${is(sql.ref('r.id'))}))`,
    { negate_outside: true },
  ),
};
