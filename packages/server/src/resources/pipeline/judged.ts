// How what belongs to a pipeline is judged: by the pipeline, and by its maker while it belongs to none.
import { sql } from 'kysely';
import { covers } from '../../kernel/actor.ts';
import type { Access } from '../../kernel/resource.ts';

/** Reading needs read on the pipeline, everything else update; what names no pipeline needs what creating one needs. */
export const judgedByPipeline: Access = {
  scope: 'parent',
  owner: null,
  maker: 'user_id',
  share: false,
  needs: { create: 'pipeline:create' },
  parents: [{ type: 'pipeline', by: 'pipeline_id', needs: { create: 'update' } }],
};

/** Whoever made a thing that belongs to nothing yet may do with it what he may do with his own `judge`, as far as his token goes. */
export const ownWithout =
  (judge: string, ...columns: readonly string[]): NonNullable<Access['also']> =>
  (ctx, action, t) =>
    ctx.actor.id === '' || (ctx.actor.limit !== null && !covers(ctx.actor.limit, `${judge}:${action}`))
      ? []
      : [
          {
            text: 'made it, and it belongs to nothing yet',
            where: sql`(${sql.ref(`${t}.user_id`)} = ${ctx.actor.id} and ${sql.join(
              columns.map((column) => sql`${sql.ref(`${t}.${column}`)} is null`),
              sql` and `,
            )})`,
          },
        ];
