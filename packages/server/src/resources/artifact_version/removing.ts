// Removing versions, one or all that nothing uses (wire.md 15.3).
import { sql } from 'kysely';
import type { Context } from '../../kernel/context.ts';
import { Refused } from '../../kernel/errors.ts';
import { must } from '../../kernel/find.ts';
import { byIds } from '../../kernel/hydrate.ts';
import { flag } from '../../kernel/query.ts';
import type { Values } from '../../kernel/resource.ts';
import { visible } from '../../kernel/visible.ts';
import { artifact } from '../artifact/artifact.ts';
import { unused } from './filters.ts';
import { forget } from '../tag/taggable.ts';

/** Throws Refused while a run made or read the version. */
export const judgeUnused = async (ctx: Context, row: { readonly id: string }): Promise<void> => {
  const free = await sql`select 1 from artifact_version as v where v.id = ${row.id} and ${unused('v')}`.execute(ctx.db);
  if (free.rows.length === 0) throw new Refused('This artifact version belongs to a run; remove the run first');
};

/** The same, and takes its tags off. */
export const beforeVersionRemove = async (ctx: Context, row: { readonly id: string }): Promise<void> => {
  await judgeUnused(ctx, row);
  await forget(ctx, 'artifact_version', row.id);
};

const PREVIEWED = 100;

/** What pruning takes: versions that no run made or read, of artifacts that the caller may prune, and artifacts that then have no version. */
const prunable = async (ctx: Context, query: Values): Promise<{ versions: readonly string[]; artifacts: readonly string[] }> => {
  const { id } = await must(ctx, ctx.registry.get('project'), (query['project_name_or_id'] as string | undefined) ?? 'default', 'read', ['id']);
  const mine = sql`select a.id from artifact as a where a.project_id = ${id} and ${visible(ctx, artifact, 'prune', 'a')}`;
  // What a private run wrote is removed by those only who may see to that run.
  const free = sql`v.artifact_id in (${mine}) and (v.private_run_id is null or ${visible(ctx, ctx.registry.get('artifact_version'), 'delete', 'v')}) and ${unused('v')}`;
  const versions = (await sql<{ id: string }>`select v.id from artifact_version as v where ${free} order by v.created desc, v.id desc`.execute(ctx.db)).rows;
  if (flag('only_versions', query['only_versions'] as string | undefined, true)) return { versions: versions.map((row) => row.id), artifacts: [] };
  const empty = (
    await sql<{ id: string }>`select e.id from artifact as e where e.id in (${mine})
    and not exists (select 1 from artifact_version as v where v.artifact_id = e.id and not (${free})) order by e.name, e.id`.execute(ctx.db)
  ).rows;
  return { versions: versions.map((row) => row.id), artifacts: empty.map((row) => row.id) };
};

/** Removes what no run uses, of artifacts that the caller may prune; empty artifacts too unless only versions are meant. Answers how many went. */
export const prune = async (ctx: Context, query: Values): Promise<{ versions: number; artifacts: number }> => {
  const { versions, artifacts } = await prunable(ctx, query);
  for (const id of versions) {
    await forget(ctx, 'artifact_version', id);
    await ctx.db.deleteFrom('artifact_version').where('id', '=', id).execute();
  }
  for (const id of artifacts) {
    await forget(ctx, 'artifact', id);
    await ctx.db.deleteFrom('artifact').where('id', '=', id).execute();
  }
  return { versions: versions.length, artifacts: artifacts.length };
};

/** What pruning would take: how many, and the newest of them as far as the caller may read them. */
export const prunePreview = async (ctx: Context, query: Values): Promise<Values> => {
  const { versions, artifacts } = await prunable(ctx, query);
  const shown = await byIds(ctx, ctx.registry.get('artifact_version'), versions.slice(0, PREVIEWED));
  const emptied = await byIds(ctx, artifact, artifacts.slice(0, PREVIEWED));
  return { versions: versions.length, artifacts: artifacts.length, items: [...shown.values()], emptied: [...emptied.values()] };
};
