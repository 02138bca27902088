// SQL broken into lines that a person can read and a diff can show.
import type { CompiledQuery } from 'kysely';

const BREAKS = /\s+(?=(?:select|from|where|order by|union all|union|limit|left join|join|for update)\b)/gi;
const DEEPER = /(\()(?=select\b)/g;

/** A statement with its values in place, one clause a line, indented by parentheses. */
export const readable = (query: Pick<CompiledQuery, 'sql' | 'parameters'>, names: Readonly<Record<string, string>> = {}): string => {
  const shown = (value: unknown): string => (typeof value === 'string' ? `'${names[value] ?? value}'` : String(value));
  let next = 0;
  const filled = query.sql.replace(/\$(\d+)|\?/g, (_, place: string | undefined) => shown(query.parameters[place === undefined ? next++ : Number(place) - 1]));
  const lines = filled
    .replace(/\s+/g, ' ')
    .replace(BREAKS, '\n')
    .replace(DEEPER, '(\n')
    .replace(/ (and|or) (?=exists|\(|t\.|"|case)/g, '\n  $1 ')
    .split('\n');
  let depth = 0;
  return lines
    .map((line) => {
      const text = line.trim();
      const at = Math.max(0, depth);
      depth += [...text].filter((sign) => sign === '(').length - [...text].filter((sign) => sign === ')').length;
      return '  '.repeat(Math.min(at, 12)) + text;
    })
    .filter((line) => line.trim() !== '')
    .join('\n');
};
