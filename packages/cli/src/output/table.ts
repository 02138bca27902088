import { cut, width, type Style } from './style.ts';

const gap = '  ';

// The widest columns give way first, none below 8, so that short ones (names, states) stay whole; ids are there to be copied.
const fit = (widths: readonly number[], room: number, whole: (column: number) => boolean): number[] => {
  const out = [...widths];
  const total = () => out.reduce((sum, w) => sum + w, 0) + gap.length * (out.length - 1);
  while (total() > room) {
    const widest = Math.max(...out.map((w, i) => (whole(i) ? 0 : w)));
    if (widest <= 8) break;
    out[out.findLastIndex((w, i) => w === widest && !whole(i))] = widest - 1;
  }
  return out;
};

/** Rows under bold titles; cut to `room` columns where given (a terminal), whole otherwise. */
export const table = (
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  style: Style,
  room?: number,
): string => {
  const natural = titles.map((title, i) => Math.max(width(title), ...rows.map((row) => width(row[i] ?? ''))));
  const widths = room === undefined ? natural : fit(natural, room, (i) => titles[i] === 'ID');
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => {
        const shown = room === undefined ? cell : cut(cell, widths[i]!);
        return i === cells.length - 1 ? shown : shown + ' '.repeat(Math.max(0, widths[i]! - width(shown)));
      })
      .join(gap)
      .trimEnd();
  return [style.bold(line(titles)), ...rows.map(line)].map((text) => `${text}\n`).join('');
};

const wrap = (text: string, room: number): string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line && width(line) + 1 + width(word) > room) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  return [...lines, line];
};

/** One thing, a field a line. On a terminal long values go on in the next line, under themselves. */
export const facts = (fields: readonly (readonly [string, string])[], style: Style, room?: number): string => {
  const left = Math.max(0, ...fields.map(([title]) => width(title))) + gap.length;
  return fields
    .map(([title, value]) => {
      const lines = room === undefined ? [value] : wrap(value, Math.max(20, room - left));
      const head = style.dim(title) + ' '.repeat(left - width(title)) + lines[0];
      return [head.trimEnd(), ...lines.slice(1).map((line) => ' '.repeat(left) + line)]
        .map((text) => `${text}\n`)
        .join('');
    })
    .join('');
};
