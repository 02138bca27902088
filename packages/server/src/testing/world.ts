// A world as plain rows by table, in the order in which they can be inserted. Oracles read it; databases are filled from it.
import type { Values } from '../kernel/resource.ts';

export interface World {
  /** The moment at which everything is judged. */
  readonly now: string;
  readonly rows: ReadonlyMap<string, readonly Values[]>;
}

export const rowsOf = (world: World, table: string): readonly Values[] => world.rows.get(table) ?? [];

/** A row of a table by its id. */
export const rowById = (world: World, table: string, id: unknown): Values | undefined => {
  let index = indexes.get(world);
  if (index === undefined) indexes.set(world, (index = new Map()));
  let rows = index.get(table);
  if (rows === undefined) index.set(table, (rows = new Map(rowsOf(world, table).map((row) => [row['id'], row]))));
  return rows.get(id);
};
const indexes = new WeakMap<World, Map<string, Map<unknown, Values>>>();

/** The rows of a table that belong to a resource: several may share one table. */
export const thingsOf = (world: World, resource: { readonly table: string; readonly only?: Readonly<Record<string, unknown>> }): readonly Values[] =>
  rowsOf(world, resource.table).filter((row) => Object.entries(resource.only ?? {}).every(([column, value]) => row[column] === value));
