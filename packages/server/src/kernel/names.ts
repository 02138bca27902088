// Knows: how the names of declarations stand in SQL. Names come from declarations only, never from a request, and are made once.
import { sql, type RawBuilder } from 'kysely';

const NAME = /^[a-z_][a-z0-9_]*$/;
const made = new Map<string, RawBuilder<unknown>>();

const once = (key: string, names: readonly string[]): RawBuilder<unknown> => {
  const known = made.get(key);
  if (known !== undefined) return known;
  const odd = names.find((name) => !NAME.test(name));
  if (odd !== undefined) throw new Error(`'${odd}' is no name for a table or column`);
  const fresh = sql.raw(names.map((name) => `"${name}"`).join('.'));
  made.set(key, fresh);
  return fresh;
};

/** `"t"."name"`. Throws on what is no plain lower-case name. */
export const column = (t: string, name: string): RawBuilder<unknown> => once(`${t}.${name}`, [t, name]);
/** `"name"`, of a table, an alias or a result column. Throws on what is no plain lower-case name. */
export const named = (name: string): RawBuilder<unknown> => once(name, [name]);
/** Several columns of one alias under their own names, as one piece. */
export const columns = (t: string, names: readonly string[]): RawBuilder<unknown> => {
  const key = `${t}: ${names.join()}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  for (const name of names) column(t, name);
  const fresh = sql.raw(names.map((name) => `"${t}"."${name}" as "${name}"`).join(', '));
  made.set(key, fresh);
  return fresh;
};
