import { boolean, datetime, inProject, named, nullable, owned, ref, standard, text } from '../../kernel/field.ts';
import { defineResource, one } from '../../kernel/resource.ts';
import { ownWithout, judgedByPipeline } from '../pipeline/judged.ts';
import { inSeconds, intervalFilter } from './interval.ts';
import { metadataOf } from '../run_metadata/metadata.ts';

export const schedule = defineResource({
  type: 'schedule',
  path: 'schedules',
  aliases: ['workspaces/{project}/schedules'],
  table: 'schedule',
  label: 'schedule',
  group: 'ml',
  unique: [['project_id', 'name']],
  description: 'When an orchestrator starts a pipeline by itself.',
  fields: {
    ...standard(),
    ...named(),
    ...owned(),
    ...inProject(),
    active: boolean({ create: 'required', update: true }),
    cron_expression: nullable(text({ update: true })),
    start_time: nullable(datetime()),
    end_time: nullable(datetime()),
    interval_second: nullable(text({ max: 60, filter: false })),
    catchup: boolean({ default: false }),
    run_once_start_time: nullable(datetime()),
    is_archived: boolean({ create: 'never' }),
    orchestrator_id: nullable(ref('stack_component', { tier: 'metadata' })),
    pipeline_id: nullable(ref('pipeline', { tier: 'metadata' })),
  },
  access: { ...judgedByPipeline, actions: ['delete'], also: ownWithout('pipeline', 'pipeline_id') },
  relations: { user: one('account', { by: 'user_id' }), run_metadata: metadataOf('schedule') },
  ignore: ['user'],
  null_keeps: true,
  filters: { interval_second: intervalFilter },
  // Removing may mean archiving: schedule.actions.ts declares it.
  without: ['remove'],
  hooks: {
    create: (ctx, input) => ({
      is_archived: false,
      user_id: ctx.actor.id || null,
      ...(typeof input['interval_second'] === 'string' ? { interval_second: inSeconds(input['interval_second']) } : {}),
    }),
  },
  show: ['name', 'active', 'cron_expression', 'created'],
});
