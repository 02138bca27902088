// Figures as a Markdown table: how many times better first, then the figures themselves.
import type { Row } from './sections.ts';

export function table(rows: readonly Row[], servers: readonly string[]): string {
  const compared = servers.length > 1;
  const head = ['', ...(compared ? ['ratio'] : []), ...servers, 'unit'];
  const body = rows.map((row) => [row.what, ...(compared ? [ratio(row)] : []), ...row.figures.map(figure), row.unit]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...body.map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => (column === 0 ? `:${'-'.repeat(width + 1)}` : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  return [line(head), rule, ...body.map(line)].join('\n');
}

/** Above 1 the first server is the better one: more requests, less time, less memory. */
export function ratio({ figures: [first, second], unit }: Row): string {
  if (typeof first !== 'number' || typeof second !== 'number') return '–';
  const value = unit === 'requests/s' ? first / second : second / first;
  return Number.isFinite(value) ? `${value >= 10 ? value.toFixed(0) : value.toFixed(1)} ×` : '–';
}

function figure(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return '–';
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
