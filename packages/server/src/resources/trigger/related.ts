// What a trigger shows beyond its own columns: the snapshots attached to it, how they fared, and the run that it started last.
import { sql } from 'kysely';
import type { Context } from '../../kernel/context.ts';
import { byIds } from '../../kernel/hydrate.ts';
import { parseJson } from '../../kernel/json.ts';
import { derived, type Values } from '../../kernel/resource.ts';

interface Link {
  readonly trigger_id: string;
  readonly snapshot_id: string;
  /** What people know it by: the snapshot that it was made from. */
  readonly source_id: string;
  readonly dispatch_state: string | null;
}
const linksOf = async (ctx: Context, ids: readonly string[]): Promise<readonly Link[]> =>
  (
    await sql<Link>`select ts.trigger_id, ts.snapshot_id, coalesce(src.id, ps.id) as source_id, ts.dispatch_state
      from trigger_snapshot as ts join pipeline_snapshot as ps on ps.id = ts.snapshot_id left join pipeline_snapshot as src on src.id = ps.source_snapshot_id
      where ts.trigger_id in (${sql.join(ids)}) order by ts.created, ts.snapshot_id`.execute(ctx.db)
  ).rows;

/** The snapshots as people know them (`source`), or those that are really run (`own`). */
export const attachedTo = (which: 'source' | 'own') =>
  derived(
    async (ctx, rows) => {
      const links = await linksOf(
        ctx,
        rows.map((row) => row.id),
      );
      const id = (link: Link) => (which === 'own' ? link.snapshot_id : link.source_id);
      const things = await byIds(ctx, ctx.registry.get('pipeline_snapshot'), [...new Set(links.map(id))]);
      return new Map(rows.map((row) => [row.id, links.filter((link) => link.trigger_id === row.id).map((link) => things.get(id(link)))]));
    },
    { empty: [] },
  );

/** How each try went, of the snapshots that the caller may read: what goes wrong with one names what is in it. */
export const dispatchStates = derived(
  async (ctx, rows) => {
    const links = await linksOf(
      ctx,
      rows.map((row) => row.id),
    );
    const things = await byIds(ctx, ctx.registry.get('pipeline_snapshot'), [...new Set(links.map((link) => link.source_id))]);
    const open = (link: Link) => link.dispatch_state !== null && things.get(link.source_id)?.permission_denied === false;
    const of = (id: string) => links.filter((link) => link.trigger_id === id && open(link));
    return new Map(rows.map((row) => [row.id, Object.fromEntries(of(row.id).map((link) => [link.source_id, parseJson(link.dispatch_state!)]))]));
  },
  { empty: {} },
);

export const latestRunOf = derived(
  async (ctx, rows) => {
    const found =
      await sql<Values>`select e.trigger_id, e.pipeline_run_id from trigger_execution as e where e.pipeline_run_id is not null and e.trigger_id in (${sql.join(rows.map((row) => row.id))})
      and not exists (select 1 from trigger_execution as l where l.trigger_id = e.trigger_id and l.pipeline_run_id is not null and (l.created > e.created or (l.created = e.created and l.id > e.id)))`.execute(
        ctx.db,
      );
    const runs = await byIds(
      ctx,
      ctx.registry.get('run'),
      found.rows.map((row) => row['pipeline_run_id'] as string),
    );
    return new Map(found.rows.map((row) => [row['trigger_id'] as string, runs.get(row['pipeline_run_id'])]));
  },
  { empty: null },
);
