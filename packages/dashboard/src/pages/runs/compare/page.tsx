import { useParams } from '@tanstack/react-router';
import { GitCompareArrows } from 'lucide-react';
import { useUrlState } from '../../../resource/list-state.ts';
import { LookupFilter } from '../../../resource/lookup-filter.tsx';
import { Toolbar } from '../../../resource/toolbar.tsx';
import { Empty, SkeletonLines } from '../../../ui/bits.tsx';
import { PageBody } from '../../../ui/page.tsx';
import { sectionsOf, useCompared } from './data.ts';
import { ComparisonTable } from './table.tsx';

const most = 8;

/** Runs beside each other: what was set, what came out, how long it took. Which ones stands in the address. */
export const ComparePage = () => {
  const { project = '' } = useParams({ strict: false }) as { project?: string };
  const [search, set] = useUrlState();
  const ids = [...new Set((search.ids ?? '').split(',').filter(Boolean))].slice(0, most);
  const compared = useCompared(ids);
  const show = (next: readonly string[]): void => set({ ids: next.join(',') || undefined });
  const waiting = compared.some((one) => !one.run && !one.error);
  const differing = search.all !== 'yes';
  return (
    <PageBody title="Compare runs" intro="Configuration, parameters, metrics and durations, beside each other." wide>
      <Toolbar>
        {ids.length < most && (
          <LookupFilter
            label="Add a run"
            path="/runs"
            project={project}
            sort="desc:created"
            value={undefined}
            onChange={() => {}}
            onPick={(run) => show([...ids, run.id])}
          />
        )}
        <label className="flex h-8 items-center gap-2 text-sm">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={differing}
            onChange={() => set({ all: differing ? 'yes' : undefined })}
          />
          Only what differs
        </label>
      </Toolbar>
      {ids.length === 0 && (
        <div className="rounded-xl border border-line bg-panel">
          <Empty icon={<GitCompareArrows />} title="Choose runs to compare">
            Add them here, or choose them in the list of runs.
          </Empty>
        </div>
      )}
      {waiting && <SkeletonLines lines={8} />}
      {ids.length > 0 && !waiting && (
        <ComparisonTable
          compared={compared}
          sections={sectionsOf(compared)}
          differing={differing && ids.length > 1}
          project={project}
          drop={(id) => show(ids.filter((one) => one !== id))}
        />
      )}
    </PageBody>
  );
};
