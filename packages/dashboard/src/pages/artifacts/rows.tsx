/** Rows of text as a table, the first of them its head. */
export const RowsTable = ({
  rows: [head = [], ...rows],
  label,
}: {
  readonly rows: readonly (readonly string[])[];
  readonly label: string;
}) => (
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
  </div>
);
