// Knows: what a value means that was written as text. Command lines and scripts that cannot load a flavor send "80" for 80,
// "true" for true and JSON text for a document, and the Python code that reads a configuration takes all of them.

export type Schema = Readonly<Record<string, unknown>> & {
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
  readonly $defs?: Readonly<Record<string, unknown>>;
};

const TRUE = new Set(['true', 't', 'yes', 'y', 'on', '1']);
const FALSE = new Set(['false', 'f', 'no', 'n', 'off', '0']);

/** The types that a property allows, through its references and unions. */
const typesOf = (root: Schema, property: Schema, depth = 0): string[] => {
  if (depth > 8) return [];
  const ref = property['$ref'];
  if (typeof ref === 'string') {
    const target = root.$defs?.[ref.replace('#/$defs/', '')];
    return target === undefined ? [] : typesOf(root, target as Schema, depth + 1);
  }
  const branches = (property['anyOf'] ?? property['oneOf']) as Schema[] | undefined;
  if (branches !== undefined) return branches.flatMap((branch) => typesOf(root, branch, depth + 1));
  return property['type'] === undefined ? [] : ([property['type']].flat() as string[]);
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** The value that a text stands for where the property cannot be text; any other value comes back as it is. */
export const relaxed = (root: Schema, property: Schema, value: unknown): unknown => {
  const types = typesOf(root, property);
  if (types.includes('boolean') && (value === 0 || value === 1) && !types.includes('integer') && !types.includes('number')) return value === 1;
  if (typeof value !== 'string' || types.includes('string') || types.length === 0) return value;
  const word = value.trim().toLowerCase();
  if ((types.includes('integer') || types.includes('number')) && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(word)) return Number(word);
  if (types.includes('boolean') && TRUE.has(word)) return true;
  if (types.includes('boolean') && FALSE.has(word)) return false;
  if (!types.includes('object') && !types.includes('array')) return value;
  const document = parsed(value);
  return typeof document === 'object' && document !== null ? document : value;
};
