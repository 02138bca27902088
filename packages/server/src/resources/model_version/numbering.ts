// Names, numbers and stages of model versions (wire.md 17.2, 17.3).
import { sql } from 'kysely';
import type { Context } from '../../kernel/context.ts';
import { Conflict, Invalid, Refused } from '../../kernel/errors.ts';
import { authorize } from '../../kernel/refusal.ts';
import type { Values } from '../../kernel/resource.ts';
import { lockRows } from '../run/situation.ts';

const STAGES = ['none', 'staging', 'production', 'archived'];
/** Words that stand for a version without being its name. */
export const isStage = (word: string): boolean => [...STAGES, 'latest'].includes(word.toLowerCase());
export const isNumber = (word: string): boolean => /^\d+$/.test(word);

/** Throws where a name would be taken for a number or a stage. */
const judgeName = (name: string): void => {
  if (isNumber(name)) throw new Refused(`A model version cannot be named '${name}': numbers are counted by the server`);
  if (isStage(name)) throw new Refused(`A model version cannot be named '${name}': that is a stage`);
};

/** Throws Invalid on an unknown stage; Conflict where another version has it and `force` is not said: with it the other one becomes archived. */
const takeStage = async (ctx: Context, model_id: string, stage: string, force: boolean, except: string): Promise<void> => {
  if (!STAGES.includes(stage)) throw new Invalid(`stage must be one of ${STAGES.join(', ')}`);
  // Stages and what they lead to are the model's own affair: changing one is promoting.
  await authorize(ctx, ctx.registry.get('model'), model_id, 'promote');
  if (stage === 'none' || stage === 'archived') return;
  const holder = await ctx.db
    .selectFrom('model_version')
    .select(['id', 'name'])
    .where('model_id', '=', model_id)
    .where('stage', '=', stage)
    .where('id', '<>', except)
    .executeTakeFirst();
  if (holder === undefined) return;
  if (!force) throw new Conflict(`The version '${holder['name']}' is in ${stage} already; say force to archive it`, { may_force: true });
  await ctx.db.updateTable('model_version').set({ stage: 'archived', updated: ctx.now }).where('id', '=', holder['id']).execute();
};

export const beforeModelVersion = async (ctx: Context, input: Values): Promise<Values> => {
  const name = (input['name'] as string | null | undefined) || null;
  if (name !== null) judgeName(name);
  await lockRows(ctx, 'model', { id: input['model_id'] });
  const { rows } = await sql<{ n: number | null }>`select max(number) as n from model_version where model_id = ${input['model_id']}`.execute(ctx.db);
  const number = Number(rows[0]?.n ?? 0) + 1;
  if (input['stage']) await takeStage(ctx, input['model_id'], input['stage'], false, '');
  return { name: name ?? String(number), number, user_id: ctx.actor.id || null };
};

export const beforeModelVersionUpdate = async (ctx: Context, row: Values, input: Values): Promise<Values> => {
  const name = input['name'] as string | undefined;
  if (name !== undefined && name !== row['name']) judgeName(name);
  const stage = input['stage'] as string | undefined;
  if (stage !== undefined && stage !== row['stage']) {
    await lockRows(ctx, 'model', { id: row['model_id'] });
    await takeStage(ctx, row['model_id'], stage, input['force'] === true, row['id']);
  }
  return {};
};
