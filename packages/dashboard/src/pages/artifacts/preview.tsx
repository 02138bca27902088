import { useState } from 'react';
import { isStatus } from '../../api.ts';
import { useRead } from '../../resource/query.ts';
import { Empty, SkeletonLines } from '../../ui/bits.tsx';
import { Problem } from '../../ui/notice.tsx';
import { SelectBox } from '../../ui/select.tsx';
import { CsvTable } from './csv.tsx';
import type { ArtifactVersion } from './types.ts';

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
  if (loaded.type === 'html') return <Frame html={loaded.value} title={title} />;
  if (loaded.type === 'image')
    return (
      <img
        src={`data:image/png;base64,${loaded.value}`}
        alt={title}
        className="max-h-160 max-w-full rounded-lg border border-line bg-white"
      />
    );
  if (loaded.type === 'csv') return <CsvTable text={loaded.value} label={title} />;
  return (
    <pre
      tabIndex={0}
      role="group"
      aria-label={title}
      className="max-h-120 overflow-auto rounded-lg border border-line bg-side p-3 font-mono text-xs whitespace-pre-wrap"
    >
      {loaded.type === 'json' ? pretty(loaded.value) : loaded.value}
    </pre>
  );
};

/** How a version looks, as its materializer drew it. */
export const Preview = ({ version }: { readonly version: ArtifactVersion }) => {
  const drawn = version.metadata?.visualizations ?? [];
  const [at, setAt] = useState('0');
  const picked = drawn[Number(at)];
  const loaded = useRead<Loaded>(`/artifact_versions/${version.id}/visualize`, { index: Number(at) }, Boolean(picked));
  if (!picked)
    return (
      <Empty title="Nothing drawn">
        The materializer of this version made no visualization. Load it in Python to look at it.
      </Empty>
    );
  const away = isStatus(loaded.error, 404) || isStatus(loaded.error, 501);
  return (
    <div className="grid gap-3">
      {drawn.length > 1 && (
        <SelectBox
          label="Visualization"
          className="h-8! w-full text-sm! sm:w-72"
          options={drawn.map((one, index) => ({
            value: String(index),
            label: `${index + 1}: ${one.body.uri.split('/').at(-1)}`,
          }))}
          value={at}
          onChange={setAt}
        />
      )}
      {loaded.isLoading && <SkeletonLines lines={4} />}
      {away && (
        <Empty title="The server cannot read it">
          The drawing lies at <span className="wrap-anywhere">{picked.body.uri}</span>, which the server has no way to
          open. Load the version in Python to look at it.
        </Empty>
      )}
      {loaded.error && !away && <Problem error={loaded.error} />}
      {loaded.data && (
        <Shown
          loaded={loaded.data}
          title={`${picked.body.type} of ${version.body.artifact.name} ${version.body.version}`}
        />
      )}
    </div>
  );
};
