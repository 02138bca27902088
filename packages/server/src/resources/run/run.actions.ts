// What clients ask of a run beyond reading and changing it (wire.md 13.8).
import { NotAllowed, Unavailable } from '../../kernel/errors.ts';
import { action, onRow, type Operation, type Values } from '../../kernel/resource.ts';
import { list } from '../../kernel/verbs/list.ts';
import { get } from '../../kernel/verbs/get.ts';
import { createRun } from './run.create.ts';
import { dagOf } from './dag.ts';
import { run } from './run.ts';
import { moveRun } from './situation.ts';
import { isFinished } from './status.ts';

export const runOperations: readonly Operation[] = [
  createRun,
  action(run, {
    name: 'steps',
    method: 'GET',
    path: '/{run_id}/steps',
    needs: onRow('read'),
    writes: false,
    description: 'The steps of a run.',
    run: async (ctx, { row, rawQuery }) => ({
      body: await list(ctx, ctx.registry.get('step'), { sort_by: 'asc:created', ...rawQuery, pipeline_run_id: row.id, project: row.project_id }),
    }),
  }),
  action(run, {
    name: 'status',
    method: 'GET',
    path: '/{run_id}/status',
    needs: onRow('read'),
    writes: false,
    description: 'The status of a run, and nothing else.',
    run: async (_ctx, { row }) => ({ body: row.status }),
  }),
  action(run, {
    name: 'configuration',
    method: 'GET',
    path: '/{run_id}/pipeline-configuration',
    needs: onRow('read'),
    writes: false,
    description: 'The configuration with which a run was started.',
    run: async (_ctx, { row }) => ({ body: row.config }),
  }),
  action(run, {
    name: 'dag',
    method: 'GET',
    path: '/{run_id}/dag',
    needs: onRow('read'),
    writes: false,
    description: 'The steps and artifacts of a run as nodes and edges.',
    run: async (ctx, { row }) => ({ body: await dagOf(ctx, row as Values) }),
  }),
  action(run, {
    name: 'stop',
    method: 'POST',
    path: '/{run_id}/stop',
    needs: onRow('update'),
    writes: true,
    description: 'Ask a run to stop. Its orchestrator ends the steps; what has not begun will not begin.',
    run: async (ctx, { row, note }) => {
      if (isFinished(row.status)) throw new NotAllowed(`The run '${row.name}' is over (${row.status}) and cannot be stopped`);
      const after = await moveRun(ctx, row.id, 'stopping', null);
      note({ changes: { status: { before: row.status, after } } });
      return { body: null };
    },
  }),
  action(run, {
    name: 'refresh',
    method: 'POST',
    path: '/{run_id}/refresh',
    needs: onRow('update'),
    writes: false,
    description: 'Ask the orchestrator how a run does.',
    run: async () => {
      throw new Unavailable('Only the orchestrator’s own code can ask it how a run does, and it is not on the server; the run reports by itself');
    },
  }),
  action(run, {
    name: 'disable_heartbeat',
    method: 'PUT',
    path: '/{run_id}/disable_heartbeat',
    needs: onRow('update'),
    writes: true,
    description: 'Expect no more signs of life from the steps of a run.',
    run: async (ctx, { row }) => {
      await ctx.db.updateTable('pipeline_run').set({ enable_heartbeat: 0, updated: ctx.now }).where('id', '=', row.id).execute();
      await ctx.db.updateTable('step_run').set({ heartbeat_threshold: null }).where('pipeline_run_id', '=', row.id).execute();
      return { body: await get(ctx, run, row.id) };
    },
  }),
];
