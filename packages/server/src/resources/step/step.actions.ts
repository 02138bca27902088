// What clients ask of a step beyond reading and changing it (wire.md 14.7).
import Type from 'typebox';
import { NotAllowed } from '../../kernel/errors.ts';
import { action, onRow, type Operation } from '../../kernel/resource.ts';
import { isFinished } from '../run/status.ts';
import { createStep } from './step.create.ts';
import { step } from './step.ts';

export const stepOperations: readonly Operation[] = [
  createStep,
  action(step, {
    name: 'status',
    method: 'GET',
    path: '/{step_id}/status',
    needs: onRow('read'),
    writes: false,
    description: 'The status of a step, and nothing else.',
    run: async (_ctx, { row }) => ({ body: row.status }),
  }),
  action(step, {
    name: 'configuration',
    method: 'GET',
    path: '/{step_id}/step-configuration',
    needs: onRow('read'),
    writes: false,
    description: 'The configuration with which a step runs.',
    run: async (_ctx, { row }) => ({ body: row.config }),
  }),
  action(step, {
    name: 'heartbeat',
    method: 'PUT',
    path: '/{step_id}/heartbeat',
    needs: onRow('update'),
    writes: false,
    description: 'Say that a step is alive.',
    input: Type.Object({ heartbeat_liveness_timeout_seconds: Type.Optional(Type.Unsafe({ type: ['number', 'null'] })) }, { additionalProperties: true }),
    run: async (ctx, { row }) => {
      if (isFinished(row.status)) throw new NotAllowed(`The step '${row.name}' is over (${row.status})`);
      // A sign of life comes every few seconds and changes nothing that anybody did: no audit row, no event.
      await ctx.database.transaction((tx) => tx.updateTable('step_run').set({ latest_heartbeat: ctx.now }).where('id', '=', row.id).execute());
      const run = await ctx.db.selectFrom('pipeline_run').select(['status', 'enable_heartbeat']).where('id', '=', row.pipeline_run_id).executeTakeFirst();
      return {
        body: {
          id: row.id,
          status: row.status,
          latest_heartbeat: ctx.now,
          heartbeat_enabled: Number(run?.['enable_heartbeat'] ?? 0) === 1,
          pipeline_run_status: run?.['status'] ?? null,
        },
      };
    },
  }),
];
