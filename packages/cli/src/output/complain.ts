import type { Env } from '../core/config.ts';
import { createStyle, wantsColor } from './style.ts';

/** Writes a failure to stderr: the first line says what, the rest why and what to do next. */
export const complain = (lines: readonly string[], env: Env): void => {
  const style = createStyle(wantsColor(env, Boolean(process.stderr.isTTY)));
  const [first = '', ...more] = lines.flatMap((line) => line.split('\n')).filter(Boolean);
  process.stderr.write([`${style.red('Error:')} ${first}`, ...more.map((line) => `  ${line}`), ''].join('\n'));
};
