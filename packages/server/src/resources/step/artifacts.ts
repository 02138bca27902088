// What goes into a step and what comes out of it (wire.md 14.3, 14.4): how it is shown and how it is kept.
import { sql } from 'kysely';
import type { Context } from '../../kernel/context.ts';
import { NotFound, Refused } from '../../kernel/errors.ts';
import { canonicalUuid } from '../../kernel/filter.ts';
import { byIds } from '../../kernel/hydrate.ts';
import { authorize } from '../../kernel/refusal.ts';
import { derived, type Values } from '../../kernel/resource.ts';
import { visible } from '../../kernel/visible.ts';
import { settlePrivacy } from '../artifact_version/privacy.ts';

const links = (table: string, rows: readonly { readonly id: string }[]) =>
  sql<Values>`select * from ${sql.table(table)} where step_run_id in (${sql.join(rows.map((row) => row.id))}) order by step_run_id, name, place`;

/** Artifact versions by step and name; `show` completes each. */
const linked = (table: string, show: (version: object, link: Values) => unknown) =>
  derived(
    async (ctx, rows) => {
      const found = (await links(table, rows).execute(ctx.db)).rows;
      const versions = await byIds(ctx, ctx.registry.get('artifact_version'), [...new Set(found.map((link) => link['artifact_version_id'] as string))]);
      const maps = new Map<string, Map<string, unknown[]>>(rows.map((row) => [row.id, new Map()]));
      for (const link of found) {
        const of = maps.get(link['step_run_id'])!;
        of.set(link['name'], [...(of.get(link['name']) ?? []), show(versions.get(link['artifact_version_id'])!, link)]);
      }
      return new Map([...maps].map(([id, of]) => [id, Object.fromEntries(of)]));
    },
    { empty: {} },
  );

const numberOrNull = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value));
export const inputsOf = linked('step_input', (version, link) => ({
  ...version,
  input_type: link['type'],
  index: numberOrNull(link['input_index']),
  chunk_index: numberOrNull(link['chunk_index']),
  chunk_size: numberOrNull(link['chunk_size']),
}));
export const outputsOf = linked('step_output', (version) => version);

/** The newest try of each step that a step waits for, going by its specification. */
export const parentsOf = derived(
  async (ctx, rows) => {
    const runs = [...new Set(rows.map((row) => row['pipeline_run_id'] as unknown as string))];
    const siblings = (
      await sql<{
        id: string;
        name: string;
        pipeline_run_id: string;
      }>`select id, name, pipeline_run_id from step_run where pipeline_run_id in (${sql.join(runs)}) order by version`.execute(ctx.db)
    ).rows;
    const newest = new Map(siblings.map((row) => [`${row.pipeline_run_id} ${row.name}`, row.id]));
    return new Map(
      rows.map((row) => {
        const { upstream_steps = [] } = (row['spec'] ?? {}) as { upstream_steps?: readonly string[] };
        return [row.id, upstream_steps.flatMap((name) => newest.get(`${row['pipeline_run_id'] as unknown as string} ${name}`) ?? [])];
      }),
    );
  },
  { empty: [], tier: 'metadata' },
);

export type Named = Readonly<Record<string, readonly string[]>>;
/** Throws NotFound unless the caller may read each of these artifact versions and all lie in the project. */
export const mustRead = async (ctx: Context, ids: readonly string[], project_id: string): Promise<void> => {
  if (ids.length === 0) return;
  const found = await sql<{
    id: string;
  }>`select v.id from artifact_version as v where v.id in (${sql.join([...new Set(ids)])}) and v.project_id = ${project_id} and ${visible(ctx, ctx.registry.get('artifact_version'), 'read', 'v')}`.execute(
    ctx.db,
  );
  const readable = new Set(found.rows.map((row) => row.id));
  const missing = ids.find((id) => !readable.has(id));
  if (missing !== undefined) throw new NotFound(`There is no artifact version '${missing}' in this project, or you may not see it`);
};
/** Those of these artifact versions that the caller may change. */
export const updatable = async (ctx: Context, ids: readonly string[]): Promise<ReadonlySet<string>> => {
  if (ids.length === 0) return new Set();
  const found = await sql<{
    id: string;
  }>`select v.id from artifact_version as v where v.id in (${sql.join([...new Set(ids)])}) and ${visible(ctx, ctx.registry.get('artifact_version'), 'update', 'v')}`.execute(
    ctx.db,
  );
  return new Set(found.rows.map((row) => row.id));
};

