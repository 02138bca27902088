// Our interface beside that of the genuine server: every difference has a name in compat/differences.json, and must stay true.
// `UPDATE_CONTRACT=1` writes the list anew; what it then says is read before it is committed.
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { registryAlone } from '../describe.ts';
import { openApiOf } from './openapi.ts';

interface Model {
  readonly fields: Record<string, number> | null;
  readonly body?: Record<string, number>;
  readonly metadata?: Record<string, number>;
  readonly resources?: Record<string, number>;
}
interface Contract {
  readonly operations: Record<string, { query: string[]; body: string | null; answer: string | null }>;
  readonly models: Record<string, Model>;
}
interface Differences {
  readonly operations_not_spoken: string[];
  readonly inputs_not_taken: string[];
  readonly filters_not_known: string[];
  readonly answers_without: string[];
}

const folder = new URL('../../../../compat/', import.meta.url);
const contract = JSON.parse(readFileSync(new URL('contract-0.98.json', folder), 'utf8')) as Contract;
const document = openApiOf(registryAlone()) as any;

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
  const schema = document.components.schemas[name];
  const item = schema?.properties?.items?.items?.$ref?.split('/').at(-1);
  return item === undefined ? schema : document.components.schemas[item];
};

const differences = (): Differences => {
  const found = { operations_not_spoken: [] as string[], inputs_not_taken: [] as string[], filters_not_known: [] as string[], answers_without: [] as string[] };
  for (const [name, wanted] of Object.entries(contract.operations)) {
    const have = ours.get(generic(name));
    if (have === undefined) {
      if (!/^GET \/(health|ready)?$/.test(name) && !name.startsWith('HEAD')) found.operations_not_spoken.push(name);
      continue;
    }
    const input = bodyOf(have)?.properties ?? {};
    const free = bodyOf(have)?.additionalProperties !== false;
    const model = wanted.body === null ? undefined : contract.models[wanted.body];
    for (const field of Object.keys(model?.fields ?? {})) if (!free && !(field in input)) found.inputs_not_taken.push(`${name}: ${field}`);
    const parameters = new Set((have.parameters as { name: string; in: string }[]).map((parameter) => parameter.name));
    if (parameters.has('sort_by')) for (const query of wanted.query) if (!parameters.has(query)) found.filters_not_known.push(`${name}: ${query}`);
    const answer = contract.models[(wanted.answer ?? '').replace(/^Page_(.*)_$/, '$1')];
    const schema = schemaOf(have);
    if (answer === undefined || schema === undefined) continue;
    for (const tier of ['body', 'metadata', 'resources'] as const) {
      const shown = property(schema, tier)?.properties ?? {};
      for (const field of Object.keys(answer[tier] ?? {})) if (!(field in shown)) found.answers_without.push(`${name}: ${tier}.${field}`);
    }
  }
  return found;
};

test('every difference to the genuine interface is named, and every named one is true', () => {
  const found = differences();
  const file = new URL('differences.json', folder);
  if (process.env['UPDATE_CONTRACT'] === '1') writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`);
  const named = JSON.parse(readFileSync(file, 'utf8')) as Differences;
  expect(found).toEqual(named);
  console.log(`${Object.keys(contract.operations).length - found.operations_not_spoken.length} of ${Object.keys(contract.operations).length} operations are spoken`);
});
