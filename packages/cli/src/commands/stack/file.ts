// Stacks in files, in the form that `zenml stack export` writes.
import type { Component, Stack } from './things.ts';
import { typeNames } from './types.ts';
import type { Tags } from 'yaml';

export interface FilePart {
  readonly type: string;
  readonly name: string;
  readonly flavor: string;
  readonly configuration: Readonly<Record<string, unknown>>;
}

/** The document of a stack; components must have been read with their configuration. */
export const toFile = (stack: Stack, whole: readonly Component[], version: string): object => {
  const of = (one: Component) => {
    const { body, metadata, name } = whole.find(({ id }) => id === one.id) ?? one;
    return body
      ? [{ name, type: body.type, flavor: body.flavor_name, configuration: metadata?.configuration ?? {} }]
      : [];
  };
  const components = Object.entries(stack.metadata?.components ?? {}).map(
    ([type, list]) => [type, list.flatMap(of)] as const,
  );
  return {
    stack_name: stack.name,
    components: Object.fromEntries(components.filter(([, list]) => list.length > 0)),
    zenml_version: version,
  };
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads a document, also an older one in which a type has one component instead of a list. Throws Error in words. */
export const fromFile = (document: unknown): { name: string; version: string; parts: readonly FilePart[] } => {
  if (!isObject(document) || !isObject(document.components))
    throw new Error("it is no exported stack: 'components' is missing");
  const parts = Object.entries(document.components).flatMap(([type, given]) => {
    if (!(typeNames as readonly string[]).includes(type)) throw new Error(`'${type}' is no type of component`);
    return [given].flat().map((one: unknown): FilePart => {
      if (!isObject(one) || typeof one.name !== 'string' || typeof one.flavor !== 'string')
        throw new Error(`a component under '${type}' has no name or no flavor`);
      return {
        type,
        name: one.name,
        flavor: one.flavor,
        configuration: isObject(one.configuration) ? one.configuration : {},
      };
    });
  });
  return { name: String(document.stack_name ?? ''), version: String(document.zenml_version ?? ''), parts };
};

const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered);
  if (!isObject(value)) return value;
  const keys = Object.keys(value).toSorted();
  return Object.fromEntries(keys.map((key) => [key, ordered(value[key])]));
};
/** Whether two configurations say the same. */
export const same = (a: unknown, b: unknown): boolean =>
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
