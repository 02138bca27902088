// Making a step: which try it is, what it runs, what it is given (wire.md 14.1 to 14.5).
import { quietly, type Context } from '../../kernel/context.ts';
import { Conflict, NotAllowed, NotFound, Refused } from '../../kernel/errors.ts';
import { must } from '../../kernel/find.ts';
import { plainNumbers } from '../../kernel/json.ts';
import { decodeRow } from '../../kernel/present.ts';
import { action, toCreate, type Values } from '../../kernel/resource.ts';
import { inputSchema } from '../../kernel/schemas.ts';
import { insert } from '../../kernel/verbs/create.ts';
import { get } from '../../kernel/verbs/get.ts';
import { tieLogs } from '../logs/logs.ts';
import { linkRun, versionOfRun } from '../model_version/of_run.ts';
import { stepDocument } from '../pipeline_snapshot/steps.ts';
import { run } from '../run/run.ts';
import { followSteps, lockRows } from '../run/situation.ts';
import { isFinished, isSuccessful } from '../run/status.ts';
import { keepInputs, keepOutputs, type Named } from './artifacts.ts';
import { fromOriginal, inheritMetadata, passOnTags } from './cached.ts';
import { originOf } from './origin.ts';
import { step } from './step.ts';
import { notByClients } from './step.update.ts';

/** Throws NotAllowed where the run takes no more steps (wire.md 13.9). */
const mustTakeSteps = (of: Values, name: string): void => {
  const mode = (of['config'] as Values)['execution_mode'] ?? 'continue_on_failure';
  if (['stopping', 'stopped'].includes(of['status']) || (of['status'] === 'failed' && mode !== 'continue_on_failure')) {
    throw new NotAllowed(`The run '${of['name']}' is ${of['status']}: the step '${name}' cannot begin`);
  }
};

/** `{spec, config}` of the step: the snapshot's, or, in a dynamic pipeline, what the client says. */
const documentOf = async (ctx: Context, of: Values, given: Values): Promise<Values> => {
  if (given['dynamic_config']) {
    const snapshot = await ctx.db.selectFrom('pipeline_snapshot').select('is_dynamic').where('id', '=', of['snapshot_id']).executeTakeFirst();
    if (Number(snapshot?.['is_dynamic'] ?? 0) !== 1) throw new NotAllowed('Only steps of dynamic pipelines bring their own configuration');
    return given['dynamic_config'];
  }
  const found = of['snapshot_id'] === null ? null : await stepDocument(ctx, of['snapshot_id'], given['name']);
  if (found === null) throw new NotFound(`The snapshot of the run '${of['name']}' has no step '${given['name']}'`);
  return found;
};

/** The earlier tries of a step. Throws Conflict where one succeeded, or where there may be no further one. */
const earlierTries = async (ctx: Context, of: Values, name: string, max_retries: number): Promise<readonly Values[]> => {
  const tries = (await ctx.db
    .selectFrom('step_run')
    .select(['id', 'status', 'version', 'model_version_id', 'end_time'])
    .where('pipeline_run_id', '=', of['id'])
    .where('name', '=', name)
    .orderBy('version')
    .execute()) as Values[];
  if (tries.some((row) => isSuccessful(row['status']))) throw new Conflict(`The step '${name}' of this run has succeeded already`);
  if (tries.length > max_retries) throw new Conflict(`The step '${name}' has been tried ${tries.length} times, which is as often as it may be`);
  for (const row of tries) {
    await ctx.db
      .updateTable('step_run')
      .set({ status: 'retried', end_time: row['end_time'] ?? ctx.now, updated: ctx.now })
      .where('id', '=', row['id'])
      .execute();
  }
  return tries;
};

/** Columns that follow from the run, the configuration and the tries so far. */
const complete =
  (of: Values, document: Values, tries: number, max_retries: number, model_version_id: string | null) =>
  (ctx: Context, input: Values): Values => {
    const config = document['config'] as Values;
    const substitutions = { ...(of['config'] as Values)['substitutions'], ...config['substitutions'] };
    const is_retriable = tries < max_retries;
    const heart = document['spec']?.enable_heartbeat === true && of['enable_heartbeat'] === true;
    return {
      user_id: ctx.actor.id || null,
      version: tries + 1,
      is_retriable,
      status: is_retriable && input['status'] === 'failed' ? 'retrying' : input['status'],
      snapshot_id: of['snapshot_id'],
      type: config['step_type'] ?? null,
      substitutions,
      config: { ...config, substitutions },
      spec: document['spec'],
      model_version_id,
      heartbeat_threshold: heart ? plainNumbers(config['heartbeat_healthy_threshold'] ?? null) : null,
      ...(isFinished(input['status']) && !input['end_time'] ? { end_time: ctx.now } : {}),
    };
  };

const make = async (ctx: Context, given: Values): Promise<Values> => {
  notByClients(given['status']);
  await lockRows(ctx, 'step_run', { pipeline_run_id: given['pipeline_run_id'], name: given['name'] });
  await lockRows(ctx, 'pipeline_run', { id: given['pipeline_run_id'] });
  const of = decodeRow(run, await must(ctx, run, given['pipeline_run_id'], 'read'));
  mustTakeSteps(of, given['name']);
  const document = await documentOf(ctx, of, given);
  if (typeof document['config'] !== 'object' || typeof document['spec'] !== 'object')
    throw new Refused(`The configuration of the step '${given['name']}' has no spec or no config`);
  const max_retries = Number(plainNumbers(document['config'].retry?.max_retries ?? 0));
  const tries = await earlierTries(ctx, of, given['name'], max_retries);
  const substitutions = { ...(of['config'] as Values)['substitutions'], ...document['config'].substitutions };
  const model_version_id = tries[0]?.['model_version_id'] ?? (await versionOfRun(ctx, { ...document['config'], substitutions }, of as never));
  if (model_version_id !== null) await linkRun(ctx, model_version_id, of['id']);
  const row = await insert(quietly(ctx), { ...step, hooks: { create: complete(of, document, tries.length, max_retries, model_version_id) } }, given);
  await keepInputs(
    ctx,
    row,
    given['inputs'] as Named,
    given['original_step_run_id'] ? fromOriginal(ctx, given['original_step_run_id'], document) : originOf(document, of['config'], given['name']),
  );
  await keepOutputs(ctx, row, given['outputs'] as Named);
  await tieLogs(quietly(ctx), given['logs'], row['project_id'], { step_run_id: row['id'] });
  if (['cached', 'skipped'].includes(row['status'])) {
    if (given['original_step_run_id']) await inheritMetadata(ctx, given['original_step_run_id'], row['id']);
    await passOnTags(ctx, of['config'], given['outputs'] as Named);
  }
  if (row['status'] !== 'running') await followSteps(ctx, of['id']);
  return row;
};

export const createStep = action(step, {
  name: 'create',
  method: 'POST',
  path: '',
  needs: toCreate,
  writes: true,
  input: inputSchema(step, 'create', (type) => type === 'project'),
  description: 'Begin a step of a run, try it again, or note that it was cached.',
  run: async (ctx, { input, note }) => {
    const row = await make(ctx, input as Values);
    note({ target: { id: row['id'], name: row['name'] }, changes: { status: row['status'], version: row['version'], pipeline_run_id: row['pipeline_run_id'] } });
    return { body: await get(ctx, step, row['id']) };
  },
});
