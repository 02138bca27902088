import type { Env } from '../core/config.ts';

/** NO_COLOR wins, then FORCE_COLOR; otherwise colour is for terminals that are not dumb. */
export const wantsColor = (env: Env, isTerminal: boolean): boolean => {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return isTerminal && env.TERM !== 'dumb';
};

export type Style = { readonly [K in 'bold' | 'dim' | 'red' | 'green' | 'yellow']: (text: string) => string };

/** Styles that write ANSI sequences, or leave the text alone. */
export const createStyle = (on: boolean): Style => {
  const code = (open: number, close: number) => (text: string) =>
    on ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return { bold: code(1, 22), dim: code(2, 22), red: code(31, 39), green: code(32, 39), yellow: code(33, 39) };
};

// What others typed must not steer the reader's terminal: C0, DEL, C1 and the marks that reverse the direction of text.
/** Text that is safe to show on a terminal, on one line. */
export const plain = (text: string): string =>
  text.replace(/[\t\n\r]+/g, ' ').replace(/\p{Control}|\p{Bidi_Control}/gu, '');

const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;
const none = /\p{Mark}|\u200b|\u200d|\ufe0f/u;

/** Columns that a text takes on a terminal. */
export const width = (text: string): number => {
  let sum = 0;
  for (const char of text) sum += none.test(char) ? 0 : wide.test(char) ? 2 : 1;
  return sum;
};

/** The text cut to a width, with an ellipsis where something is missing. */
export const cut = (text: string, columns: number): string => {
  if (width(text) <= columns) return text;
  let out = '';
  for (const char of text) {
    if (width(out + char) > columns - 1) break;
    out += char;
  }
  return `${out}…`;
};
