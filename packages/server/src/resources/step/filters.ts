import { sql } from 'kysely';
import type { Filter } from '../../kernel/resource.ts';
import { visible } from '../../kernel/visible.ts';

/** By name or id of the model of which `model_version_id` names a version. */
export const versionModel: Filter = {
  kind: 'text',
  negate_outside: true,
  test: (t, is, ctx) => sql`exists (select 1 from model_version as mv join model as m on m.id = mv.model_id
    where mv.id = ${sql.ref(`${t}.model_version_id`)} and ${visible(ctx, ctx.registry.get('model'), 'read', 'm')} and (${is(sql.ref('m.name'))} or ${is(sql.ref('m.id'))}))`,
};
