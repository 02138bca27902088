import { Empty } from '../../ui/bits.tsx';

export type Metadata = Readonly<Record<string, unknown>>;

const figure = new Intl.NumberFormat('en', { maximumSignificantDigits: 6 });

/** A value of metadata as text: numbers shortened to what can be compared, documents as they are. */
export const valueText = (value: unknown): string => {
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : figure.format(value);
  if (value === null || value === undefined) return '—';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
};

export const Value = ({ value }: { readonly value: unknown }) =>
  value !== null && typeof value === 'object' ? (
    <pre
      tabIndex={0}
      role="group"
      aria-label="Document"
      className="max-h-64 overflow-auto rounded-md bg-side px-2.5 py-1.5 font-mono text-xs"
    >
      {valueText(value)}
    </pre>
  ) : (
    <span className="nums wrap-anywhere">{valueText(value)}</span>
  );

export const MetadataTable = ({ metadata, label }: { readonly metadata: Metadata; readonly label: string }) => {
  const entries = Object.entries(metadata).toSorted(([a], [b]) => a.localeCompare(b));
  if (entries.length === 0)
    return (
      <Empty title="No metadata">
        Steps write it with <code className="font-mono">log_metadata</code>.
      </Empty>
    );
  return (
    <table className="w-full table-fixed text-sm" aria-label={label}>
      <thead className="sr-only">
        <tr>
          <th scope="col">Key</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        {entries.map(([key, value]) => (
          <tr key={key} className="border-t first:border-t-0">
            <th scope="row" className="w-2/5 py-2 pr-3 text-left align-top font-medium wrap-anywhere text-soft">
              {key}
            </th>
            <td className="py-2 align-top">
              <Value value={value} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
