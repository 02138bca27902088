// Stacks in files, in the form that `zenml stack export` writes.
import type { Component, Stack } from './things.ts';
import { typeNames } from './types.ts';

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
