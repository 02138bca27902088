import { labelOf, type Kind, type Spec } from './kinds.ts';

/**
 * What stands in a form while it is edited: the text of each box. `undefined` is "not set", which is not the same as empty: what
 * is not set is not sent, so a newer server may choose another default. A value of an unexpected kind is kept as its JSON text.
 */
export type Draft = undefined | null | string | readonly Draft[] | Fields | Pairs | Raw;
export type Fields = { readonly fields: Readonly<Record<string, Draft>> };
export type Pairs = { readonly pairs: readonly (readonly [string, Draft])[] };
type Raw = { readonly raw: string };
export type Values = Readonly<Record<string, unknown>>;

export interface Problem {
  readonly path: string;
  readonly text: string;
}

export const isReference = (text: unknown): boolean => typeof text === 'string' && /^\{\{.*\}\}$/.test(text.trim());

export const isList = (draft: Draft): draft is readonly Draft[] => Array.isArray(draft);
const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const json = (value: unknown): string => JSON.stringify(value, null, 2);
const raw = (value: unknown): Raw => ({ raw: json(value) });
const typeName = (value: unknown): string => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value);

const parse = (text: string): { readonly value: unknown } | null => {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return null;
  }
};

const allows = (types: readonly string[], value: unknown): boolean => {
  const type = typeName(value);
  return types.includes(type) || (type === 'number' && types.includes('integer'));
};

/** How a value of one of several types is written: text as it is, unless it would read as something else. */
const mixedText = (types: readonly string[], value: unknown): string => {
  if (typeof value !== 'string') return json(value);
  const read = parse(value);
  return read && (typeof read.value === 'string' || allows(types, read.value)) ? JSON.stringify(value) : value;
};

/** The draft of a stored value. */
const toDraft = (kind: Kind, value: unknown): Draft => {
  if (value === undefined) return undefined;
  if (value === null) return null;
  if (isReference(value)) return value as string;
  switch (kind.kind) {
    case 'text':
    case 'choice':
      return typeof value === 'string' ? value : raw(value);
    case 'number':
      return typeof value === 'number' || typeof value === 'string' ? String(value) : raw(value);
    case 'boolean':
      return typeof value === 'boolean' ? String(value) : raw(value);
    case 'mixed':
      return mixedText(kind.types, value);
    case 'json':
      return json(value);
    case 'list':
      return Array.isArray(value) ? value.map((one) => toDraft(kind.of, one)) : raw(value);
    case 'tuple':
      return Array.isArray(value) && value.length === kind.of.length
        ? kind.of.map((of, index) => toDraft(of, value[index]))
        : raw(value);
    case 'map':
      return isObject(value)
        ? { pairs: Object.entries(value).map(([key, one]) => [key, toDraft(kind.of, one)] as const) }
        : raw(value);
    case 'object':
      return isObject(value) && Object.keys(value).every((key) => kind.fields.some((field) => field.name === key))
        ? { fields: toDrafts(kind.fields, value) }
        : raw(value);
  }
};

export const toDrafts = (specs: readonly Spec[], values: Values): Record<string, Draft> =>
  Object.fromEntries(
    specs
      .filter((spec) => values[spec.name] !== undefined)
      .map((spec) => [spec.name, toDraft(spec.kind, values[spec.name])]),
  );

type Say = (path: string, text: string) => void;
const NOTHING = Symbol('nothing');
type Read = unknown;

const number = (kind: Extract<Kind, { kind: 'number' }>, text: string, path: string, say: Say): Read => {
  const value = Number(text);
  if (!text.trim() || Number.isNaN(value)) say(path, `“${text}” is no number.`);
  else if (kind.integer && !Number.isInteger(value)) say(path, 'A whole number is needed.');
  else if (kind.least !== undefined && value < kind.least) say(path, `It must be ${kind.least} or more.`);
  else if (kind.most !== undefined && value > kind.most) say(path, `It must be ${kind.most} or less.`);
  else if (kind.above !== undefined && value <= kind.above) say(path, `It must be more than ${kind.above}.`);
  else if (kind.below !== undefined && value >= kind.below) say(path, `It must be less than ${kind.below}.`);
  else return value;
  return NOTHING;
};

