// The small language in which a trigger says which events it wants: `value` or `operator:value`, several of which any may fit.
import { Invalid } from '../../../kernel/errors.ts';

export type Said = string | readonly string[] | null | undefined;

const TESTS: Readonly<Record<string, (actual: string, operand: string) => boolean>> = {
  equals: (actual, operand) => actual === operand,
  notequals: (actual, operand) => actual !== operand,
  contains: (actual, operand) => actual.includes(operand),
  notcontains: (actual, operand) => !actual.includes(operand),
  startswith: (actual, operand) => actual.startsWith(operand),
  endswith: (actual, operand) => actual.endsWith(operand),
  oneof: (actual, operand) => (JSON.parse(operand) as string[]).includes(actual),
  notoneof: (actual, operand) => !(JSON.parse(operand) as string[]).includes(actual),
};
const [MOST, LONGEST] = [10, 512];

/** Operator and operand; null where the whole text is the value. */
const split = (said: string): readonly [string, string] | null => {
  const at = said.indexOf(':');
  return at > 0 && Object.hasOwn(TESTS, said.slice(0, at)) ? [said.slice(0, at), said.slice(at + 1)] : null;
};
const fits = (actual: string, said: string): boolean => {
  const parts = split(said);
  return parts === null ? actual === said : TESTS[parts[0]]!(actual, parts[1]);
};

/** Does a value fit what was said? Nothing said fits everything; a value that is not there fits nothing that was said. */
export const matches = (actual: unknown, said: Said): boolean =>
  said === null || said === undefined || (typeof actual === 'string' && [said].flat().some((one) => fits(actual, one)));

/** The same for several values: one of them must fit; what is denied must hold for all of them. */
export const matchesAny = (actual: readonly string[], said: Said): boolean =>
  said === null ||
  said === undefined ||
  (actual.length > 0 &&
    [said].flat().some((one) => (split(one)?.[0].startsWith('not') === true ? actual.every((value) => fits(value, one)) : actual.some((value) => fits(value, one)))));

const choices = (operand: string): unknown => {
  try {
    return JSON.parse(operand);
  } catch {
    return null;
  }
};
/** What was said, as it was said. Throws Invalid where it cannot be understood. */
export const judgeFilter = (name: string, said: unknown): Said => {
  if (said === null || said === undefined) return null;
  const list = [said].flat();
  if (list.length === 0 || list.length > MOST) throw new Invalid(`${name}: from 1 to ${MOST} conditions`);
  for (const one of list) {
    if (typeof one !== 'string' || one === '' || one.length > LONGEST) throw new Invalid(`${name}: a condition is a text of 1 to ${LONGEST} characters`);
    const parts = split(one);
    if (parts?.[1] === '') throw new Invalid(`${name}: a value is missing after '${parts[0]}:'`);
    if (parts === null || !parts[0].endsWith('oneof')) continue;
    const given = choices(parts[1]);
    if (!Array.isArray(given) || given.length === 0 || given.length > MOST || !given.every((choice) => typeof choice === 'string' && choice !== ''))
      throw new Invalid(`${name}: '${parts[0]}' takes a JSON list of 1 to ${MOST} texts`);
  }
  return said as Said;
};
