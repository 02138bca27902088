import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { fromFile, reading, sameConfiguration, toFile, writing } from './stack-file.ts';

const component = (id: string, name: string, flavor: string, configuration: Record<string, unknown>) => ({
  id,
  name,
  body: { flavor_name: flavor },
  metadata: { configuration },
});

const parts = [
  component('1', 'default', 'local', {}),
  component('2', 'bucket', 's3', { path: 's3://a', client_kwargs: { region: 'eu', retries: 3 }, key: '{{aws.key}}' }),
  component('3', 'gpu', 'vertex', { region: 'on' }),
  component('4', 'cpu', 'vertex', { region: '1e3' }),
];
const ids = [
  ['orchestrator', '1'],
  ['artifact_store', '2'],
  ['step_operator', '3'],
  ['step_operator', '4'],
] as const;
const faults = {
  noStack: 'no “components”',
  noType: (type: string) => `“${type}” is no type`,
  nameless: (type: string) => `no name or no flavor under ${type}`,
};
const types = ['orchestrator', 'artifact_store', 'step_operator'];

test('a stack that was exported is read back as it was', () => {
  const text = stringify(toFile('mine', ids, parts, '0.98.0'), writing);
  expect(text).toContain('region: "on"');
  expect(parse(text)).toMatchObject({
    stack_name: 'mine',
    zenml_version: '0.98.0',
    components: { orchestrator: [{ name: 'default', type: 'orchestrator', flavor: 'local', configuration: {} }] },
  });
  const file = fromFile(parse(text), types, faults);
  expect(file).toMatchObject({ name: 'mine', version: '0.98.0' });
  expect(file.parts.map((part) => [part.type, part.name, part.flavor])).toEqual([
    ['orchestrator', 'default', 'local'],
    ['artifact_store', 'bucket', 's3'],
    ['step_operator', 'gpu', 'vertex'],
    ['step_operator', 'cpu', 'vertex'],
  ]);
  expect(file.parts.map((part) => part.configuration)).toEqual(parts.map((part) => part.metadata?.configuration));
});

test('texts that look like something else are texts for PyYAML and come back from it as they were', () => {
  const odd = ['1e3', '012', 'yes', '0o14', '=', '<<', '', 'null', '1:30', '{{a.b}}', 'a: b', '2001-01-01'];
  expect(parse(stringify({ odd, n: true }, writing), reading)).toEqual({ odd, n: true });
  expect(parse(stringify({ odd }, writing))).toEqual({ odd });
  // As PyYAML writes them.
  const written = "n: y\nodd:\n- 1e3\n- '012'\n- 'yes'\n- 0o14\n- '1_000'\n- 1.5\n- 1.0e+3\n- off\n- null\n";
  expect(parse(written, reading)).toEqual({
    n: 'y',
    odd: ['1e3', '012', 'yes', '0o14', '1_000', 1.5, 1000, false, null],
  });
});

test('what one may not see is not exported', () => {
  expect(toFile('mine', ids, parts.slice(0, 1), '0.98.0')).toEqual({
    stack_name: 'mine',
    zenml_version: '0.98.0',
    components: { orchestrator: [{ name: 'default', type: 'orchestrator', flavor: 'local', configuration: {} }] },
  });
});

test('older files with one component a type are read too', () => {
  const text =
    'stack_name: old\ncomponents:\n  orchestrator:\n    name: a\n    flavor: local\n    configuration: null\n';
  expect(fromFile(parse(text), types, faults).parts).toEqual([
    { type: 'orchestrator', name: 'a', flavor: 'local', configuration: {} },
  ]);
});

test.each([
  ['hello', /no “components”/],
  ['components:\n  orchestrators: []', /“orchestrators” is no type/],
  ['components:\n  orchestrator:\n    - name: a', /no name or no flavor/],
])('what is no exported stack is told: %s', (text, words) => {
  expect(() => fromFile(parse(text), types, faults)).toThrow(words);
});

test('the order of keys makes no difference', () => {
  expect(sameConfiguration({ a: 1, b: { c: 2, d: [3] } }, { b: { d: [3], c: 2 }, a: 1 })).toBe(true);
  expect(sameConfiguration({ a: 1 }, { a: '1' })).toBe(false);
  expect(sameConfiguration(null, {})).toBe(true);
});
