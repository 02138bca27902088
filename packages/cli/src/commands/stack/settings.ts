// Settings of a component as they are written on a command line.
import { usage } from '../../core/faults.ts';
import type { Schema } from './things.ts';

const split = (word: string): [string, string] => {
  const at = word.indexOf('=');
  if (at < 1) throw usage(`${word}: write a setting as --KEY=VALUE or KEY=VALUE`);
  return [word.slice(0, at).replace(/^--?/, '').replaceAll('-', '_'), word.slice(at + 1)];
};

const typesOf = (
  property: { readonly type?: string; readonly anyOf?: readonly { readonly type?: string }[] } | undefined,
): string[] => (property?.anyOf ?? [property]).flatMap((one) => one?.type ?? []);

const read = (text: string, types: readonly string[]): unknown => {
  if (types.includes('string') || types.length === 0 || /^\s*\{\{.*\}\}\s*$/.test(text)) return text;
  if (types.includes('boolean') && /^(yes|on|true)$/i.test(text)) return true;
  if (types.includes('boolean') && /^(no|off|false)$/i.test(text)) return false;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** `--key value` that stand apart belong together. */
const joined = (words: readonly string[]): string[] => {
  const found: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const [word, next] = [words[i]!, words[i + 1]];
    if (word.startsWith('--') && !word.includes('=') && next !== undefined && !next.startsWith('--')) {
      found.push(`${word}=${next}`);
      i++;
    } else found.push(word);
  }
  return found;
};

/** The configuration that words such as `--path=s3://x` stand for; numbers, yes and no, and JSON by what the flavor takes. Errors: usage. */
export const settings = (schema: Schema | undefined, words: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(
    joined(words)
      .map(split)
      .map(([key, value]) => [key, read(value, typesOf(schema?.properties?.[key]))]),
  );
