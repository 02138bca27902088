// Making a run, or finding the one that is meant (wire.md 13.3).
import { sql, type RawBuilder } from 'kysely';
import { newId, quietly, type Context } from '../../kernel/context.ts';
import { Conflict, Invalid, NotFound } from '../../kernel/errors.ts';
import { must } from '../../kernel/find.ts';
import { parseJson } from '../../kernel/json.ts';
import { action, toCreate, type Reply, type Values } from '../../kernel/resource.ts';
import { inputSchema } from '../../kernel/schemas.ts';
import { insert } from '../../kernel/verbs/create.ts';
import { conflicts } from '../../kernel/verbs/conflicts.ts';
import { get } from '../../kernel/verbs/get.ts';
import { visible } from '../../kernel/visible.ts';
import { tieLogs } from '../logs/logs.ts';
import { linkRun, versionOfRun } from '../model_version/of_run.ts';
import { attach } from '../tag/taggable.ts';
import { run } from './run.ts';
import { lockRows } from './situation.ts';
import { isFinished, isPlaceholder } from './status.ts';

const answer = async (ctx: Context, id: string, created: boolean): Promise<Reply> => ({ body: [await get(ctx, run, id), created] });

/** The runs of a snapshot that the caller may change, oldest first: those of others are neither told of nor touched. */
const changeable = async (ctx: Context, snapshot_id: string, which: RawBuilder<unknown>): Promise<readonly Values[]> =>
  (
    await sql<Values>`select t.id, t.status, t.orchestrator_run_id from pipeline_run as t where t.snapshot_id = ${snapshot_id} and ${which} and ${visible(ctx, run, 'update', 't')} order by t.created`.execute(
      ctx.db,
    )
  ).rows;

/** The run that is meant where the orchestrator's id is known already; null where there is none that has begun. */
const begun = async (ctx: Context, snapshot_id: string, given: Values): Promise<string | null> => {
  if (!given['orchestrator_run_id']) return null;
  const [row] = await changeable(ctx, snapshot_id, sql`t.orchestrator_run_id = ${given['orchestrator_run_id']}`);
  return row === undefined || isPlaceholder(row['status']) ? null : (row['id'] as string);
};

/** Takes over the run that the client left for its orchestrator: it keeps its id, name and start. Null where none waits. Throws Conflict. */
const takeOver = async (ctx: Context, snapshot_id: string, given: Values): Promise<string | null> => {
  if (isPlaceholder(given['status'])) return null;
  const waiting = await changeable(
    ctx,
    snapshot_id,
    sql`t.status in ('initializing', 'provisioning') and (t.orchestrator_run_id is null or t.orchestrator_run_id = ${given['orchestrator_run_id'] ?? ''})`,
  );
  const chosen = waiting.find((row) => row['orchestrator_run_id'] !== null) ?? waiting[0];
  if (chosen === undefined) return null;
  const id = chosen['id'] as string;
  await lockRows(ctx, 'pipeline_run', { id });
  const changes = {
    status: given['status'],
    in_progress: isFinished(given['status']) ? 0 : 1,
    orchestrator_run_id: given['orchestrator_run_id'] ?? chosen['orchestrator_run_id'],
    orchestrator_environment: JSON.stringify(given['orchestrator_environment'] ?? {}),
    updated: ctx.now,
  };
  // A run of somebody else may have that id of the orchestrator.
  await conflicts(run, changes, () => ctx.db.updateTable('pipeline_run').set(changes).where('id', '=', id).execute());
  return id;
};

/** The configuration as the run shows it: names may hold the date and time at which it began. */
const configured = (snapshot: Values, start: string): Values => {
  const config = parseJson(snapshot['pipeline_configuration']) as Values;
  const clock = { date: start.slice(0, 10).replaceAll('-', '_'), time: start.slice(11).replaceAll(/[:.]/g, '_') };
  return { ...config, substitutions: { ...clock, ...config['substitutions'] } };
};

