// The model version that the configuration of a run or step names: found, or made (wire.md 17.1).
import { newId, quietly, type Context } from '../../kernel/context.ts';
import { NotFound } from '../../kernel/errors.ts';
import { authorize } from '../../kernel/refusal.ts';
import type { Resource, Values } from '../../kernel/resource.ts';
import { insert } from '../../kernel/verbs/create.ts';
import { model } from '../model/model.ts';
import { lockRows } from '../run/situation.ts';
import { isNumber, isStage } from './numbering.ts';
import { modelVersion } from './model_version.ts';

interface Config {
  readonly model?: Values | null;
  readonly substitutions?: Readonly<Record<string, string>>;
}
interface Run {
  readonly id: string;
  readonly project_id: string;
  readonly private?: boolean;
}
const ABOUT = ['license', 'description', 'audience', 'use_cases', 'limitations', 'trade_offs', 'ethics', 'save_models_to_registry'];

/** Names may hold `{date}`, `{time}` and what the pipeline defines. */
const filled = (text: string, substitutions: Readonly<Record<string, string>> = {}): string =>
  text.replaceAll(/\{(\w+)\}/g, (whole, key: string) => (Object.hasOwn(substitutions, key) ? substitutions[key]! : whole));

const named = (ctx: Context, project_id: string, name: string) =>
  ctx.db.selectFrom('model').select('id').where('project_id', '=', project_id).where('name', '=', name).executeTakeFirst();

/** The model of this name, made where there is none: as private as the run. Throws NotFound where it is not for the caller to see. */
const modelFor = async (ctx: Context, { project_id, private: hidden }: Run, name: string, wanted: Values): Promise<string> => {
  let known = await named(ctx, project_id, name);
  if (known === undefined) {
    await lockRows(ctx, 'project', { id: project_id });
    known = await named(ctx, project_id, name);
  }
  if (known !== undefined) return (await authorize(ctx, model, known['id'], 'read', ['id'], name))['id'] as string;
  const about = Object.fromEntries(ABOUT.filter((key) => wanted[key] !== undefined).map((key) => [key, wanted[key]]));
  return (await insert(quietly(ctx), model, { ...about, name, project: project_id, private: hidden === true }))['id'] as string;
};

const versions = (ctx: Context, model_id: string) => ctx.db.selectFrom('model_version').select('id').where('model_id', '=', model_id).orderBy('number', 'desc');

/** A version by number or stage, which must be there; null for a word that is a name. */
const existing = async (ctx: Context, model_id: string, name: string, word: string): Promise<string | null> => {
  if (!isNumber(word) && !isStage(word)) return null;
  const all = versions(ctx, model_id);
  const row = await (isNumber(word) ? all.where('number', '=', Number(word)) : word === 'latest' ? all : all.where('stage', '=', word)).executeTakeFirst();
  if (row === undefined)
    throw new NotFound(`The model '${name}' has no version ${isNumber(word) ? word : `in the stage '${word}'`}; only versions with other names are made by a run`);
  return row['id'] as string;
};

/** The id of the version, or null where no model is configured. Throws NotFound for a number or stage that is not there, NotAllowed where it cannot be made. */
export const versionOfRun = async (ctx: Context, config: Config, run: Run): Promise<string | null> => {
  const wanted = config.model;
  if (wanted === null || wanted === undefined) return null;
  const name = filled(String(wanted['name']), config.substitutions);
  const model_id = await modelFor(ctx, run, name, wanted);
  const word = wanted['version'] === null || wanted['version'] === undefined ? null : filled(String(wanted['version']), config.substitutions);
  const found = word === null ? null : await existing(ctx, model_id, name, word);
  if (found !== null) return found;
  // Whoever comes second waits here and then finds what the first one made.
  await lockRows(ctx, 'model', { id: model_id });
  const known = await (
    word === null ? versions(ctx, model_id).where('producer_run_id', '=', run.id) : versions(ctx, model_id).where('name', '=', word)
  ).executeTakeFirst();
  if (known !== undefined) return known['id'] as string;
  // One version a run, not one a step: the run that made it is noted.
  const counted: Resource =
    word !== null
      ? modelVersion
      : { ...modelVersion, hooks: { ...modelVersion.hooks, create: async (c, i) => ({ ...(await modelVersion.hooks!.create!(c, i)), producer_run_id: run.id }) } };
  return (
    await insert(quietly(ctx), counted, {
      project: run.project_id,
      model: model_id,
      name: word,
      description: wanted['description'] ?? null,
      tags: wanted['tags'] ?? null,
    })
  )['id'] as string;
};

/** Notes that a run belongs to a model version. Noting it twice changes nothing. */
export const linkRun = async (ctx: Context, model_version_id: string, pipeline_run_id: string): Promise<void> => {
  await ctx.db
    .insertInto('model_version_run')
    .values({ id: newId(), created: ctx.now, updated: ctx.now, model_version_id, pipeline_run_id })
    .onConflict((conflict) => conflict.columns(['model_version_id', 'pipeline_run_id']).doNothing())
    .execute();
};
