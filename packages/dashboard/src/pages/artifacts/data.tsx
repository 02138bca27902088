import { Download } from 'lucide-react';
import { get } from '../../api.ts';
import { useChange, useRead } from '../../resource/query.ts';
import { SkeletonLines } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { bytes } from '../things/parts.tsx';
import { RowsTable } from './rows.tsx';
import type { ArtifactVersion } from './types.ts';
import { Unreadable } from './unreadable.tsx';

interface Read {
  readonly kind: 'json' | 'text' | 'table' | 'none';
  readonly file: string | null;
  readonly value: unknown;
  readonly truncated: boolean;
  readonly reason: string | null;
  readonly size: number;
  readonly sha256: string | null;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

export const TextBlock = ({ text, label }: { readonly text: string; readonly label: string }) => (
  <pre
    tabIndex={0}
    role="group"
    aria-label={label}
    className="max-h-120 overflow-auto rounded-lg border border-line bg-side p-3 font-mono text-xs whitespace-pre-wrap wrap-anywhere"
  >
    {text}
  </pre>
);

const Content = ({ read, label }: { readonly read: Read; readonly label: string }) => {
  if (read.kind === 'none') return <p className="text-sm text-soft">{read.reason}</p>;
  if (read.kind === 'table') return <RowsTable rows={read.value as readonly (readonly string[])[]} label={label} />;
  return (
    <TextBlock label={label} text={read.kind === 'json' ? JSON.stringify(read.value, null, 2) : String(read.value)} />
  );
};

/** A link that works once and for half a minute: the browser fetches the file by itself then. */
const useDownload = (version: ArtifactVersion) =>
  useChange(() => get<string>(`/artifact_versions/${version.id}/download-token`), {
    then: (token) => {
      const link = document.createElement('a');
      link.href = `/api/v1/artifact_versions/${version.id}/data?${new URLSearchParams({ token }).toString()}`;
      link.download = '';
      link.click();
    },
  });

/** What lies in the store, and the beginning of it where it can be shown. */
export const DataView = ({ version }: { readonly version: ArtifactVersion }) => {
  const read = useRead<Read>(`/artifact_versions/${version.id}/preview`);
  const download = useDownload(version);
  if (read.error) return <Unreadable error={read.error} uri={version.body.uri} />;
  if (!read.data) return <SkeletonLines lines={4} />;
  const { data } = read;
  return (
    <div className="grid gap-3">
      <Content read={data} label={`Data of ${version.body.artifact.name} ${version.body.version}`} />
      {data.truncated && <p className="text-sm text-faint">The beginning; download it for the rest.</p>}
      <div className="flex flex-wrap items-start gap-3">
        <details className="min-w-0 grow text-sm">
          <summary className="h-8 rounded py-1 text-soft hover:text-ink">
            {data.files.length === 1 ? '1 file' : `${data.files.length} files`}, {bytes(data.size)}
          </summary>
          <ul className="mt-1 grid gap-1">
            {data.files.map((file) => (
              <li key={file.path} className="flex justify-between gap-3">
                <span className="min-w-0 font-mono text-xs wrap-anywhere">{file.path || data.file}</span>
                <span className="shrink-0 text-faint nums">{bytes(file.size)}</span>
              </li>
            ))}
            {data.sha256 && <li className="font-mono text-xs wrap-anywhere text-faint">sha256 {data.sha256}</li>}
          </ul>
        </details>
        <Button size="sm" busy={download.isPending} onClick={() => download.mutate(undefined)}>
          <Download aria-hidden />
          Download
        </Button>
      </div>
    </div>
  );
};
