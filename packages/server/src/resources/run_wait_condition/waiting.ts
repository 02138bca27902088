// How a run waits: it asks, keeps its lease while it looks for the answer, and somebody answers.
import { isDeepStrictEqual } from 'node:util';
import Type from 'typebox';
import { quietly, type Context } from '../../kernel/context.ts';
import { Conflict, NotAllowed, NotFound } from '../../kernel/errors.ts';
import { find, must } from '../../kernel/find.ts';
import { plainNumbers } from '../../kernel/json.ts';
import { decodeRow } from '../../kernel/present.ts';
import { action, onRow, toCreate, type Operation, type Values } from '../../kernel/resource.ts';
import { inputSchema } from '../../kernel/schemas.ts';
import { canonicalDate } from '../../kernel/validate.ts';
import { insert } from '../../kernel/verbs/create.ts';
import { get } from '../../kernel/verbs/get.ts';
import { lockRows, moveRun } from '../run/situation.ts';
import { isFinished } from '../run/status.ts';
import { addEntries, typeOf } from '../run_metadata/publish.ts';
import { judgeAnswer, judgeSchema } from './answer.ts';
import { RESOLUTIONS, runWaitCondition } from './run_wait_condition.ts';

const same = (a: unknown, b: unknown): boolean => isDeepStrictEqual(plainNumbers(a ?? null), plainNumbers(b ?? null));
/** The reason that a paused run shows until somebody resumes it where its code is. */
const BY_HAND = 'Waiting for manual resume.';

/** The run goes on where its code is: nobody polls for it, so it stays paused until it is resumed there. The server has no code of orchestrators. */
const awaitResume = async (ctx: Context, row: Values): Promise<void> => {
  const waiting = await ctx.db.selectFrom('pipeline_run').select(['id', 'root_run_id']).where('id', '=', row['run_id']).executeTakeFirstOrThrow();
  const root = await find(ctx, ctx.registry.get('run'), waiting['root_run_id'] ?? waiting['id'], 'update', ['id', 'status']);
  if (root !== null && !isFinished(root['status'])) await moveRun(ctx, root['id'], 'paused', BY_HAND);
};

const change = (ctx: Context, id: string, values: Values) =>
  ctx.db
    .updateTable('run_wait_condition')
    .set({ ...values, updated: ctx.now })
    .where('id', '=', id)
    .execute();

