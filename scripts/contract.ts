// Condenses the interface of the genuine server into compat/contract-0.98.json: operations, and of each model its fields with
// type, whether they must be there, and the words they may hold. Run with the path of the OpenAPI document that it publishes.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/paths.ts';

export type Schema = Readonly<Record<string, any>>;
/** 1: must be there; the type, `?` where null may stand in its place; the words of an enumeration. */
export type Fact = readonly [required: 0 | 1, type: string, values?: readonly string[]];

const TIERS = ['body', 'metadata', 'resources'] as const;
const named = (schema: Schema | undefined): string | undefined => schema?.['$ref']?.split('/').at(-1);
/** The first model that a schema names: itself, one of several, or what a list holds. */
const firstNamed = (schema: Schema | undefined): string | undefined =>
  schema === undefined
    ? undefined
    : (named(schema) ??
      ((schema['anyOf'] ?? schema['oneOf'] ?? (schema['items'] === undefined ? [] : [schema['items']])) as Schema[])
        .map(firstNamed)
        .find((name) => name !== undefined));

/** The facts of one schema as far as they can be compared; `models` resolves references. */
export const factOf = (models: Readonly<Record<string, Schema>>, given: Schema, required: boolean): Fact => {
  const flat = (schema: Schema, depth = 0): { types: string[]; values: string[] | null } => {
    const target = named(schema);
    if (target !== undefined)
      return depth > 5 || models[target] === undefined
        ? { types: ['object'], values: null }
        : flat(models[target], depth + 1);
    const options = (schema['anyOf'] ?? schema['oneOf']) as readonly Schema[] | undefined;
    if (options !== undefined) {
      const parts = options.map((one) => flat(one, depth + 1));
      const worded = parts.filter((part) => part.types.join() !== 'null');
      return { types: parts.flatMap((part) => part.types), values: worded.length === 1 ? worded[0]!.values : null };
    }
    const values =
      (schema['enum'] as unknown[] | undefined)?.filter((value): value is string => typeof value === 'string') ??
      (typeof schema['const'] === 'string' ? [schema['const']] : null);
    const types = [schema['type'] ?? (values === null ? 'any' : 'string')].flat() as string[];
    // Our moments have no zone: a pattern tells them, where the genuine document says date-time.
    const kind = (schema['pattern'] as string | undefined)?.startsWith('^\\d{4}-') ? 'date-time' : schema['format'];
    return {
      types: types.map((type) => (type === 'string' && (kind === 'uuid' || kind === 'date-time') ? kind : type)),
      values,
    };
  };
  const { types, values } = flat(given);
  const type = [...new Set(types.filter((one) => one !== 'null'))].sort().join('|') || 'null';
  return [
    required ? 1 : 0,
    `${type}${types.includes('null') ? '?' : ''}`,
    ...(values === null ? [] : [[...new Set(values)].sort()]),
  ] as unknown as Fact;
};

const factsOf = (models: Readonly<Record<string, Schema>>, schema: Schema | undefined): Record<string, Fact> | null =>
  schema?.['properties'] === undefined
    ? null
    : Object.fromEntries(
        Object.entries(schema['properties'] as Record<string, Schema>)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, field]) => [name, factOf(models, field, (schema['required'] ?? []).includes(name))]),
      );

/** What is compared of a document. */
export const condense = (document: Schema): unknown => {
  const models = document['components'].schemas as Record<string, Schema>;
  const wanted = new Set<string>();
  const keep = (name: string | undefined): string | null => {
    if (name === undefined) return null;
    wanted.add(name.replace(/^Page_(.*)_$/, '$1'));
    return name;
  };
  const operations = Object.entries(document['paths'] as Record<string, Record<string, Schema>>).flatMap(
    ([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => {
        const query = ((operation['parameters'] ?? []) as Schema[])
          .filter((one) => one['in'] === 'query')
          .map((one) => one['name'] as string);
        const content = (of: Schema | undefined) =>
          Object.values<Schema>(of?.['content'] ?? {})[0]?.['schema'] as Schema | undefined;
        const body = content(operation['requestBody']);
        return [
          `${method.toUpperCase()} ${path.replace('/api/v1', '')}`,
          {
            query: query.sort(),
            body: keep(firstNamed(body)),
            answer: keep(firstNamed(content(operation['responses']?.['200']))),
          },
        ] as const;
      }),
  );
  const shapes = [...wanted].sort().flatMap((name) => {
    const fields = factsOf(models, models[name]);
    if (fields === null) return [];
    const tiers = TIERS.flatMap((tier) => {
      const part = models[name]!['properties'][tier] as Schema | undefined;
      const target = firstNamed(part);
      const facts = target === undefined ? null : factsOf(models, models[target]);
      return facts === null ? [] : [[tier, facts] as const];
    });
    return [[name, { fields, ...Object.fromEntries(tiers) }] as const];
  });
  return {
    models: Object.fromEntries(shapes),
    operations: Object.fromEntries(operations.sort(([a], [b]) => (a < b ? -1 : 1))),
  };
};

if (import.meta.main) {
  const [from] = process.argv.slice(2);
  if (from === undefined)
    throw new Error('Name the OpenAPI document of a genuine server: node scripts/contract.ts FILE');
  writeFileSync(
    join(root, 'compat', 'contract-0.98.json'),
    `${JSON.stringify(condense(JSON.parse(readFileSync(from, 'utf8')) as Schema), null, 2)}\n`,
  );
}
