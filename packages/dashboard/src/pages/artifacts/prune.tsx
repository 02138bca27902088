import { useState } from 'react';
import { remove, type Envelope } from '../../api.ts';
import { useChange, useRead } from '../../resource/query.ts';
import { SkeletonLines } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { Check } from '../../ui/choice.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { Problem } from '../../ui/notice.tsx';
import type { ArtifactVersion } from './types.ts';

interface Preview {
  readonly versions: number;
  readonly artifacts: number;
  readonly items: readonly ArtifactVersion[];
  readonly emptied: readonly Envelope[];
}

/** Removing what no run uses, after it was shown. */
export const PruneDialog = ({
  project,
  open,
  onClose,
}: {
  readonly project: string;
  readonly open: boolean;
  readonly onClose: () => void;
}) => (
  <Dialog
    open={open}
    onClose={onClose}
    title="Remove unused versions"
    description="Versions that no run made or read, of artifacts that you may prune. The files in the artifact store stay."
  >
    <Body project={project} onClose={onClose} />
  </Dialog>
);

const count = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

const Body = ({ project, onClose }: { readonly project: string; readonly onClose: () => void }) => {
  const [emptyToo, setEmptyToo] = useState(false);
  const query = { project_name_or_id: project, only_versions: !emptyToo };
  const preview = useRead<Preview>('/artifact_versions/prunable', query);
  const prune = useChange(() => remove('/artifact_versions', query), {
    quiet: true,
    done: 'Unused versions are removed',
    then: onClose,
  });
  const { data } = preview;
  const nothing = data !== undefined && data.versions + data.artifacts === 0;
  return (
    <div className="grid gap-4">
      <Check
        label="Artifacts that are left without a version too"
        checked={emptyToo}
        onChange={(on) => setEmptyToo(on)}
      />
      {!data && !preview.error && <SkeletonLines lines={3} />}
      {nothing && <p className="text-sm text-soft">Nothing to remove: every version that you may prune is used.</p>}
      {data && !nothing && (
        <div className="grid gap-2 text-sm">
          <p className="font-medium">
            {count(data.versions, 'version')}
            {emptyToo && ` and ${count(data.artifacts, 'artifact')}`} will go:
          </p>
          <ul
            className="max-h-56 overflow-y-auto rounded-lg border border-line"
            aria-label="What will go"
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
            tabIndex={0}
          >
            {data.items.map((version) => (
              <li key={version.id} className="flex justify-between gap-3 border-t px-3 py-1.5 first:border-t-0">
                <span className="truncate">{version.body.artifact?.name}</span>
                <span className="text-faint nums">version {version.body.version}</span>
              </li>
            ))}
            {data.versions > data.items.length && (
              <li className="border-t px-3 py-1.5 text-faint">and {data.versions - data.items.length} more</li>
            )}
            {emptyToo &&
              data.emptied.map((artifact) => (
                <li key={artifact.id} className="flex justify-between gap-3 border-t px-3 py-1.5">
                  <span className="truncate">{artifact.name}</span>
                  <span className="text-faint">the artifact itself</span>
                </li>
              ))}
          </ul>
          <p className="text-soft">This cannot be undone.</p>
        </div>
      )}
      <Problem error={preview.error ?? prune.error} />
      <DialogActions>
        <Button onClick={onClose} data-first>
          {nothing ? 'Close' : 'Cancel'}
        </Button>
        {!nothing && data && (
          <Button look="danger" busy={prune.isPending} onClick={() => prune.mutate(undefined)}>
            Remove {count(data.versions + data.artifacts, 'thing')}
          </Button>
        )}
      </DialogActions>
    </div>
  );
};
