// How a step may change (wire.md 14.2, 14.6).
import { quietly, type Context } from '../../kernel/context.ts';
import { NotAllowed } from '../../kernel/errors.ts';
import type { Values } from '../../kernel/resource.ts';
import { insert } from '../../kernel/verbs/create.ts';
import { logs } from '../logs/logs.ts';
import { followSteps } from '../run/situation.ts';
import { isFinished } from '../run/status.ts';
import { keepInputs, keepOutputs, type Named } from './artifacts.ts';

const BY_THE_SERVER = ['retrying', 'retried', 'cancelling', 'queued'];
const AFTER: Readonly<Record<string, readonly string[]>> = { stopping: ['stopped', 'failed'], cancelling: ['cancelled', 'failed'] };

/** Throws NotAllowed on a status that only the server gives. */
export const notByClients = (status: string): void => {
  if (BY_THE_SERVER.includes(status)) throw new NotAllowed(`The status '${status}' cannot be set; the server gives it`);
};

/** The status that a step gets where `wanted` is asked for. Throws NotAllowed where it cannot be reached from here. */
const following = async (ctx: Context, row: Values, wanted: string): Promise<string> => {
  notByClients(wanted);
  if (isFinished(row['status'])) throw new NotAllowed('The status of a finished step cannot be changed');
  const allowed = AFTER[row['status']];
  if (allowed !== undefined && !allowed.includes(wanted)) throw new NotAllowed(`A step that is ${row['status']} can only become ${allowed.join(' or ')}`);
  if (row['status'] === 'stopping' && wanted === 'failed') return 'stopped';
  if (!['failed', 'cancelled'].includes(wanted) || row['is_retriable'] !== true) return wanted;
  // The orchestrator tries again, unless the run is being stopped.
  const run = await ctx.db.selectFrom('pipeline_run').select('status').where('id', '=', row['pipeline_run_id']).executeTakeFirst();
  return ['stopping', 'stopped'].includes(run?.['status']) ? wanted : 'retrying';
};

export const beforeStepUpdate = async (ctx: Context, row: Values, input: Values): Promise<Values> => {
  const wanted = input['status'] as string | undefined;
  return wanted === undefined ? {} : { status: await following(ctx, row, wanted) };
};

export const afterStepUpdate = async (ctx: Context, row: Values, input: Values): Promise<void> => {
  await keepOutputs(ctx, row, input['outputs'] as Named | undefined);
  const loaded = Object.fromEntries(Object.entries((input['loaded_artifact_versions'] ?? {}) as Record<string, string>).map(([name, id]) => [name, [id]]));
  await keepInputs(ctx, row, loaded, () => ({ type: 'manual' }));
  for (const entry of (input['add_logs'] ?? []) as readonly Values[]) {
    await insert(quietly(ctx), logs, { ...entry, source: entry['source'] || 'step', project: row['project_id'], step_run_id: row['id'] });
  }
  if (input['status'] !== undefined) await followSteps(ctx, row['pipeline_run_id']);
};
