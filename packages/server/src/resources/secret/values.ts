// Knows: how the values of a secret are kept, changed and shown.
import { sql } from 'kysely';
import { newId, type Context, type Place } from '../../kernel/context.ts';
import { find } from '../../kernel/find.ts';
import { flag } from '../../kernel/query.ts';
import type { Shown, Values } from '../../kernel/resource.ts';
import { visible } from '../../kernel/visible.ts';

type Pairs = Readonly<Record<string, string>>;
const place = (id: string): Place => ({ table: 'secret', column: 'values', id });
const openValues = (ctx: Context, row: Values): Pairs => JSON.parse(ctx.sealing.open(place(row['id']), row['values'])) as Pairs;
const kept = (given: Readonly<Record<string, string | null>> | null | undefined): Pairs =>
  Object.fromEntries(Object.entries(given ?? {}).filter((pair): pair is [string, string] => pair[1] !== null));
const sealed = (ctx: Context, id: string, values: Pairs): Promise<string> => ctx.sealing.seal(ctx, place(id), JSON.stringify(values));

const asks = (ctx: Context, name: string): boolean => {
  const asked = ctx.asked?.[name];
  return flag(name, typeof asked === 'string' ? asked : asked?.at(-1), false);
};

/** What is stored of a new secret: its values sealed, those that are null left out. */
export const makeSecret = async (ctx: Context, input: Values): Promise<Values> => {
  const id = newId();
  return { id, values: await sealed(ctx, id, kept(input['values'])) };
};

/** What changes: values replace the old ones all together, or one by one with `patch_values`. */
export const changeSecret = async (ctx: Context, row: Values, input: Values): Promise<Values> => {
  const given = input['values'] as Readonly<Record<string, string | null>> | undefined;
  // The input stands under the column's own name and must not be stored as it is.
  if (given === undefined) return {};
  const before = asks(ctx, 'patch_values') ? openValues(ctx, row) : {};
  const gone = Object.keys(given).filter((key) => given[key] === null);
  const merged = Object.fromEntries(Object.entries({ ...before, ...kept(given) }).filter(([key]) => !gone.includes(key)));
  return { values: await sealed(ctx, row['id'], merged) };
};

/**
 * The values of one secret: the keys for everybody who sees it, the values for those who may read them (null for others). With
 * `keys_only` nobody gets values: a page that shows what there is has no use for them.
 */
export const shownValues = async (ctx: Context, rows: readonly Values[], how: Shown): Promise<ReadonlyMap<string, unknown>> => {
  const shown = new Map<string, unknown>();
  if (how !== 'alone') return shown;
  for (const row of rows) {
    const values = openValues(ctx, row);
    const mayRead = !asks(ctx, 'keys_only') && (await find(ctx, ctx.registry.get('secret'), row['id'], 'read_secret_value', ['id'])) !== null;
    shown.set(row['id'], mayRead ? values : Object.fromEntries(Object.keys(values).map((key) => [key, null])));
  }
  return shown;
};

/**
 * The values of the secret of this name that the caller may read: his own private one before the one of everybody, as clients look for it.
 * Null where there is none, or none that he may read.
 */
export const valuesNamed = async (ctx: Context, name: string): Promise<{ readonly id: string; readonly values: Pairs } | null> => {
  const secret = ctx.registry.get('secret');
  const { rows } = await sql<Values>`select t.id, ${sql.ref('t.values')} from secret as t where t.name = ${name} and ${visible(ctx, secret, 'read_secret_value', 't')}
    order by case when t.user_id = ${ctx.actor.id} and t.private = 1 then 0 else 1 end, t.private, t.created, t.id`.execute(ctx.db);
  return rows[0] === undefined ? null : { id: rows[0]['id'], values: openValues(ctx, rows[0]) };
};
