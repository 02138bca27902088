import { isStatus, messageOf } from '../../../api.ts';
import { useRead } from '../../../resource/query.ts';
import { SkeletonLines } from '../../../ui/bits.tsx';
import { Failure, Notice } from '../../../ui/notice.tsx';

interface FileLook {
  readonly kind: 'json' | 'text' | 'table' | 'none';
  readonly file: string | null;
  readonly value: unknown;
  readonly truncated: boolean;
  readonly reason: string | null;
}

const Table = ({ rows, label }: { readonly rows: readonly (readonly unknown[])[]; readonly label: string }) => (
  <div tabIndex={0} role="group" aria-label={label} className="max-h-96 overflow-auto rounded-lg border border-line">
    <table className="w-full text-xs">
      <thead className="bg-side">
        <tr>
          {rows[0]?.map((head, index) => (
            <th key={index} scope="col" className="px-2.5 py-1.5 text-left font-medium whitespace-nowrap text-soft">
              {String(head) || '·'}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.slice(1).map((row, at) => (
          <tr key={at} className="border-t">
            {row.map((cell, index) => (
              <td key={index} className="max-w-80 truncate px-2.5 py-1 font-mono">
                {String(cell)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

/** What the server can show of the files of a version without running any of their code. */
export const FilePreview = ({ id }: { readonly id: string }) => {
  const look = useRead<FileLook>(`/artifact_versions/${id}/preview`);
  if (look.error)
    return isStatus(look.error, 403) || isStatus(look.error, 404) || isStatus(look.error, 501) ? (
      <Notice kind="warn" title="It cannot be read from here">
        {messageOf(look.error)}
      </Notice>
    ) : (
      <Failure error={look.error} retry={() => void look.refetch()} />
    );
  if (!look.data) return <SkeletonLines />;
  const { kind, value, file, truncated, reason } = look.data;
  if (kind === 'none') return <Notice title="There is nothing to show">{reason}</Notice>;
  const label = file ?? 'File';
  return (
    <div className="grid gap-1.5">
      {kind === 'table' && Array.isArray(value) ? (
        <Table rows={value as unknown[][]} label={label} />
      ) : (
        <pre
          tabIndex={0}
          role="group"
          aria-label={label}
          className="max-h-96 overflow-auto rounded-lg border border-line bg-side p-3 font-mono text-xs whitespace-pre-wrap"
        >
          {typeof value === 'string' && kind === 'text' ? value : JSON.stringify(value, null, 2)}
        </pre>
      )}
      <p className="text-xs text-faint">
        {file}
        {truncated && ' · only the beginning is shown'}
      </p>
    </div>
  );
};
