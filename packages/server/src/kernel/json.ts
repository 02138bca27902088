// Knows: JSON text whose numbers must come back as they went in (`1.0` stays `1.0`, 2^60 stays exact; wire.md 9.4).
// Must not know: what the documents mean.

const RISKY = /\d[.eE]|\d{16}/;

/** A number that JavaScript would rewrite is kept as its source text. */
const keepSource = (_key: string, value: unknown, context?: { source?: string }): unknown => {
  if (typeof value !== 'number' || context?.source === undefined) return value;
  return String(value) === context.source ? value : rawJson(context.source);
};

const rawJson = (source: string): unknown => (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(source);

/** True for a number kept as source text. */
const isRawJson = (value: unknown): value is { rawJSON: string } => (JSON as unknown as { isRawJSON(value: unknown): boolean }).isRawJSON(value);

/** Parses JSON text without losing how a number was written. Throws SyntaxError. `JSON.stringify` writes it back unchanged. */
export const parseJson = (text: string): unknown => (RISKY.test(text) ? JSON.parse(text, keepSource as (key: string, value: unknown) => unknown) : JSON.parse(text));

/** The plain number behind a value of `parseJson`; any other value comes back as it is. */
export const plainNumber = (value: unknown): unknown => (isRawJson(value) ? Number(value.rawJSON) : value);

/** A copy of a parsed document in which all numbers are plain, for code that calculates with them. */
export const plainNumbers = (value: unknown): unknown => {
  if (isRawJson(value)) return Number(value.rawJSON);
  if (Array.isArray(value)) return value.map(plainNumbers);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plainNumbers(inner)]));
};
