// The deployment of a snapshot, and what can be deployed: only deployments that the caller may read are told of.
import { sql } from 'kysely';
import type { Context } from '../../kernel/context.ts';
import type { Alias } from '../../kernel/field.ts';
import { byIds } from '../../kernel/hydrate.ts';
import { derived } from '../../kernel/resource.ts';
import { visible } from '../../kernel/visible.ts';

const readable = (ctx: Context) => visible(ctx, ctx.registry.get('deployment'), 'read', 'd');

/** The newest deployment of each snapshot of a page. */
export const deploymentOf = derived(
  async (ctx, rows) => {
    const found = await sql<{
      id: string;
      snapshot_id: string;
    }>`select d.id, d.snapshot_id from deployment as d where d.snapshot_id in (${sql.join(rows.map((row) => row.id))})
    and ${readable(ctx)} order by d.created, d.id`.execute(ctx.db);
    const newest = new Map(found.rows.map((row) => [row.snapshot_id, row.id]));
    const things = await byIds(ctx, ctx.registry.get('deployment'), [...newest.values()]);
    return new Map([...newest].map(([snapshot, id]) => [snapshot, things.get(id) ?? null]));
  },
  { empty: null },
);
export const isDeployed = (t: Alias, ctx: Context) =>
  sql`case when exists (select 1 from deployment as d where d.snapshot_id = ${sql.ref(`${t}.id`)} and ${readable(ctx)}) then 1 else 0 end`;

/** It has images, and its stack has something that deploys. */
export const isDeployable = (t: Alias) =>
  sql`case when exists (select 1 from pipeline_build as b where b.id = ${sql.ref(`${t}.build_id`)}) and exists (select 1 from stack_composition as sc
    join stack_component as c on c.id = sc.component_id where sc.stack_id = ${sql.ref(`${t}.stack_id`)} and c.type = 'deployer') then 1 else 0 end`;
/** It has images that others can get, and they name their stack. */
export const isRunnable = (t: Alias) =>
  sql`case when exists (select 1 from pipeline_build as b where b.id = ${sql.ref(`${t}.build_id`)} and b.is_local = 0 and b.stack_id is not null) then 1 else 0 end`;
