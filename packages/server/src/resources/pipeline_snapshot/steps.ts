// The configuration of each step of a snapshot, kept apart so that a step's is read without the other 499.
import { sql } from 'kysely';
import type { Context } from '../../kernel/context.ts';
import { parseJson } from '../../kernel/json.ts';
import { derived, type Values } from '../../kernel/resource.ts';

/** `{spec, config, step_config_overrides}` as it was posted; null where the snapshot has no such step. */
export const stepDocument = async (ctx: Context, snapshot_id: string, name: string): Promise<Values | null> => {
  const row = await ctx.db.selectFrom('step_configuration').select('document').where('snapshot_id', '=', snapshot_id).where('name', '=', name).executeTakeFirst();
  return row === undefined ? null : (parseJson(row['document'] as string) as Values);
};

/** All steps of the snapshots of a page, or those that `step_configuration_filter` names, in the order in which they were posted. */
export const stepConfigurations = derived(
  async (ctx, rows) => {
    const asked = ctx.asked?.['step_configuration_filter'];
    const names = asked === undefined ? null : [asked].flat();
    const found = await sql<{ snapshot_id: string; name: string; document: string }>`select snapshot_id, name, document from step_configuration
    where snapshot_id in (${sql.join(rows.map((row) => row.id))})${names === null ? sql`` : sql` and name in (${sql.join(names)})`} order by snapshot_id, place`.execute(
      ctx.db,
    );
    const steps = new Map<string, [string, unknown][]>(rows.map((row) => [row.id, []]));
    for (const row of found.rows) steps.get(row.snapshot_id)!.push([row.name, parseJson(row.document)]);
    return new Map([...steps].map(([id, entries]) => [id, Object.fromEntries(entries)]));
  },
  { empty: {}, tier: 'metadata' },
);
