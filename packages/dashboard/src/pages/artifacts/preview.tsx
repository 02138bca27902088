import { useState } from 'react';
import { useRead } from '../../resource/query.ts';
import { SkeletonLines } from '../../ui/bits.tsx';
import { SelectBox } from '../../ui/select.tsx';
import { MOST, parseCsv } from './csv.ts';
import { DataView, TextBlock } from './data.tsx';
import { RowsTable } from './rows.tsx';
import type { ArtifactVersion, Visualization } from './types.ts';
import { Unreadable } from './unreadable.tsx';

interface Loaded {
  readonly type: string;
  readonly value: string;
}

const pretty = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
};

/** Drawn by whoever ran the step, so it is not trusted: no scripts, no forms, no way out of its frame, and nothing from elsewhere. */
const Frame = ({ html, title }: { readonly html: string; readonly title: string }) => (
  <iframe
    title={title}
    sandbox=""
    srcDoc={html}
    className="h-120 w-full rounded-lg border border-line bg-white"
    style={{ colorScheme: 'light' }}
  />
);

const Shown = ({ loaded, title }: { readonly loaded: Loaded; readonly title: string }) => {
  if (loaded.type === 'html')
    return (
      <div className="grid gap-1.5">
        <Frame html={loaded.value} title={title} />
        <p className="text-xs text-faint">Scripts in it do not run here.</p>
      </div>
    );
  if (loaded.type === 'image')
    return (
      <img
        src={`data:image/png;base64,${loaded.value}`}
        alt={title}
        className="max-h-160 max-w-full rounded-lg border border-line bg-white"
      />
    );
  if (loaded.type === 'csv') return <RowsTable rows={parseCsv(loaded.value, MOST)} label={title} />;
  return <TextBlock label={title} text={loaded.type === 'json' ? pretty(loaded.value) : loaded.value} />;
};

const Drawn = ({
  version,
  at,
  drawing,
}: {
  readonly version: ArtifactVersion;
  readonly at: number;
  readonly drawing: Visualization;
}) => {
  const loaded = useRead<Loaded>(`/artifact_versions/${version.id}/visualize`, { index: at });
  if (loaded.error) return <Unreadable error={loaded.error} uri={drawing.body.uri} />;
  if (!loaded.data) return <SkeletonLines lines={4} />;
  return (
    <Shown
      loaded={loaded.data}
      title={`${drawing.body.type} of ${version.body.artifact.name} ${version.body.version}`}
    />
  );
};

const data = 'data';

/** How a version looks: as its materializer drew it, or what lies in the store. */
export const Preview = ({ version }: { readonly version: ArtifactVersion }) => {
  const drawn = version.metadata?.visualizations ?? [];
  const [at, setAt] = useState(drawn.length > 0 ? '0' : data);
  const picked = drawn[Number(at)];
  return (
    <div className="grid gap-3">
      {drawn.length > 0 && (
        <SelectBox
          label="What to show"
          className="h-8! w-full text-sm! sm:w-72"
          options={[
            ...drawn.map((one, index) => ({
              value: String(index),
              label: one.body.uri.split('/').at(-1) || `Visualization ${index + 1}`,
              text: `visualization, ${one.body.type}`,
            })),
            { value: data, label: 'The data itself' },
          ]}
          value={at}
          onChange={setAt}
        />
      )}
      {picked ? <Drawn version={version} at={Number(at)} drawing={picked} /> : <DataView version={version} />}
    </div>
  );
};