const document = (of: string, text: string, path: string, say: Say): Read => {
  const read = parse(text);
  const name = { object: 'a JSON object, such as {"key": "value"}', array: 'a JSON list, such as ["one", "two"]' }[of];
  if (!read) say(path, `This is not ${name ?? 'JSON'}.`);
  else if (name && typeName(read.value) !== of) say(path, `This must be ${name}.`);
  else return read.value;
  return NOTHING;
};

const mixed = (types: readonly string[], text: string, path: string, say: Say): Read => {
  const read = parse(text);
  if (read && (allows(types, read.value) || (typeof read.value === 'string' && types.includes('string'))))
    return read.value;
  if (types.includes('string')) return text;
  say(path, `This must be ${types.join(' or ')}.`);
  return NOTHING;
};

const text = (kind: Kind, draft: string, path: string, say: Say): Read => {
  switch (kind.kind) {
    case 'number':
      return number(kind, draft, path, say);
    case 'boolean':
      return draft === 'true';
    case 'mixed':
      return mixed(kind.types, draft, path, say);
    case 'json':
      return document(kind.of, draft, path, say);
    case 'text':
      if (kind.minLength && draft.length < kind.minLength) say(path, 'This cannot be empty.');
      return draft;
    default:
      return draft;
  }
};

const pairsOf = (kind: Kind, draft: Pairs, path: string, say: Say): Values => {
  const found: Record<string, unknown> = {};
  for (const [index, [key, one]] of draft.pairs.entries()) {
    const at = `${path}.${key || index}`;
    if (!key.trim()) say(at, 'A name is needed.');
    else if (Object.hasOwn(found, key)) say(at, `“${key}” is there twice.`);
    else found[key] = read(kind, one === undefined ? '' : one, at, say);
  }
  return found;
};

const read = (kind: Kind, draft: Draft, path: string, say: Say): Read => {
  if (draft === null) return null;
  if (draft === undefined) return NOTHING;
  if (typeof draft === 'string') return isReference(draft) ? draft : text(kind, draft, path, say);
  if (isList(draft)) {
    return draft.map((one, index) => {
      const of = kind.kind === 'list' ? kind.of : kind.kind === 'tuple' ? kind.of[index] : undefined;
      return of ? read(of, one === undefined ? '' : one, `${path}.${index}`, say) : null;
    });
  }
  if ('raw' in draft) return document('any', draft.raw, path, say);
  if ('fields' in draft) return kind.kind === 'object' ? collect(kind.fields, draft.fields, path, say) : NOTHING;
  return kind.kind === 'map' ? pairsOf(kind.of, draft, path, say) : NOTHING;
};

const collect = (specs: readonly Spec[], drafts: Readonly<Record<string, Draft>>, above: string, say: Say): Values => {
  const found: Record<string, unknown> = {};
  for (const spec of specs) {
    const path = above ? `${above}.${spec.name}` : spec.name;
    const value = read(spec.kind, drafts[spec.name], path, say);
    if (value !== NOTHING) found[spec.name] = value;
    else if (spec.required && drafts[spec.name] === undefined) say(path, `${labelOf(spec.name)} is needed.`);
  }
  return found;
};

/** The values of a form, with everything that is wrong in it by the path of the field. */
export const fromDrafts = (
  specs: readonly Spec[],
  drafts: Readonly<Record<string, Draft>>,
): { readonly values: Values; readonly problems: readonly Problem[] } => {
  const problems: Problem[] = [];
  const values = collect(specs, drafts, '', (path, said) => problems.push({ path, text: said }));
  return { values, problems };
};
