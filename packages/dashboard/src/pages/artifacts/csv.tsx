const MOST = 200;

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

export const CsvTable = ({ text, label }: { readonly text: string; readonly label: string }) => {
  const [head = [], ...rows] = parseCsv(text, MOST + 1);
  return (
    <div
      role="group"
      aria-label={label}
      tabIndex={0}
      className="max-h-120 overflow-auto rounded-lg border border-line text-sm"
    >
      <table className="w-full border-collapse">
        <thead className="sticky top-0 bg-side">
          <tr>
            {head.map((name, index) => (
              <th key={index} scope="col" className="px-3 py-1.5 text-left text-xs font-medium whitespace-nowrap">
                {name || <span className="sr-only">row</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index} className="border-t">
              {row.map((cell, column) => (
                <td key={column} className="max-w-72 truncate px-3 py-1 nums">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === MOST && <p className="border-t px-3 py-1.5 text-faint">The first {MOST} rows.</p>}
    </div>
  );
};
