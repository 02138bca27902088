// A snapshot made from another one, with some things said differently: what a trigger really runs.
import { newId, type Context } from '../../kernel/context.ts';
import { Invalid } from '../../kernel/errors.ts';
import { parseJson } from '../../kernel/json.ts';
import type { Values } from '../../kernel/resource.ts';

/** Said of the whole pipeline, these hold for each step that says nothing of its own. */
const FOR_STEPS = [
  'enable_cache',
  'enable_artifact_metadata',
  'enable_artifact_visualization',
  'enable_step_logs',
  'environment',
  'secrets',
  'settings',
  'extra',
  'model',
  'retry',
  'failure_hook_source',
  'success_hook_source',
  'substitutions',
  'cache_policy',
] as const;
/** Said beside the configuration, not in it. */
const BESIDE = ['run_name', 'steps', 'build', 'schedule'] as const;

const isObject = (value: unknown): value is Values => value !== null && typeof value === 'object' && !Array.isArray(value) && Object.getPrototypeOf(value) !== null;
/** The second over the first; objects are joined, null says nothing. */
const over = (under: Values, said: Values): Values => ({
  ...under,
  ...Object.fromEntries(
    Object.entries(said)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([key, value]) => [key, isObject(value) && isObject(under[key]) ? over(under[key], value) : value]),
  ),
});

const stepOver = (step: Values, said: Values): Values => {
  const own = (step['step_config_overrides'] ?? {}) as Values;
  const common = Object.fromEntries(FOR_STEPS.filter((key) => said[key] !== undefined && (own[key] ?? null) === null).map((key) => [key, said[key]]));
  return { ...step, config: over((step['config'] ?? {}) as Values, common) };
};

/** The configuration of a run, in parts. Throws Invalid where it speaks of steps that there are not, or of what cannot be said here. */
const judged = (configuration: Values, names: readonly string[]): { readonly whole: Values; readonly steps: Values } => {
  for (const key of ['build', 'schedule']) if ((configuration[key] ?? null) !== null) throw new Invalid(`${key} cannot be said differently; make a new snapshot`);
  const steps = (configuration['steps'] ?? {}) as Values;
  if (!isObject(steps)) throw new Invalid('steps is an object of steps by name');
  const odd = Object.keys(steps).find((name) => !names.includes(name) || !isObject(steps[name]));
  if (odd !== undefined) throw new Invalid(`steps: the snapshot has no step '${odd.slice(0, 100)}' that could be said differently`);
  return { whole: Object.fromEntries(Object.entries(configuration).filter(([key]) => !BESIDE.includes(key as never))), steps };
};

/** Makes a snapshot without a name from `source`, as it is or with a run configuration over it; answers its id. Throws Invalid. */
export const copySnapshot = async (ctx: Context, source: Values, configuration: Values | null): Promise<string> => {
  const id = newId();
  const row = await ctx.db.selectFrom('pipeline_snapshot').selectAll().where('id', '=', source['id']).executeTakeFirstOrThrow();
  const steps = await ctx.db.selectFrom('step_configuration').selectAll().where('snapshot_id', '=', source['id']).orderBy('place').execute();
  const { whole, steps: said } = judged(
    configuration ?? {},
    steps.map((step) => step['name'] as string),
  );
  const same = Object.keys(whole).length === 0;
  await ctx.db
    .insertInto('pipeline_snapshot')
    .values({
      ...row,
      id,
      created: ctx.now,
      updated: ctx.now,
      user_id: ctx.actor.id || null,
      name: null,
      description: null,
      schedule_id: null,
      source_snapshot_id: source['id'],
      run_name_template: typeof configuration?.['run_name'] === 'string' ? configuration['run_name'].slice(0, 2000) : row['run_name_template'],
      pipeline_configuration: same ? row['pipeline_configuration'] : JSON.stringify(over(parseJson(row['pipeline_configuration']) as Values, whole)),
    })
    .execute();
  for (const step of steps) {
    let { document } = step as { document: string };
    const own = said[step['name'] as string] as Values | undefined;
    if (!same || own !== undefined) {
      let changed = parseJson(document) as Values;
      if (own !== undefined)
        changed = {
          ...changed,
          config: over((changed['config'] ?? {}) as Values, own),
          step_config_overrides: over((changed['step_config_overrides'] ?? {}) as Values, own),
        };
      document = JSON.stringify(stepOver(changed, whole));
    }
    await ctx.db
      .insertInto('step_configuration')
      .values({ ...step, snapshot_id: id, document })
      .execute();
  }
  return id;
};
