// Knows: which thing of another server became which thing here. Most keep their id; what was here already under its name has another one.
import type { Context } from '../kernel/context.ts';
import { find } from '../kernel/find.ts';

export interface Known {
  readonly local_id: string;
  /** When the thing was last changed over there, as it was taken. */
  readonly updated: string;
}

/** What became of a thing in an earlier batch; null where it has not been taken. */
export const known = async (ctx: Context, source: string, type: string, foreign_id: string): Promise<Known | null> =>
  ((await ctx.db
    .selectFrom('imported')
    .select(['local_id', 'updated'])
    .where('source_id', '=', source)
    .where('type', '=', type)
    .where('foreign_id', '=', foreign_id)
    .executeTakeFirst()) as Known | undefined) ?? null;

/** Notes what became of a thing. */
export const keep = async (ctx: Context, source: string, type: string, foreign_id: string, entry: Known): Promise<void> => {
  await ctx.db
    .insertInto('imported')
    .values({ source_id: source, type, foreign_id, ...entry })
    .onConflict((conflict) => conflict.columns(['source_id', 'type', 'foreign_id']).doUpdateSet({ ...entry }))
    .execute();
};

/** The types under which a thing that is referred to may have been taken: an account is a user or a service account. */
const TYPES: Readonly<Record<string, readonly string[]>> = { account: ['user', 'service_account'] };

/**
 * The id here of what another thing refers to; null where it is not here, or not for the caller to see. What refers to its own kind (a
 * run to the run it repeats) may come later: `later` keeps such an id.
 */
export const mappedId = async (ctx: Context, source: string, type: string, foreign_id: string, later = false): Promise<string | null> => {
  let id = foreign_id;
  for (const one of TYPES[type] ?? [type]) id = (await known(ctx, source, one, foreign_id))?.local_id ?? id;
  const resource = ctx.registry.get(type);
  if ((await find(ctx, resource, id, 'read', ['id'])) !== null) return id;
  return later ? id : null;
};

/** How far reading a list of the other server has come, by the name of the list. */
export const cursors = async (ctx: Context, source: string): Promise<Readonly<Record<string, string>>> => {
  const rows = await ctx.db.selectFrom('import_cursor').select(['list', 'at']).where('source_id', '=', source).execute();
  return Object.fromEntries(rows.map((row) => [row['list'], row['at']]));
};

/** Notes that everything of a list that changed before `at` has been taken. */
export const advance = async (ctx: Context, source: string, list: string, at: string): Promise<void> => {
  await ctx.db
    .insertInto('import_cursor')
    .values({ source_id: source, list, at })
    .onConflict((conflict) => conflict.columns(['source_id', 'list']).doUpdateSet({ at }))
    .execute();
};
