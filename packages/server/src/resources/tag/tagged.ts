// What can carry a tag, and which of the links to it the caller may know of.
import { sql } from 'kysely';
import type { Context } from '../../kernel/context.ts';
import type { Alias } from '../../kernel/field.ts';
import { visible, type Condition } from '../../kernel/visible.ts';

/** The wire's words for what can be tagged, and the types here. */
export const TAGGED: Readonly<Record<string, string>> = {
  artifact: 'artifact',
  artifact_version: 'artifact_version',
  model: 'model',
  model_version: 'model_version',
  pipeline: 'pipeline',
  pipeline_run: 'run',
  pipeline_snapshot: 'pipeline_snapshot',
  run_template: 'run_template',
  deployment: 'deployment',
};

/** The links of a tag to things that the caller may read, to follow `from`: each is looked up once, by its id, in its own table. */
export const readableLinks = (ctx: Context, t: Alias): Condition => {
  const each = Object.entries(TAGGED)
    .filter(([, type]) => ctx.registry.has(type))
    .map(([word, type]) => {
      const thing = ctx.registry.get(type);
      return sql`(tr.resource_type = ${word} and exists (select 1 from ${sql.table(thing.table)} as thing where thing.id = tr.resource_id and ${visible(ctx, thing, 'read', 'thing')}))`;
    });
  return sql`tag_resource as tr where tr.tag_id = ${sql.ref(`${t}.id`)} and (${sql.join(each, sql` or `)})`;
};
