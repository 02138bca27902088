// Removing versions, one or all that nothing uses (wire.md 15.3).
import { sql } from 'kysely';
import type { Context } from '../../kernel/context.ts';
import { Refused } from '../../kernel/errors.ts';
import { must } from '../../kernel/find.ts';
import { flag } from '../../kernel/query.ts';
import type { Values } from '../../kernel/resource.ts';
import { visible } from '../../kernel/visible.ts';
import { artifact } from '../artifact/artifact.ts';
import { forget } from '../tag/taggable.ts';

/** Throws Refused while a run made or read the version. */
export const beforeVersionRemove = async (ctx: Context, row: { readonly id: string }): Promise<void> => {
  const used =
    await sql`select 1 from step_output where artifact_version_id = ${row.id} union all select 1 from step_input where artifact_version_id = ${row.id} limit 1`.execute(
      ctx.db,
    );
  if (used.rows.length > 0) throw new Refused('This artifact version belongs to a run; remove the run first');
  await forget(ctx, 'artifact_version', row.id);
};

/** Removes what no run uses, of artifacts that the caller may prune; empty artifacts too unless only versions are meant. Answers how many went. */
export const prune = async (ctx: Context, query: Values): Promise<{ versions: number; artifacts: number }> => {
  const { id } = await must(ctx, ctx.registry.get('project'), (query['project_name_or_id'] as string | undefined) ?? 'default', 'read', ['id']);
  const mine = sql`select a.id from artifact as a where a.project_id = ${id} and ${visible(ctx, artifact, 'prune', 'a')}`;
  const versions = (
    await sql<{ id: string }>`select v.id from artifact_version as v where v.artifact_id in (${mine})
    and not exists (select 1 from step_output as o where o.artifact_version_id = v.id) and not exists (select 1 from step_input as i where i.artifact_version_id = v.id)`.execute(
      ctx.db,
    )
  ).rows;
  for (const version of versions) {
    await forget(ctx, 'artifact_version', version.id);
    await ctx.db.deleteFrom('artifact_version').where('id', '=', version.id).execute();
  }
  if (flag('only_versions', query['only_versions'] as string | undefined, true)) return { versions: versions.length, artifacts: 0 };
  const empty = (
    await sql<{
      id: string;
    }>`select e.id from artifact as e where e.id in (${mine}) and not exists (select 1 from artifact_version as v where v.artifact_id = e.id)`.execute(ctx.db)
  ).rows;
  for (const row of empty) {
    await forget(ctx, 'artifact', row.id);
    await ctx.db.deleteFrom('artifact').where('id', '=', row.id).execute();
  }
  return { versions: versions.length, artifacts: empty.length };
};
