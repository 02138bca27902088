// Whether an answer is one that the run asked for. The schema was written by whoever waits: it is read, never run as code.
import Schema from 'typebox/schema';
import { Invalid, NotAllowed } from '../../kernel/errors.ts';
import { plainNumbers } from '../../kernel/json.ts';

/** As many references as a schema may have: each may double the work. */
const MOST_REFERENCES = 20;
const PATTERNS = ['pattern', 'patternProperties'];

/** The schema without regular expressions, whose cost nobody knows. Throws Invalid where it refers to itself too often. */
const tame = (schema: unknown): unknown => {
  let references = 0;
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (value === null || typeof value !== 'object') return value;
    if ('$ref' in value && (references += 1) > MOST_REFERENCES) throw new Invalid(`The schema of a wait condition can hold ${MOST_REFERENCES} references at most`);
    return Object.fromEntries(Object.entries(value).flatMap(([key, inner]) => (PATTERNS.includes(key) ? [] : [[key, walk(inner)]])));
  };
  return walk(plainNumbers(schema));
};

/** The answer as it is kept. Throws NotAllowed where none is expected, Invalid where it does not fit. */
export const judgeAnswer = (schema: unknown, resolution: string, result: unknown): unknown => {
  if (resolution !== 'continue') return null;
  if (schema === null) {
    if (result !== null) throw new NotAllowed('This wait condition has no schema, so it takes no result: say only that the run may continue');
    return null;
  }
  let fits = false;
  try {
    fits = Schema.Check(tame(schema) as never, plainNumbers(result));
  } catch (error) {
    if (error instanceof Invalid) throw error;
    throw new Invalid('The schema of this wait condition cannot be read');
  }
  if (!fits) throw new Invalid('result does not fit the schema of this wait condition; metadata.data_schema says what it must look like');
  return result;
};
