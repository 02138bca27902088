// Every schema that a flavor brings becomes a form, and what a form was filled with comes out of it as it went in.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fromDrafts, toDrafts } from './draft.ts';
import { fieldsOf, labelOf, type Kind, type Schema } from './kinds.ts';

interface Flavor {
  readonly name: string;
  readonly type: string;
  readonly config_schema: Schema;
}
const seeds = new URL('../../../../server/src/seeds/flavors.json', import.meta.url);
const flavors = JSON.parse(readFileSync(seeds, 'utf8')) as Flavor[];

/** Some value that fits a kind. */
const sample = (kind: Kind): unknown => {
  switch (kind.kind) {
    case 'text':
      return 'some text';
    case 'number':
      return kind.least ?? (kind.above === undefined ? 7 : kind.above + 1);
    case 'boolean':
      return false;
    case 'choice':
      return kind.options.at(-1);
    case 'object':
      return Object.fromEntries(kind.fields.map((field) => [field.name, sample(field.kind)]));
    case 'map':
      return { one: sample(kind.of), 'two/three': sample(kind.of) };
    case 'list':
      return [sample(kind.of), sample(kind.of)];
    case 'tuple':
      return kind.of.map(sample);
    case 'mixed':
      return kind.types.includes('string') ? '5' : kind.types.includes('boolean') ? true : [1];
    case 'json':
      return kind.of === 'array' ? [1, { a: null }] : { a: [1, 2.5], b: { c: 'd' } };
  }
};

test.each(flavors.map((flavor) => [`${flavor.type}/${flavor.name}`, flavor.config_schema] as const))(
  '%s',
  (_, schema) => {
    const specs = fieldsOf(schema);
    expect(specs.map((spec) => spec.name)).toEqual(Object.keys(schema.properties ?? {}));
    const full = Object.fromEntries(specs.map((spec) => [spec.name, sample(spec.kind)]));
    expect(fromDrafts(specs, toDrafts(specs, full))).toEqual({ values: full, problems: [] });
    const given = specs.filter((spec) => spec.fallback !== undefined && spec.name !== 'job_monitoring_delay');
    const defaults = Object.fromEntries(given.map((spec) => [spec.name, spec.fallback]));
    const optional = specs.map((spec) => ({ ...spec, required: false }));
    expect(fromDrafts(optional, toDrafts(specs, defaults))).toEqual({ values: defaults, problems: [] });
    const references = Object.fromEntries(specs.map((spec) => [spec.name, '{{cloud.key}}']));
    expect(fromDrafts(specs, toDrafts(specs, references))).toEqual({ values: references, problems: [] });
    const empty = fromDrafts(specs, {});
    expect(empty.values).toEqual({});
    expect(empty.problems.map((problem) => problem.path)).toEqual(
      specs.filter((spec) => spec.required).map((spec) => spec.name),
    );
  },
);

test('all kinds of fields occur, and no document has to be typed by hand', () => {
  const count: Record<string, number> = {};
  for (const flavor of flavors)
    for (const spec of fieldsOf(flavor.config_schema)) count[spec.kind.kind] = (count[spec.kind.kind] ?? 0) + 1;
  expect(Object.keys(count).toSorted()).toEqual([
    'boolean',
    'choice',
    'list',
    'map',
    'mixed',
    'number',
    'object',
    'text',
    'tuple',
  ]);
});

const only = (schema: Schema, required = false) =>
  fieldsOf({ type: 'object', properties: { it: schema }, required: required ? ['it'] : [] });
const said = (schema: Schema, draft: string): unknown => {
  const { values, problems } = fromDrafts(only(schema), { it: draft });
  return problems.length ? problems.map((problem) => `${problem.path}: ${problem.text}`).join() : values.it;
};
const nullable = (...anyOf: Schema[]): Schema => ({ anyOf: [...anyOf, { type: 'null' }] });

