/** So many rows are shown of a table. */
export const MOST = 200;

/** Rows of comma-separated text, with quotes as RFC 4180 has them; no more than are shown. */
export const parseCsv = (text: string, most = MOST): string[][] => {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let inside = false;
  const end = (): void => {
    rows.push([...row, cell]);
    row = [];
    cell = '';
  };
  for (let at = 0; at < text.length && rows.length < most; at++) {
    const letter = text[at] ?? '';
    if (inside && letter === '"' && text[at + 1] === '"') {
      cell += '"';
      at++;
    } else if (letter === '"') inside = !inside;
    else if (inside) cell += letter;
    else if (letter === ',') {
      row.push(cell);
      cell = '';
    } else if (letter === '\n') end();
    else if (letter !== '\r') cell += letter;
  }
  if (rows.length < most && (cell !== '' || row.length > 0)) end();
  return rows;
};
