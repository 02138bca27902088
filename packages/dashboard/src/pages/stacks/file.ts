import type { Component, Stack } from '../components/types.ts';
import { componentTypes } from '../components/words.ts';
import { componentsOf } from './parts.ts';

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
