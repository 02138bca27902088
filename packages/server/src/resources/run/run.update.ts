// What changes when a run is updated or removed (wire.md 13.7).
import { quietly, type Context } from '../../kernel/context.ts';
import { NotAllowed } from '../../kernel/errors.ts';
import { canonicalUuid } from '../../kernel/filter.ts';
import type { Values } from '../../kernel/resource.ts';
import { insert } from '../../kernel/verbs/create.ts';
import { logs } from '../logs/logs.ts';
import { mustRead } from '../step/artifacts.ts';
import { attach, detach, forget } from '../tag/taggable.ts';
import { settle } from './situation.ts';

/** The columns that follow from what was asked. Throws NotAllowed where the state of the run forbids it. */
export const beforeRunUpdate = async (ctx: Context, row: Values, input: Values): Promise<Values> => {
  const orchestrator_run_id = input['orchestrator_run_id'] as string | undefined;
  if (orchestrator_run_id !== undefined && row['orchestrator_run_id'] !== null && row['orchestrator_run_id'] !== orchestrator_run_id) {
    throw new NotAllowed(`The run is known to its orchestrator as '${row['orchestrator_run_id']}' already`);
  }
  if (input['status'] === undefined && input['status_reason'] === undefined) return {};
  return settle(ctx, row as never, (input['status'] as string | undefined) ?? null, (input['status_reason'] as string | undefined) ?? null);
};

export const afterRunUpdate = async (ctx: Context, row: Values, input: Values): Promise<void> => {
  const id = row['id'] as string;
  await attach(ctx, 'pipeline_run', id, input['add_tags']);
  await detach(ctx, 'pipeline_run', id, input['remove_tags']);
  for (const entry of (input['add_logs'] as Values[] | undefined) ?? []) await insert(quietly(ctx), logs, { ...entry, project: row['project_id'], pipeline_run_id: id });
  if (input['outputs'] === undefined) return;
  const versions = Object.entries(input['outputs'] as Record<string, string>).map(([name, version]) => ({
    pipeline_run_id: id,
    name,
    artifact_version_id: canonicalUuid(version) ?? version,
  }));
  await mustRead(
    ctx,
    versions.map((one) => one.artifact_version_id),
    row['project_id'],
  );
  await ctx.db.deleteFrom('run_output').where('pipeline_run_id', '=', id).execute();
  if (versions.length > 0) await ctx.db.insertInto('run_output').values(versions).execute();
};

export const beforeRunRemove = (ctx: Context, row: Values): Promise<void> => forget(ctx, 'pipeline_run', row['id'] as string);
