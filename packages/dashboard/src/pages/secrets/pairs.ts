export type Pair = readonly [key: string, value: string];

const line = /^\s*(?:export\s+)?([\w.-]+)\s*=\s*(.*?)\s*$/;
const unquoted = (text: string): string => /^(["'])(.*)\1$/.exec(text)?.[2] ?? text;

/** The pairs of lines such as `KEY=value`; null where the text is something else. */
export const linesOf = (text: string): Pair[] | null => {
  const lines = text.split(/\r?\n/).filter((one) => one.trim() && !one.trim().startsWith('#'));
  const pairs = lines.map((one) => line.exec(one));
  if (!pairs.length || pairs.some((found) => !found)) return null;
  return pairs.map((found) => [found?.[1] ?? '', unquoted(found?.[2] ?? '')]);
};

/** What is wrong with the pairs of a secret; undefined where nothing is. Rows without key and value do not count. */
export const problemOf = (pairs: readonly Pair[]): string | undefined => {
  const keys = pairs.filter(([key, value]) => key.trim() || value).map(([key]) => key.trim());
  if (!keys.length) return 'A secret needs at least one key.';
  if (keys.includes('')) return 'A value has no key.';
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  return twice && `The key “${twice}” is there twice.`;
};

export const valuesOf = (pairs: readonly Pair[]): Record<string, string> =>
  Object.fromEntries(pairs.filter(([key]) => key.trim()).map(([key, value]) => [key.trim(), value]));
