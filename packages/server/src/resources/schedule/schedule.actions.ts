// The end of a schedule: for good, or kept so that the runs which it started can still tell of it.
import Type from 'typebox';
import { quietly } from '../../kernel/context.ts';
import { NotAllowed } from '../../kernel/errors.ts';
import { flag } from '../../kernel/query.ts';
import { action, onRow, type Operation } from '../../kernel/resource.ts';
import { remove } from '../../kernel/verbs/remove.ts';
import { schedule } from './schedule.ts';

export const removeSchedule: Operation = action(schedule, {
  name: 'delete',
  method: 'DELETE',
  path: '/{schedule_id}',
  needs: onRow('delete'),
  writes: true,
  query: Type.Object({ soft: Type.Optional(Type.Union([Type.Boolean(), Type.String({ maxLength: 5 })])) }, { additionalProperties: true }),
  description: 'Remove a schedule; with soft=true it is archived instead.',
  run: async (ctx, { row, query, note }) => {
    const soft = typeof query.soft === 'boolean' ? query.soft : flag('soft', query.soft, false);
    if (!soft) {
      await remove(quietly(ctx), ctx.registry.get('schedule'), row.id);
      return { body: null };
    }
    if (row.is_archived) throw new NotAllowed('The schedule is archived already; without soft=true it is removed');
    const name = `${row.name.slice(0, 240)}_(${row.id.slice(-8)})`;
    await ctx.db.updateTable('schedule').set({ is_archived: 1, active: 0, name, updated: ctx.now }).where('id', '=', row.id).execute();
    note({ changes: { is_archived: { before: false, after: true } } });
    return { body: null };
  },
});
