import type { Component, Stack } from '../components/types.ts';
import { componentTypes } from '../components/words.ts';
import { componentsOf } from './parts.ts';
import type { Tags } from 'yaml';

/** A component as it stands in a file of `zenml stack export`. */
export interface FilePart {
  readonly type: string;
  readonly name: string;
  readonly flavor: string;
  readonly configuration: Readonly<Record<string, unknown>>;
}
export interface StackFile {
  readonly name: string;
  readonly version: string | null;
  readonly parts: readonly FilePart[];
}

/** The document that `zenml stack import` reads. Components must have been read with their configuration. */
export const toFile = (stack: Stack, whole: readonly Component[], version: string): object => {
  const components: Record<string, object[]> = {};
  for (const [type, { id }] of componentsOf(stack)) {
    const one = whole.find((other) => other.id === id);
    if (!one?.body) continue;
    const part = {
      name: one.name,
      type,
      flavor: one.body.flavor_name,
      configuration: one.metadata?.configuration ?? {},
    };
    components[type] = [...(components[type] ?? []), part];
  }
  return { stack_name: stack.name, components, zenml_version: version };
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads such a document, also an older one in which a type has a component instead of a list. Throws Error in words. */
export const fromFile = (document: unknown): StackFile => {
  if (!isObject(document) || !isObject(document.components))
    throw new Error('This is no exported stack: it has no “components”.');
  const parts = Object.entries(document.components).flatMap(([type, given]) => {
    if (!componentTypes.includes(type)) throw new Error(`“${type}” is no type of component.`);
    return [given].flat().map((one: unknown): FilePart => {
      if (!isObject(one) || typeof one.name !== 'string' || typeof one.flavor !== 'string')
        throw new Error(`A component under “${type}” has no name or no flavor.`);
      return {
        type,
        name: one.name,
        flavor: one.flavor,
        configuration: isObject(one.configuration) ? one.configuration : {},
      };
    });
  });
  const { stack_name: name, zenml_version: version } = document;
  return {
    name: typeof name === 'string' ? name : '',
    version: typeof version === 'string' ? version : null,
    parts,
  };
};

const ordered = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(ordered)
    : isObject(value)
      ? Object.fromEntries(
          Object.entries(value)
            .toSorted(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, inner]) => [key, ordered(inner)]),
        )
      : value;

/** Whether two configurations say the same, whatever the order of their keys. */
export const sameConfiguration = (a: unknown, b: unknown): boolean =>
  JSON.stringify(ordered(a ?? {})) === JSON.stringify(ordered(b ?? {}));

/** Quoted so that readers of YAML 1.1 and 1.2 see the same text, whatever it looks like. */
export const writing = { compat: 'yaml-1.1', defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' } as const;

// What PyYAML writes without quotes it reads as text: `n`, `1e3`. YAML 1.1 itself would not.
const plainer: Readonly<Record<string, RegExp>> = {
  true: /^(?:[Yy]es|YES|[Tt]rue|TRUE|[Oo]n|ON)$/,
  false: /^(?:[Nn]o|NO|[Ff]alse|FALSE|[Oo]ff|OFF)$/,
  EXP: /^[-+]?[0-9][0-9_]*\.[0-9_]*[eE][-+][0-9]+$/,
};
/** Reads as PyYAML does, with which the Python client writes. */
export const reading = {
  version: '1.1' as const,
  customTags: (tags: Tags): Tags =>
    tags.map((tag) => {
      if (typeof tag === 'string' || !('test' in tag) || !tag.test) return tag;
      const test = tag.tag.endsWith(':bool')
        ? plainer[String(tag.test.test('true'))]
        : tag.format === 'EXP'
          ? plainer.EXP
          : undefined;
      return test ? { ...tag, test } : tag;
    }),
};
