// What a run waits for now.
import { sql } from 'kysely';
import { byIds } from '../../kernel/hydrate.ts';
import { derived } from '../../kernel/resource.ts';

/** The open wait condition of each run of a page. Judged by the run, like everything that a run waits for. */
export const activeCondition = derived(
  async (ctx, rows) => {
    const { rows: open } = await sql<{
      id: string;
      run_id: string;
    }>`select id, run_id from run_wait_condition where status = 'pending' and run_id in (${sql.join(rows.map((row) => row.id))})`.execute(ctx.db);
    const things = await byIds(
      ctx,
      ctx.registry.get('run_wait_condition'),
      open.map((row) => row.id),
    );
    return new Map(open.map((row) => [row.run_id, things.get(row.id) ?? null]));
  },
  { empty: null },
);
