// Knows: how a stored row becomes the wire's envelope (wire.md 8). Must not know: any resource.
import type { Field } from './field.ts';
import { parseJson } from './json.ts';
import type { Resource, Values } from './resource.ts';

export interface Envelope {
  readonly id: string;
  readonly name?: string | null;
  readonly permission_denied: boolean;
  readonly body: Values | null;
  readonly metadata: Values | null;
  readonly resources: Values | null;
  readonly may?: readonly string[];
}

const decode = (field: Field, value: unknown): unknown => {
  const decoded = value === null || value === undefined ? null : decodeValue(field, value);
  return field.present === undefined ? decoded : field.present(decoded);
};
const decodeValue = (field: Field, value: unknown): unknown => {
  if (field.kind === 'boolean') return Number(value) === 1;
  if (field.kind === 'json') return typeof value === 'string' ? parseJson(value) : value;
  if (field.kind === 'integer' || field.kind === 'number') return Number(value);
  return value;
};

/** A stored row as hooks, actions and presentation use it: booleans, numbers and documents in place of what SQL keeps. */
export const decodeRow = (resource: Resource, row: Values): Values => {
  const decoded: Values = {};
  for (const name in row) {
    const field = resource.fields[name];
    decoded[name] = field === undefined ? row[name] : decode(field, row[name]);
  }
  return decoded;
};

const tiers = new WeakMap<Resource, Readonly<Record<string, readonly string[]>>>();
/** The columns of each tier, found once for each resource. */
const tiersOf = (resource: Resource): Readonly<Record<string, readonly string[]>> => {
  const known =
    tiers.get(resource) ??
    Object.fromEntries(['top', 'body', 'metadata'].map((tier) => [tier, Object.keys(resource.fields).filter((name) => resource.fields[name]!.tier === tier)]));
  tiers.set(resource, known);
  return known;
};
const tier = (resource: Resource, row: Values, name: string): Values => {
  const shown: Values = {};
  for (const column of tiersOf(resource)[name]!) if (column in row) shown[column] = row[column];
  return shown;
};

/** The envelope of a decoded row. `related` holds what hydration found, by tier; `nested` things have a body only. */
export const present = (
  resource: Resource,
  row: Values,
  options: { hydrate: boolean; related?: Readonly<Record<string, Values>>; may?: readonly string[]; nested?: boolean },
): Envelope => ({
  id: row['id'] as string,
  ...tier(resource, row, 'top'),
  permission_denied: false,
  body: { ...tier(resource, row, 'body'), ...options.related?.['body'] },
  metadata: options.hydrate ? { ...tier(resource, row, 'metadata'), ...options.related?.['metadata'] } : null,
  resources: options.nested === true ? null : (options.related?.['resources'] ?? {}),
  ...(options.may === undefined ? {} : { may: options.may }),
});

/** What stands in place of a related thing that the caller may not read: its id and nothing else. */
export const shell = (resource: Resource, id: string): Envelope => ({
  id,
  ...(resource.fields['name']?.tier === 'top' ? { name: '' } : {}),
  permission_denied: true,
  body: null,
  metadata: null,
  resources: null,
});
