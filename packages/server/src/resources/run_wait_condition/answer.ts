// Whether an answer is one that the run asked for. The schema was written by whoever waits: it is read, never run as code.
import Schema from 'typebox/schema';
import { Invalid, NotAllowed } from '../../kernel/errors.ts';
import { plainNumbers } from '../../kernel/json.ts';

/** As many parts as a schema may have with its references written out, and as many times a part may meet a part of the answer. */
const [LARGEST, MOST_WORK] = [5_000, 100_000];
/** Regular expressions, whose cost nobody knows; and names, by which a schema could refer to itself unseen. */
const LEFT_OUT = ['pattern', 'patternProperties', '$id', '$anchor', '$dynamicAnchor', '$recursiveAnchor'];
const WITHOUT_END = ['$dynamicRef', '$recursiveRef'];

const inner = (value: unknown): readonly unknown[] => (value !== null && typeof value === 'object' ? Object.values(value) : []);
const without = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(without);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, part]) => (LEFT_OUT.includes(key) ? [] : [[key, without(part)]])));
};

/** The part of a schema at `#/a/b`; undefined where there is none. */
const at = (schema: unknown, pointer: string): unknown => {
  if (pointer !== '#' && !pointer.startsWith('#/')) return undefined;
  const keys = pointer.split('/').slice(1);
  return keys.reduce<unknown>((found, key) => {
    const name = key.replaceAll('~1', '/').replaceAll('~0', '~');
    return found !== null && typeof found === 'object' && Object.hasOwn(found, name) ? (found as Record<string, unknown>)[name] : undefined;
  }, schema);
};

/** How many parts a schema has with its references written out. Throws Invalid where that has no end. */
const sizeOf = (schema: unknown): number => {
  const known = new Map<unknown, number | null>();
  const measure = (part: unknown): number => {
    if (part === null || typeof part !== 'object') return 1;
    const before = known.get(part);
    if (before === null) throw new Invalid('data_schema refers to itself, so it has no end: write out as many levels as an answer may have');
    if (before !== undefined) return before;
    known.set(part, null);
    if (WITHOUT_END.some((name) => name in part)) throw new Invalid(`data_schema: ${WITHOUT_END.join(' and ')} are not taken; use $ref`);
    const ref = (part as { readonly $ref?: unknown }).$ref;
    const target = typeof ref === 'string' ? at(schema, ref) : null;
    if (target === undefined) throw new Invalid(`data_schema: '${String(ref).slice(0, 100)}' leads nowhere in it; a reference is written #/$defs/name`);
    const size = inner(part).reduce<number>((sum, one) => sum + measure(one), 1) + (target === null ? 0 : measure(target));
    known.set(part, Math.min(size, LARGEST + 1));
    return known.get(part)!;
  };
  return measure(schema);
};

/** The schema as it is read. Throws Invalid where nobody knows what reading an answer by it costs. */
export const judgeSchema = (schema: unknown): { readonly tame: unknown; readonly size: number } => {
  const tame = without(plainNumbers(schema));
  const size = sizeOf(tame);
  if (size > LARGEST) throw new Invalid(`data_schema has more than ${LARGEST} parts with its references written out`);
  return { tame, size };
};

const partsOf = (value: unknown): number => inner(value).reduce<number>((sum, one) => sum + partsOf(one), 1);

/** The answer as it is kept. Throws NotAllowed where none is expected, Invalid where it does not fit. */
export const judgeAnswer = (schema: unknown, resolution: string, result: unknown): unknown => {
  if (resolution !== 'continue') return null;
  if (schema === null) {
    if (result !== null) throw new NotAllowed('This wait condition has no schema, so it takes no result: say only that the run may continue');
    return null;
  }
  const { tame, size } = judgeSchema(schema);
  const answer = plainNumbers(result);
  if (size * partsOf(answer) > MOST_WORK) throw new Invalid('result is too large for the schema of this wait condition');
  let fits = false;
  try {
    fits = Schema.Check(tame as never, answer);
  } catch {
    throw new Invalid('The schema of this wait condition cannot be read');
  }
  if (!fits) throw new Invalid('result does not fit the schema of this wait condition; metadata.data_schema says what it must look like');
  return result;
};
