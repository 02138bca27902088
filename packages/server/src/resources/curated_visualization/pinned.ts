// The pictures that are pinned to a thing, in the order that was asked for.
import { many } from '../../kernel/resource.ts';

/** What a pinned picture can be on: the wire's word, the type here, and the column that names it. */
export const PINNED_ON = {
  deployment: { type: 'deployment', by: 'deployment_id' },
  model: { type: 'model', by: 'model_id' },
  pipeline: { type: 'pipeline', by: 'pipeline_id' },
  pipeline_run: { type: 'run', by: 'pipeline_run_id' },
  pipeline_snapshot: { type: 'pipeline_snapshot', by: 'pipeline_snapshot_id' },
  project: { type: 'project', by: 'shown_project_id' },
} as const;

/** The relation `visualizations` of what the column names. */
export const pinned = (column: (typeof PINNED_ON)[keyof typeof PINNED_ON]['by']) => many('curated_visualization', { by: column, sort: 'display_order' });
