// The services of a model version, as the page that the wire has in that place.
import { sql } from 'kysely';
import { byIds } from '../../kernel/hydrate.ts';
import { derived } from '../../kernel/resource.ts';
import { visible } from '../../kernel/visible.ts';

const pageOf = (items: readonly unknown[]) => ({ index: 1, max_size: Math.max(5, items.length), total_pages: 1, total: items.length, items });

/** Those that the caller may read, oldest first. */
export const servicesOf = derived(
  async (ctx, rows) => {
    const services = ctx.registry.get('service');
    const found = await sql<{
      id: string;
      owner: string;
    }>`select t.id, t.model_version_id as owner from service as t where t.model_version_id in (${sql.join(rows.map((row) => row.id))})
    and ${visible(ctx, services, 'read', 't')} order by t.created, t.id`.execute(ctx.db);
    const things = await byIds(
      ctx,
      services,
      found.rows.map((row) => row.id),
    );
    return new Map(rows.map(({ id }) => [id, pageOf(found.rows.filter((row) => row.owner === id).map((row) => things.get(row.id)))]));
  },
  { empty: pageOf([]) },
);
