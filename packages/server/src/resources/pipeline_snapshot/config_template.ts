// What could be said differently when a snapshot is run again: its configuration, without what is fixed in its images.
import { sql } from 'kysely';
import type { Context } from '../../kernel/context.ts';
import { parseJson } from '../../kernel/json.ts';
import { derived, type Values } from '../../kernel/resource.ts';

/** Fields of a pipeline's configuration that a run may be given. */
const OF_RUN = [
  'enable_cache',
  'enable_artifact_metadata',
  'enable_artifact_visualization',
  'enable_step_logs',
  'enable_pipeline_logs',
  'enable_heartbeat',
  'steps',
  'settings',
  'tags',
  'extra',
  'model',
  'retry',
  'failure_hook_source',
  'success_hook_source',
  'init_hook_source',
  'init_hook_kwargs',
  'cleanup_hook_source',
  'substitutions',
  'cache_policy',
  'execution_mode',
  'environment',
  'secrets',
  'parameters',
];

const empty = (value: unknown): boolean =>
  value === null || value === undefined || (Array.isArray(value) ? value.length === 0 : typeof value === 'object' && Object.keys(value).length === 0);
/** Without what is not set, and without the settings of the images, which are built. */
const told = (document: Values, keep: (name: string) => boolean): Values => {
  const entries = Object.entries(document).map(([name, value]): [string, unknown] => {
    if (name !== 'settings' || value === null || typeof value !== 'object') return [name, value];
    const { docker: _, ...rest } = value as Values;
    return [name, rest];
  });
  return Object.fromEntries(entries.filter(([name, value]) => keep(name) && !empty(value)));
};

/** The template of each of these snapshots that has images and a stack to run on. */
export const configTemplates = async (ctx: Context, ids: readonly string[]): Promise<ReadonlyMap<string, Values>> => {
  if (ids.length === 0) return new Map();
  const snapshots = (
    await sql<Values>`select s.id, s.run_name_template, s.is_dynamic, s.pipeline_configuration from pipeline_snapshot as s join pipeline_build as b on b.id = s.build_id
    where s.id in (${sql.join(ids)}) and b.stack_id is not null`.execute(ctx.db)
  ).rows;
  if (snapshots.length === 0) return new Map();
  const steps = (
    await sql<Values>`select snapshot_id, name, document from step_configuration where snapshot_id in (${sql.join(snapshots.map((row) => row['id']))}) order by snapshot_id, place`.execute(
      ctx.db,
    )
  ).rows;
  const made = new Map<string, Values>();
  for (const row of snapshots) {
    const own = steps.filter((step) => step['snapshot_id'] === row['id']);
    const overrides = own.map((step) => [
      step['name'],
      told((parseJson(step['document'] as string) as Values)['step_config_overrides'] ?? {}, (name) => !['name', 'outputs', 'template'].includes(name)),
    ]);
    const config = parseJson(row['pipeline_configuration'] as string) as Values;
    made.set(row['id'], {
      run_name: row['run_name_template'],
      steps: Object.fromEntries(overrides),
      ...told(config, (name) => OF_RUN.includes(name) && (name !== 'parameters' || Number(row['is_dynamic']) === 1)),
    });
  }
  return made;
};

/** The template of each snapshot of a page. */
export const ownTemplate = derived(
  async (ctx, rows) =>
    configTemplates(
      ctx,
      rows.map((row) => row.id),
    ),
  { empty: null, tier: 'metadata' },
);
