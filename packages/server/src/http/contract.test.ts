// Our interface beside that of the genuine server: every difference has a name in compat/differences.json, and must stay true.
// `UPDATE_CONTRACT=1` writes the list anew; what it then says is read before it is committed.
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { factOf, type Fact, type Schema } from '../../../../scripts/contract.ts';
import { registryAlone } from '../describe.ts';
import { openApiOf } from './openapi.ts';

type Facts = Readonly<Record<string, Fact>>;
type Model = Readonly<Partial<Record<'fields' | 'body' | 'metadata' | 'resources', Facts>>>;
interface Contract {
  readonly operations: Record<string, { query: string[]; body: string | null; answer: string | null }>;
  readonly models: Record<string, Model>;
}

const KINDS = ['operations_not_spoken', 'inputs_not_taken', 'inputs_otherwise', 'filters_not_known', 'answers_without', 'answers_otherwise'] as const;
type Differences = Record<(typeof KINDS)[number], string[]>;

const folder = new URL('../../../../compat/', import.meta.url);
const contract = JSON.parse(readFileSync(new URL('contract-0.98.json', folder), 'utf8')) as Contract;
const document = openApiOf(registryAlone()) as any;
const schemas = document.components.schemas as Record<string, Schema>;

const generic = (path: string): string => path.replace(/\{\w+\}/g, '{}');
const ours = new Map<string, any>(
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods as object).map(([method, operation]) => [`${method.toUpperCase()} ${generic(path.replace('/api/v1', ''))}`, operation] as const),
  ),
);

const property = (schema: any, name: string): any => schema?.properties?.[name]?.anyOf?.[0] ?? schema?.properties?.[name];
const bodyOf = (operation: any): any => Object.values<any>(operation.requestBody?.content ?? {})[0]?.schema;
const schemaOf = (operation: any): any => {
  const name = operation.responses[200].content['application/json'].schema.$ref?.split('/').at(-1);
  const schema = schemas[name];
  const item = schema?.['properties']?.items?.items?.$ref?.split('/').at(-1);
  return item === undefined ? schema : schemas[item];
};

const read = ([, type, values]: Fact) => ({ types: type.replace('?', '').split('|'), empty: type.endsWith('?') || type === 'null', values: values ?? null });
/** A name may stand where an id stands, a whole number where any number may, and anything fits `any`. */
const fits = (type: string, into: readonly string[]): boolean =>
  into.includes('any') ||
  type === 'any' ||
  into.includes(type) ||
  (type === 'integer' && into.includes('number')) ||
  (['uuid', 'date-time'].includes(type) && into.includes('string'));

/** How what is given differs from what is expected; nothing where all that is given is expected. */
const beyond = (given: Fact, expected: Fact, empty: boolean): string[] => {
  const [from, into] = [read(given), read(expected)];
  const strange = from.types.filter((type) => !fits(type, into.types));
  const words =
    into.values === null || from.types.includes('any') ? [] : from.values === null ? ['any text'] : from.values.filter((value) => !into.values!.includes(value));
  return [
    ...(strange.length > 0 ? [`${strange.join('|')}, not ${into.types.join('|')}`] : []),
    ...(empty && from.empty && !into.empty && !into.types.includes('any') ? ['null'] : []),
    ...(words.length > 0 ? [`the words ${words.join(', ')}`] : []),
  ];
};

const answersOf = (name: string, wanted: Model, schema: any, found: Differences): void => {
  for (const tier of ['body', 'metadata', 'resources'] as const) {
    const part = property(schema, tier);
    for (const [field, theirs] of Object.entries(wanted[tier] ?? {})) {
      const shown = part?.properties?.[field] as Schema | undefined;
      if (shown === undefined) continue;
      const here = beyond(factOf(schemas, shown, true), theirs, true);
      if (here.length > 0) found.answers_otherwise.push(`${name} ${tier}.${field}: may be ${here.join('; ')}`);
    }
  }
};

const inputsOf = (name: string, wanted: Model, schema: any, found: Differences): void => {
  const input = (schema?.properties ?? {}) as Record<string, Schema>;
  for (const [field, theirs] of Object.entries(wanted.fields ?? {})) {
    if (input[field] === undefined) continue;
    const here = beyond(theirs, factOf(schemas, input[field], false), theirs[0] === 0);
    if ((schema.required ?? []).includes(field) && theirs[0] === 0) here.push('left out');
    if (here.length > 0) found.inputs_otherwise.push(`${name} ${field}: may not be ${here.join('; ')}`);
  }
};

const differences = (): Differences => {
  const found = Object.fromEntries(KINDS.map((kind) => [kind, [] as string[]])) as Differences;
  for (const [name, wanted] of Object.entries(contract.operations)) {
    const have = ours.get(generic(name));
    if (have === undefined) {
      if (!/^GET \/(health|ready)?$/.test(name) && !name.startsWith('HEAD')) found.operations_not_spoken.push(name);
      continue;
    }
    const body = bodyOf(have);
    const free = body?.additionalProperties !== false;
    const model = wanted.body === null ? undefined : contract.models[wanted.body];
    for (const field of Object.keys(model?.fields ?? {})) if (!free && !(field in (body?.properties ?? {}))) found.inputs_not_taken.push(`${name}: ${field}`);
    // A form says nothing where JSON says null.
    const form = have.requestBody?.content?.['application/json'] === undefined;
    if (model !== undefined && body !== undefined && !form) inputsOf(name, model, body, found);
    const parameters = new Set((have.parameters as { name: string; in: string }[]).map((parameter) => parameter.name));
    if (parameters.has('sort_by')) for (const query of wanted.query) if (!parameters.has(query)) found.filters_not_known.push(`${name}: ${query}`);
    const answer = contract.models[(wanted.answer ?? '').replace(/^Page_(.*)_$/, '$1')];
    const schema = schemaOf(have);
    if (answer === undefined || schema === undefined) continue;
    for (const tier of ['body', 'metadata', 'resources'] as const) {
      const shown = property(schema, tier)?.properties ?? {};
      for (const field of Object.keys(answer[tier] ?? {})) if (!(field in shown)) found.answers_without.push(`${name}: ${tier}.${field}`);
    }
    answersOf(name, answer, schema, found);
  }
  // The same thing is told once, whichever of its operations shows it.
  const once = new Map(found.answers_otherwise.map((line) => [line.replace(/^\w+ \S+ /, `${line.split('/')[1]?.split(' ')[0]} `), line]));
  return { ...found, answers_otherwise: [...once.keys()].sort() };
};

test('every difference to the genuine interface is named, and every named one is true', () => {
  const found = differences();
  const file = new URL('differences.json', folder);
  if (process.env['UPDATE_CONTRACT'] === '1') writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`);
  const named = JSON.parse(readFileSync(file, 'utf8')) as Differences;
  expect(found).toEqual(named);
  console.log(`${Object.keys(contract.operations).length - found.operations_not_spoken.length} of ${Object.keys(contract.operations).length} operations are spoken`);
});
