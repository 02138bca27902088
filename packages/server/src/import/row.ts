// Knows: how a thing as the wire shows it becomes a row, from the declaration alone. Must not know: any resource by name.
import type { Context } from '../kernel/context.ts';
import type { Field } from '../kernel/field.ts';
import { canonicalUuid } from '../kernel/filter.ts';
import { plainNumber } from '../kernel/json.ts';
import type { Resource, Values } from '../kernel/resource.ts';
import { canonicalDate } from '../kernel/validate.ts';
import { mappedId } from './mapped.ts';

/** What a thing cannot be without is not here: the sentence says what. */
export class Missing extends Error {}

/** A thing of the other server. */
export interface Thing {
  readonly id: string;
  readonly name?: string | null;
  readonly body?: Values | null;
  readonly metadata?: Values | null;
  readonly resources?: Values | null;
}

/** What the thing says for a column: under its own name, its name in requests, or as the id of a related thing. */
const saidFor = (resource: Resource, column: string, field: Field, thing: Thing): unknown => {
  const places = [thing as unknown as Values, thing.body, thing.metadata];
  for (const name of [column, field.input].filter((one) => one !== undefined))
    for (const place of places) {
      const value = place?.[name];
      if (value !== undefined && (field.kind !== 'uuid' || value === null || typeof value === 'string')) return value;
    }
  for (const [name, relation] of Object.entries(resource.relations ?? {}))
    if (relation.kind === 'one' && relation.by === column) {
      const related = thing[relation.tier]?.[name] as Values | null | undefined;
      if (related !== undefined) return related === null ? null : related['id'];
    }
  return undefined;
};

/** The stored form of a value. */
const stored = (name: string, field: Field, value: unknown): unknown => {
  if (value === null || value === undefined) return null;
  if (field.kind === 'json') return JSON.stringify(value);
  if (field.kind === 'boolean') return value === true ? 1 : 0;
  if (field.kind === 'datetime') return canonicalDate(name, String(value));
  if (field.kind === 'integer' || field.kind === 'number') return Number(plainNumber(value));
  const text = String(value);
  return field.max !== undefined && text.length > field.max ? text.slice(0, field.max) : text;
};

/**
 * The row that a thing becomes, under its own id, with its own dates and its owner. Throws Missing where something that it cannot
 * be without is not here.
 */
export const rowOf = async (ctx: Context, source: string, resource: Resource, thing: Thing): Promise<Values> => {
  const row: Values = { id: canonicalUuid(thing.id), ...resource.only };
  for (const [column, field] of Object.entries(resource.fields)) {
    if (field.value !== undefined || column in row) continue;
    const said = saidFor(resource, column, field, thing);
    if (field.ref !== undefined && typeof said === 'string') {
      const target = ctx.registry.get(field.ref);
      const id = await mappedId(ctx, source, field.ref, canonicalUuid(said) ?? said, field.ref === resource.type);
      if (id === null && !field.nullable) throw new Missing(`its ${target.label} is not here`);
      row[column] = id;
      continue;
    }
    const value = said === undefined || (said === null && !field.nullable) ? field.default : said;
    if ((value === undefined || value === null) && !field.nullable) {
      if (field.kind === 'json') row[column] = '{}';
      else if (field.kind === 'boolean') row[column] = 0;
      else if (field.kind === 'integer') row[column] = 0;
      else throw new Missing(`the other server does not say its ${column}`);
      continue;
    }
    row[column] = stored(column, field, value);
  }
  return row;
};
