// What set a run off: a trigger, a step of another run, a deployment.
import { sql } from 'kysely';
import type { Context } from '../../kernel/context.ts';
import type { Alias } from '../../kernel/field.ts';
import { byIds } from '../../kernel/hydrate.ts';
import { parseJson } from '../../kernel/json.ts';
import { derived, filter, type Filter, type Values } from '../../kernel/resource.ts';
import { visible } from '../../kernel/visible.ts';

const executions = async (ctx: Context, ids: readonly string[]): Promise<readonly Values[]> =>
  (await sql<Values>`select pipeline_run_id, trigger_id, info from trigger_execution where pipeline_run_id in (${sql.join(ids)})`.execute(ctx.db)).rows;

/** The trigger that started the run. */
export const triggerOf = derived(
  async (ctx, rows) => {
    const found = await executions(
      ctx,
      rows.map((row) => row.id),
    );
    const triggers = await byIds(ctx, ctx.registry.get('trigger'), [...new Set(found.map((row) => row['trigger_id'] as string))]);
    return new Map(found.map((row) => [row['pipeline_run_id'] as string, triggers.get(row['trigger_id'])]));
  },
  { empty: null },
);

/** On what occasion it did. */
export const executionInfo = derived(
  async (ctx, rows) => {
    const found = await executions(
      ctx,
      rows.map((row) => row.id),
    );
    return new Map(found.map((row) => [row['pipeline_run_id'] as string, parseJson(row['info'])]));
  },
  { empty: null, tier: 'metadata' },
);

/** Runs by the trigger that started them. */
export const byTrigger: Filter = filter(
  'uuid',
  (t, is, ctx) => sql`exists (select 1 from trigger_execution as e join run_trigger as tg on tg.id = e.trigger_id
    where e.pipeline_run_id = ${sql.ref(`${t}.id`)} and ${is(sql`tg.id`)} and ${visible(ctx, ctx.registry.get('trigger'), 'read', 'tg')})`,
  { negate_outside: true },
);

/** Snapshots by a trigger that starts them, or what was made from them. */
export const startedBy: Filter = filter(
  'uuid',
  (
    t: Alias,
    is,
    ctx,
  ) => sql`exists (select 1 from trigger_snapshot as ts join pipeline_snapshot as made on made.id = ts.snapshot_id join run_trigger as tg on tg.id = ts.trigger_id
    where coalesce(made.source_snapshot_id, made.id) = ${sql.ref(`${t}.id`)} and ${is(sql`tg.id`)} and ${visible(ctx, ctx.registry.get('trigger'), 'read', 'tg')})`,
  { negate_outside: true },
);
