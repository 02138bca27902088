// What happens when a snapshot is made or named (wire.md 13.2).
import { quietly, type Context } from '../../kernel/context.ts';
import { Conflict, Invalid, NotFound } from '../../kernel/errors.ts';
import { must } from '../../kernel/find.ts';
import type { Values } from '../../kernel/resource.ts';
import { insert } from '../../kernel/verbs/create.ts';
import { dropTriggers, letGo } from './referenced.ts';
import { codeReference } from '../code_repository/code_repository.ts';

/** The name that is asked for: `false` and nothing mean none, `true` a name made from the time. */
const nameOf = (ctx: Context, said: unknown): string | null => {
  if (said === true) return `snapshot-${ctx.now.slice(0, 19).replaceAll(/[-:T]/g, '_')}`;
  return typeof said === 'string' && said !== '' ? said : null;
};

const holderOf = (ctx: Context, pipeline_id: string, name: string, except: string) =>
  ctx.db.selectFrom('pipeline_snapshot').select('id').where('pipeline_id', '=', pipeline_id).where('name', '=', name).where('id', '<>', except).executeTakeFirst();

/** Frees a name within its pipeline: whatever has it goes, or stays without a name where something needs it. */
export const releaseName = async (ctx: Context, pipeline_id: string, name: string, except: string): Promise<void> => {
  const holder = await holderOf(ctx, pipeline_id, name, except);
  if (holder !== undefined) await letGo(ctx, holder['id']);
};

/** The same if `replace` says so. Throws Conflict where the name is taken and may not be replaced. */
const freeName = async (ctx: Context, pipeline_id: string, name: string, replace: unknown, except: string): Promise<void> => {
  if (replace !== true && (await holderOf(ctx, pipeline_id, name, except)) !== undefined)
    throw new Conflict(`The pipeline has a snapshot named '${name}' already; choose another name or say replace`);
  await releaseName(ctx, pipeline_id, name, except);
};

/** Throws NotFound where something that is named is not in the project, or not for the caller to see. */
const mustLieHere = async (ctx: Context, type: string, id: unknown, project_id: string): Promise<void> => {
  if (typeof id !== 'string') return;
  const row = await must(ctx, ctx.registry.get(type), id, 'read', ['id', 'project_id']);
  if (row['project_id'] !== project_id) throw new NotFound(`There is no ${ctx.registry.get(type).label} '${id}' in this project`);
};

/** Columns of a new snapshot that are not said as they are stored. */
export const beforeSnapshot = async (ctx: Context, input: Values): Promise<Values> => {
  // Templates and snapshots name each other: this one is looked up by hand.
  await mustLieHere(ctx, 'run_template', input['template_id'], input['project_id']);
  const name = nameOf(ctx, input['name']);
  if (name !== null) await freeName(ctx, input['pipeline_id'], name, input['replace'], '');
  const code = input['code_reference'] as Values | null | undefined;
  await mustLieHere(ctx, 'code_repository', code?.['code_repository'], input['project_id']);
  const reference =
    code === null || code === undefined
      ? null
      : await insert(
          quietly(ctx),
          { ...codeReference, hooks: { create: () => ({ project_id: input['project_id'], user_id: ctx.actor.id || null }) } },
          { commit: code['commit'], subdirectory: code['subdirectory'], code_repository: code['code_repository'] },
        );
  return {
    name,
    user_id: ctx.actor.id || null,
    code_reference_id: reference?.['id'] ?? null,
    step_count: Object.keys((input['step_configurations'] as Values | undefined) ?? {}).length,
  };
};

export const beforeSnapshotUpdate = async (ctx: Context, row: Values, input: Values): Promise<Values> => {
  if (input['name'] === undefined) return {};
  const name = nameOf(ctx, input['name']);
  if (name === null) await dropTriggers(ctx, row['id']);
  else await freeName(ctx, row['pipeline_id'], name, input['replace'], row['id']);
  return { name };
};

const STEPS_AT_ONCE = 200;
/** Stores each step by itself. Throws Invalid on a name that cannot be stored. */
export const keepSteps = async (ctx: Context, snapshot_id: string, steps: Values | null | undefined): Promise<void> => {
  const rows = Object.entries(steps ?? {}).map(([name, step], place) => ({
    snapshot_id,
    name,
    place,
    upstream: JSON.stringify((step as Values | null)?.['spec']?.upstream_steps ?? []),
    document: JSON.stringify(step),
  }));
  const bad = rows.find((row) => row.name.includes('\0') || row.document.includes('\\u0000'));
  if (bad !== undefined) throw new Invalid(`The step '${bad.name.replaceAll('\0', '')}' holds the NUL character, which cannot be stored`);
  for (let i = 0; i < rows.length; i += STEPS_AT_ONCE)
    await ctx.db
      .insertInto('step_configuration')
      .values(rows.slice(i, i + STEPS_AT_ONCE))
      .execute();
};
