// Stacks in files, in the form that `zenml stack export` writes. Whoever uses this brings the library that speaks YAML.

/** A component as it stands in such a file. */
export type FilePart = {
  readonly type: string;
  readonly name: string;
  readonly flavor: string;
  readonly configuration: Readonly<Record<string, unknown>>;
};
export type StackFile = { readonly name: string; readonly version: string; readonly parts: readonly FilePart[] };

type Whole = {
  readonly id: string;
  readonly name: string;
  readonly body: { readonly flavor_name: string } | null;
  readonly metadata?: { readonly configuration?: Readonly<Record<string, unknown>> } | null;
};

/**
 * The document of a stack. `ids` are its components by type, in the order in which they are to stand; `whole` are those of
 * them that one may see, read with their configuration. The others are left out.
 */
export const toFile = (
  name: string,
  ids: readonly (readonly [type: string, id: string])[],
  whole: readonly Whole[],
  version: string,
): object => {
  const components: Record<string, FilePart[]> = {};
  for (const [type, id] of ids) {
    const one = whole.find((other) => other.id === id);
    if (!one?.body) continue;
    const configuration = one.metadata?.configuration ?? {};
    (components[type] ??= []).push({ name: one.name, type, flavor: one.body.flavor_name, configuration });
  }
  return { stack_name: name, components, zenml_version: version };
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const word = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

/** How whoever reads a file says what is wrong with it. */
export type Faults = {
  readonly noStack: string;
  readonly noType: (type: string) => string;
  readonly nameless: (type: string) => string;
};

/**
 * Reads such a document, also an older one in which a type has a component instead of a list; `types` are those that there
 * are. What it does not say is ''. Throws Error in the words of `faults`.
 */
export const fromFile = (document: unknown, types: readonly string[], faults: Faults): StackFile => {
  if (!isObject(document) || !isObject(document.components)) throw new Error(faults.noStack);
  const parts = Object.entries(document.components).flatMap(([type, given]) => {
    if (!types.includes(type)) throw new Error(faults.noType(type));
    return [given].flat().map((one: unknown): FilePart => {
      if (!isObject(one) || typeof one.name !== 'string' || typeof one.flavor !== 'string')
        throw new Error(faults.nameless(type));
      return {
        type,
        name: one.name,
        flavor: one.flavor,
        configuration: isObject(one.configuration) ? one.configuration : {},
      };
    });
  });
  return { name: word(document.stack_name), version: word(document.zenml_version), parts };
};

const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered);
  if (!isObject(value)) return value;
  const keys = Object.keys(value).toSorted();
  return Object.fromEntries(keys.map((key) => [key, ordered(value[key])]));
};
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
type Scalar = { readonly tag: string; readonly test?: RegExp; readonly format?: string };
/** Reads as PyYAML does, with which the Python client writes. */
export const reading = {
  version: '1.1' as const,
  customTags: <Tag>(tags: Tag[]): Tag[] =>
    tags.map((tag) => {
      const { tag: name = '', test, format } = tag as Partial<Scalar>;
      if (!test) return tag;
      const narrower = name.endsWith(':bool')
        ? plainer[String(test.test('true'))]
        : format === 'EXP'
          ? plainer.EXP
          : undefined;
      return narrower ? { ...tag, test: narrower } : tag;
    }),
};