export const waitOperations: readonly Operation[] = [
  action(runWaitCondition, {
    name: 'create',
    method: 'POST',
    path: '',
    needs: toCreate,
    writes: true,
    input: Type.Object(
      {
        ...inputSchema(runWaitCondition, 'create', (type) => type === 'project').properties,
        metadata: Type.Optional(Type.Unsafe<Values | null>({ type: ['object', 'null'] })),
      },
      { additionalProperties: false },
    ),
    description: 'Let a dynamic run wait for an answer. The same question under the same name is the same condition.',
    run: async (ctx, { input, note }) => {
      const given = input as Values;
      const run = await must(ctx, ctx.registry.get('run'), given['run'], 'read', ['id', 'project_id', 'snapshot_id']);
      const project = await must(ctx, ctx.registry.get('project'), given['project'], 'read', ['id']);
      if (run['project_id'] !== project['id']) throw new NotFound(`There is no run '${given['run']}' in this project`);
      await lockRows(ctx, 'pipeline_run', { id: run['id'] });
      const snapshot = await ctx.db.selectFrom('pipeline_snapshot').select('is_dynamic').where('id', '=', run['snapshot_id']).executeTakeFirst();
      if (Number(snapshot?.['is_dynamic'] ?? 0) !== 1) throw new NotAllowed('Only runs of dynamic pipelines can wait for an answer');
      const known = await ctx.db.selectFrom('run_wait_condition').selectAll().where('run_id', '=', run['id']).where('name', '=', given['name']).executeTakeFirst();
      if (known !== undefined) {
        const before = decodeRow(runWaitCondition, known);
        if (before['type'] !== given['type'] || (before['question'] ?? null) !== (given['question'] ?? null) || !same(before['data_schema'], given['data_schema']))
          throw new Conflict(`The run has a wait condition named '${given['name']}' already, with another question or schema; choose another name`);
        return { body: await get(ctx, runWaitCondition, known['id']), idle: true };
      }
      const open = await ctx.db.selectFrom('run_wait_condition').select('name').where('run_id', '=', run['id']).where('status', '=', 'pending').executeTakeFirst();
      if (open !== undefined) throw new NotAllowed(`The run waits for '${open['name']}' already; that must be resolved before it can wait for something else`);
      if (given['data_schema']) judgeSchema(given['data_schema']);
      const { metadata, ...rest } = given;
      const hooks = { create: () => ({ status: 'pending', user_id: ctx.actor.id || null }) };
      const row = await insert(quietly(ctx), { ...runWaitCondition, hooks }, rest);
      const values = Object.entries((metadata ?? {}) as Values);
      if (values.length > 0)
        await addEntries(ctx, project['id'], [{ type: 'wait_condition', id: row['id'] }], {
          values: Object.fromEntries(values),
          types: Object.fromEntries(values.map(([key, value]) => [key, typeOf(value)])),
        });
      note({ target: { id: row['id'], name: row['name'] } });
      return { body: await get(ctx, runWaitCondition, row['id']) };
    },
  }),
  action(runWaitCondition, {
    name: 'lease',
    method: 'PUT',
    path: '/{run_wait_condition_id}',
    needs: onRow('update'),
    writes: true,
    input: Type.Object(
      {
        poller_instance_id: Type.String({ maxLength: 255 }),
        poller_lease_expires_at: Type.String({ maxLength: 40 }),
        mode: Type.Optional(Type.Unsafe<string>({ enum: ['refresh', 'finalize', 'abandon'] })),
      },
      { additionalProperties: false },
    ),
    description: 'Say that somebody looks for the answer, until when, or no longer. Answers the status of the condition.',
    run: async (ctx, { row, input }) => {
      const { id, status } = row;
      const mode = input.mode ?? 'refresh';
      if (mode === 'refresh') {
        if (status !== 'pending') return { body: status, idle: true };
        const expires = canonicalDate('poller_lease_expires_at', input.poller_lease_expires_at);
        await change(ctx, id, { last_polled_at: ctx.now, poller_instance_id: input.poller_instance_id, poller_lease_expires_at: expires });
        return { body: status };
      }
      await change(ctx, id, { last_polled_at: ctx.now, poller_instance_id: null, poller_lease_expires_at: ctx.now });
      if (status === 'pending') await moveRun(ctx, row.run_id, 'paused', 'Waiting for input.');
      else if (mode === 'abandon' && row.resolution === 'continue') await awaitResume(ctx, row as Values);
      return { body: status };
    },
  }),
  action(runWaitCondition, {
    name: 'resolve',
    method: 'PUT',
    path: '/{run_wait_condition_id}/resolve',
    needs: onRow('update'),
    writes: true,
    input: Type.Object(
      { resolution: Type.Unsafe<string>({ enum: RESOLUTIONS }), result: Type.Optional(Type.Unsafe<unknown>({})), user: Type.Optional(Type.Unsafe({})) },
      { additionalProperties: false },
    ),
    description: 'Answer what a run waits for: it may continue, or it is to stop.',
    run: async (ctx, { row, input, note }) => {
      if (row.status !== 'pending') throw new NotAllowed('This wait condition has been resolved already');
      const result = judgeAnswer(row.data_schema, input.resolution, input.result ?? null);
      const leased = row.poller_lease_expires_at !== null && row.poller_lease_expires_at > ctx.now;
      await change(ctx, row.id, {
        status: 'resolved',
        resolution: input.resolution,
        result: result === null ? null : JSON.stringify(result),
        resolved_at: ctx.now,
        resolved_by_user_id: ctx.actor.id || null,
      });
      note({ changes: { resolution: { before: null, after: input.resolution } } });
      if (input.resolution === 'abort') await moveRun(ctx, row.run_id, 'stopped', 'Wait condition was aborted.');
      else if (!leased) await awaitResume(ctx, row as Values);
      return { body: await get(ctx, runWaitCondition, row.id) };
    },
  }),
];