/** What a new run takes from its snapshot and pipeline. */
const complete =
  (snapshot: Values) =>
  async (ctx: Context, input: Values): Promise<Values> => {
    const pipeline = await ctx.db
      .updateTable('pipeline')
      .set((set: any) => ({ run_count: set('run_count', '+', 1) }))
      .where('id', '=', snapshot['pipeline_id'])
      .returning(['run_count', 'private'])
      .executeTakeFirstOrThrow();
    const config = configured(snapshot, input['start_time'] ?? ctx.now);
    const parent = input['parent_run_id']
      ? await ctx.db.selectFrom('pipeline_run').select(['id', 'root_run_id']).where('id', '=', input['parent_run_id']).executeTakeFirst()
      : undefined;
    return {
      index: Number(pipeline['run_count']),
      pipeline_id: snapshot['pipeline_id'],
      stack_id: snapshot['stack_id'],
      build_id: snapshot['build_id'],
      schedule_id: snapshot['schedule_id'],
      code_reference_id: snapshot['code_reference_id'],
      config,
      enable_heartbeat: config['enable_heartbeat'] !== false,
      in_progress: !isFinished(input['status']),
      root_run_id: parent === undefined ? null : (parent['root_run_id'] ?? parent['id']),
      // What is private stays so: a run of a private pipeline shows as much as the pipeline.
      private: input['private'] === true || Number(pipeline['private']) === 1,
    };
  };

const make = async (ctx: Context, snapshot: Values, given: Values): Promise<string> => {
  const taken = await ctx.db
    .selectFrom('pipeline_run')
    .select('id')
    .where('project_id', '=', snapshot['project_id'])
    .where('name', '=', given['name'])
    .executeTakeFirst();
  if (taken !== undefined)
    throw new Conflict(
      `There is already a run named '${given['name']}' in this project. Give each run a name of its own, such as '{pipeline}_{date}_{time}', or none to have one made`,
    );
  const row = await insert(quietly(ctx), { ...run, hooks: { create: complete(snapshot) } }, given);
  await attach(ctx, 'pipeline_run', row['id'], given['tags']);
  await tieLogs(quietly(ctx), given['logs'], row['project_id'], { pipeline_run_id: row['id'] });
  const model_version_id = await versionOfRun(ctx, row['config'], row as never);
  if (model_version_id !== null) {
    await ctx.db.updateTable('pipeline_run').set({ model_version_id }).where('id', '=', row['id']).execute();
    await linkRun(ctx, model_version_id, row['id']);
  }
  return row['id'] as string;
};

/** The name of a run by its snapshot's template: `{date}`, `{time}` and the configuration's own substitutions are filled in. */
const nameFrom = (snapshot: Values, start: string, id: string): string => {
  const { substitutions } = configured(snapshot, start) as { substitutions: Readonly<Record<string, string>> };
  const name = String(snapshot['run_name_template']).replaceAll(/\{(\w+)\}/g, (whole, key: string) => (Object.hasOwn(substitutions, key) ? substitutions[key]! : whole));
  // Two of them at the same moment still differ.
  return `${name.slice(0, 240)}-${id.slice(-6)}`;
};

/** A run that waits to be taken over by whoever executes it, as the caller's; inside a larger write. Answers its id. */
export const makePlaceholder = (ctx: Context, snapshot: Values): Promise<string> =>
  make(ctx, snapshot, {
    project: snapshot['project_id'],
    snapshot: snapshot['id'],
    name: nameFrom(snapshot, ctx.now, newId()),
    status: 'initializing',
    start_time: ctx.now,
    tags: (configured(snapshot, ctx.now)['tags'] as string[] | null | undefined) ?? null,
  });

export const createRun = action(run, {
  name: 'create',
  method: 'POST',
  path: '',
  needs: toCreate,
  writes: true,
  input: inputSchema(run, 'create', (type) => type === 'project'),
  description: 'Start a run of a snapshot, or take over the one that waits. Answers [run, created].',
  run: async (ctx, { input, note }) => {
    const given = input as Values;
    if (typeof given['snapshot'] !== 'string') throw new Invalid('snapshot is missing');
    const snapshot = await must(ctx, ctx.registry.get('pipeline_snapshot'), given['snapshot'], 'read');
    const project = await must(ctx, ctx.registry.get('project'), given['project'], 'read', ['id']);
    if (snapshot['project_id'] !== project['id']) throw new NotFound(`There is no snapshot '${given['snapshot']}' in this project`);
    await lockRows(ctx, 'pipeline_snapshot', { id: snapshot['id'] });
    const target = (id: string) => note({ target: { id, name: given['name'] }, changes: { status: given['status'] } });
    const known = await begun(ctx, snapshot['id'], given);
    if (known !== null) {
      target(known);
      return answer(ctx, known, false);
    }
    const id = (await takeOver(ctx, snapshot['id'], given)) ?? (await make(ctx, snapshot, given));
    target(id);
    return answer(ctx, id, true);
  },
});
