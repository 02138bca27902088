// Rows for tests, made from the declarations. A resource needs a hint here only where its columns do not say enough.
import { newId } from '../kernel/context.ts';
import type { Field } from '../kernel/field.ts';
import type { Registry } from '../kernel/registry.ts';
import type { Resource, Values } from '../kernel/resource.ts';
import { encrypt, keyOf } from '../services/sealing.ts';

export const NOW = '2026-11-23T12:00:00.000000';
export const PAST = '2026-11-22T12:00:00.000000';
export const FUTURE = '2026-11-24T12:00:00.000000';

/** The key of all tests, so that rows which are made up can hold sealed columns. */
export const TEST_KEY = Buffer.alloc(32, 7);

/** Columns whose value does not follow from the declaration; `row` is what has been made so far; what a test gives wins. */
const HINTS: Readonly<Record<string, (row: Values) => Values>> = {
  account: (row) => ({ is_service_account: 0, name_key: row['name'], status: 'active' }),
  user: (row) => ({ name_key: row['name'], status: 'active', description: '' }),
  service_account: (row) => ({ name_key: row['name'], status: 'active', user_metadata: '{}' }),
  role_assignment: (row) => ({ principal_id: row['user_id'] ?? row['team_id'] ?? row['members_of'], scope_key: `server ${newId()}` }),
  // Of no private run, unless a test says so.
  artifact_version: () => ({ private_run_id: null }),
  access_request: () => ({ target_type: 'nothing' }),
  device: () => ({ status: 'active' }),
  secret: (row) => ({ values: encrypt(keyOf(TEST_KEY), { table: 'secret', column: 'values', id: row['id'] }, '{"key":"value"}') }),
};

/** Columns that point to something although the declaration does not say to what. */
const POINTS: Readonly<Record<string, Readonly<Record<string, string>>>> = { invitation: { user_id: 'user' } };
/** The type of the things that a column points to. */
const pointsTo = (resource: Resource, column: string, field: Field): string | undefined =>
  (resource.access.parents ?? []).find((parent) => parent.by === column)?.type ?? field.ref ?? POINTS[resource.type]?.[column];

let count = 0;
/** A name that no other row has. */
export const unusedName = (type: string): string => `${type.replaceAll('_', '-')}-${(count += 1)}`;

const plain = (type: string, field: Field): unknown => {
  if (field.default !== undefined && field.default !== null)
    return typeof field.default === 'object' ? JSON.stringify(field.default) : typeof field.default === 'boolean' ? Number(field.default) : field.default;
  if (field.nullable) return null;
  switch (field.kind) {
    case 'text':
      return field.values?.[0] ?? unusedName(type).slice(0, field.max ?? 255);
    case 'uuid':
      return newId();
    case 'integer':
    case 'number':
      return field.min ?? 0;
    case 'boolean':
      return 0;
    case 'datetime':
      return PAST;
    case 'json':
      return '{}';
  }
};

/** The columns that a resource stores. */
export const storedFields = (resource: Resource): readonly (readonly [string, Field])[] =>
  Object.entries(resource.fields).filter(([, field]) => field.value === undefined);

/** The id of a row of this type that a column may point to; null where there is none. */
export type Pick = (type: string, column: string) => string | null;

/** A whole row of a resource. `given` wins; what points elsewhere is picked. Throws where nothing is there to point to. */
export const makeRow = (resource: Resource, given: Values = {}, pick: Pick = () => null): Values => {
  const row: Values = { id: newId(), ...resource.only };
  for (const [column, field] of storedFields(resource)) {
    if (column in given || column in row) continue;
    const target = pointsTo(resource, column, field);
    const picked = target === undefined ? undefined : pick(target, column);
    if (target !== undefined && picked === null && !field.nullable)
      throw new Error(`A ${resource.type} needs a ${target} in ${column}, and there is none; make one first`);
    row[column] = picked === undefined ? plain(resource.type, field) : picked;
  }
  const made = { ...row, ...given };
  return { ...made, ...HINTS[resource.type]?.(made), ...given };
};

/** What must exist before rows of a resource can: what its required columns point to. */
const before = (resource: Resource): readonly string[] => storedFields(resource).flatMap(([column, field]) => pointsTo(resource, column, field) ?? []);

/** Resources in an order in which each comes after those that it points to; faces of one table stand together. */
export const inOrder = (registry: Registry): readonly Resource[] => {
  const done: Resource[] = [];
  const open = new Set<string>();
  const visit = (resource: Resource): void => {
    if (done.includes(resource) || open.has(resource.type)) return;
    open.add(resource.type);
    for (const type of before(resource)) {
      const target = registry.get(type);
      for (const face of registry.resources.filter((other) => other.table === target.table)) visit(face);
    }
    done.push(resource);
  };
  registry.resources.forEach(visit);
  return done;
};