test.each<[string, Schema, string, unknown]>([
  ['a number', nullable({ type: 'integer' }), '80', 80],
  ['no number', { type: 'integer' }, 'eighty', 'it: “eighty” is no number.'],
  ['no whole number', { type: 'integer' }, '1.5', 'it: A whole number is needed.'],
  ['too small', { type: 'number', exclusiveMinimum: 0 }, '0', 'it: It must be more than 0.'],
  ['too large', { type: 'integer', minimum: 1, maximum: 9 }, '10', 'it: It must be 9 or less.'],
  ['several types: number', nullable({ type: 'integer' }, { type: 'string' }), '4', 4],
  ['several types: text', nullable({ type: 'integer' }, { type: 'string' }), '4+', '4+'],
  ['several types: text that looks like a number', nullable({ type: 'integer' }, { type: 'string' }), '"4"', '4'],
  ['several types: document', nullable({ type: 'string' }, { type: 'object' }), '{"a": 1}', { a: 1 }],
  [
    'several types: neither',
    { anyOf: [{ type: 'boolean' }, { type: 'array' }] },
    'yes',
    'it: This must be boolean or array.',
  ],
  ['anything: text', {}, 'a', 'it: This is not JSON.'],
  ['anything: a document', {}, '{"a": [1]}', { a: [1] }],
])('what is typed: %s', (_, schema, draft, expected) => {
  expect(said(schema, draft)).toEqual(expected);
});

test('what does not fit its field is kept and can be mended', () => {
  const specs = only(nullable({ type: 'array', items: { type: 'string' } }));
  const values = { it: { odd: true } };
  expect(toDrafts(specs, values).it).toEqual({ raw: '{\n  "odd": true\n}' });
  expect(fromDrafts(specs, toDrafts(specs, values)).values).toEqual(values);
});

test('a document of which nothing is said is a list of names with values of any type', () => {
  const specs = only({ type: 'object', additionalProperties: true });
  const values = {
    it: { text: 'a', number: 1, word: '1', flag: true, none: null, deep: { a: [1] }, list: [{}], empty: '' },
  };
  const drafts = toDrafts(specs, values);
  expect((drafts.it as { pairs: [string, unknown][] }).pairs.map(([, draft]) => draft)).toEqual([
    'a',
    '1',
    '"1"',
    'true',
    null,
    '{\n  "a": [\n    1\n  ]\n}',
    '[\n  {}\n]',
    '',
  ]);
  expect(fromDrafts(specs, drafts).values).toEqual(values);
});

test('names that are missing or there twice are told', () => {
  const specs = only({ type: 'object', additionalProperties: { type: 'string' } });
  const draft = {
    it: {
      pairs: [
        ['a', 'x'],
        ['a', 'y'],
        ['', 'z'],
      ] as const,
    },
  };
  expect(fromDrafts(specs, draft).problems.map((problem) => problem.text)).toEqual([
    '“a” is there twice.',
    'A name is needed.',
  ]);
});

test('references, unions and secrets are recognized', () => {
  const schema: Schema = {
    $defs: {
      Mode: { type: 'string', enum: ['a', 'b'] },
      Node: { type: 'object', properties: { next: { $ref: '#/$defs/Node' } } },
    },
    properties: {
      mode: nullable({ $ref: '#/$defs/Mode' }),
      all: { allOf: [{ $ref: '#/$defs/Mode' }], default: 'a' },
      types: { type: ['string', 'null'] },
      hidden: nullable({ type: 'string', format: 'password', writeOnly: true }),
      node: { $ref: '#/$defs/Node' },
    },
  };
  const [mode, all, types, hidden, node] = fieldsOf(schema);
  expect(mode).toMatchObject({ kind: { kind: 'choice', options: ['a', 'b'] }, nullable: true });
  expect(all).toMatchObject({ kind: { kind: 'choice' }, fallback: 'a' });
  expect(types).toMatchObject({ kind: { kind: 'text' }, nullable: true });
  expect(hidden).toMatchObject({ kind: { kind: 'text', secret: true }, secret: true });
  expect(node?.kind.kind).toBe('object');
});

test('labels', () => {
  expect(labelOf('s3_upload_url')).toBe('S3 upload URL');
  expect(labelOf('_x')).toBe('X');
});