/**
 * To have produced a version is a claim on it: others read from it who made it, and it stays while the run does. Whoever makes it must
 * be able to change the version. A step that was not run claims nothing: it lists what its original produced, and nothing else.
 * Throws Refused, NotAllowed.
 */
const mustClaim = async (ctx: Context, step: Values, ids: readonly string[]): Promise<void> => {
  if (step['original_step_run_id']) {
    const made = await ctx.db.selectFrom('step_output').select('artifact_version_id').where('step_run_id', '=', step['original_step_run_id']).execute();
    const foreign = ids.find((id) => !made.some((link) => link['artifact_version_id'] === id));
    if (foreign !== undefined)
      throw new Refused(`The step '${step['name']}' takes its outputs from its original step, which did not produce the artifact version '${foreign}'`);
    return;
  }
  const mine = await updatable(ctx, ids);
  const foreign = ids.find((id) => !mine.has(id));
  if (foreign !== undefined) await authorize(ctx, ctx.registry.get('artifact_version'), foreign, 'update', ['id', 'project_id']);
};
export const flat = (given: Named | null | undefined) =>
  Object.entries(given ?? {}).flatMap(([name, ids]) => ids.map((id, place) => ({ name, place, artifact_version_id: canonicalUuid(id) ?? id })));

/** Notes what a step produced; what is noted already is passed over. Throws NotFound, NotAllowed, Refused. */
export const keepOutputs = async (ctx: Context, step: Values, given: Named | null | undefined): Promise<void> => {
  const wanted = flat(given);
  await mustRead(
    ctx,
    wanted.map((link) => link.artifact_version_id),
    step['project_id'],
  );
  if (wanted.length === 0) return;
  const known = (await ctx.db.selectFrom('step_output').select(['name', 'place', 'artifact_version_id']).where('step_run_id', '=', step['id']).execute()) as Values[];
  const noted = new Set(known.map((link) => link['artifact_version_id']));
  await mustClaim(
    ctx,
    step,
    wanted.map((link) => link.artifact_version_id).filter((id) => !noted.has(id)),
  );
  for (const { name, artifact_version_id } of wanted) {
    if (known.some((link) => link['artifact_version_id'] === artifact_version_id)) continue;
    const place = known.filter((link) => link['name'] === name).length;
    known.push({ name, place, artifact_version_id });
    await ctx.db.insertInto('step_output').values({ step_run_id: step['id'], name, place, artifact_version_id }).execute();
  }
  if (!step['original_step_run_id'])
    await settlePrivacy(
      ctx,
      step,
      wanted.map((link) => link.artifact_version_id).filter((id) => !noted.has(id)),
    );
};

/** How an input came to be: a type, and for the output of another step its place and chunk. */
export type Origin = (name: string, artifact_version_id: string, place: number) => Promise<Values> | Values;

/** Notes what a step was given. Throws NotFound. */
export const keepInputs = async (ctx: Context, step: Values, given: Named | null | undefined, origin: Origin): Promise<void> => {
  const wanted = flat(given);
  await mustRead(
    ctx,
    wanted.map((link) => link.artifact_version_id),
    step['project_id'],
  );
  if (wanted.length === 0) return;
  const known = (await ctx.db.selectFrom('step_input').select(['name', 'artifact_version_id']).where('step_run_id', '=', step['id']).execute()) as Values[];
  for (const { name, artifact_version_id, place } of wanted) {
    if (known.some((link) => link['name'] === name && link['artifact_version_id'] === artifact_version_id)) continue;
    const next = known.filter((link) => link['name'] === name).length;
    known.push({ name, artifact_version_id });
    await ctx.db
      .insertInto('step_input')
      .values({ step_run_id: step['id'], name, place: next, artifact_version_id, ...(await origin(name, artifact_version_id, place)) })
      .execute();
  }
};
