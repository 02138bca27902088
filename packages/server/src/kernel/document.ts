// Knows: which documents no part of the server can keep or walk through. Must not know: what they mean.
import { Invalid } from './errors.ts';

const DEEPEST = 200;

const judgeText = (text: string): void => {
  if (text.includes('\0')) throw new Invalid('The request holds the NUL character, which cannot be stored');
  if (!text.isWellFormed()) throw new Invalid('The request holds half of a character (a lone surrogate), which cannot be stored');
};

/** Throws Invalid on text that PostgreSQL cannot keep, and on nesting that would exhaust the stack of whatever walks through it. */
export const judgeDocument = (document: unknown): void => {
  const waiting: (readonly [value: unknown, depth: number])[] = [[document, 0]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [value, depth] = next;
    if (typeof value === 'string') judgeText(value);
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= DEEPEST) throw new Invalid(`The body is nested more than ${DEEPEST} levels deep`);
    for (const [key, inner] of Object.entries(value)) {
      if (!Array.isArray(value)) judgeText(key);
      waiting.push([inner, depth + 1]);
    }
  }
};
