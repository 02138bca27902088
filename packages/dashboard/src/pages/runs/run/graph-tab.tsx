import { lazy, Suspense, useSyncExternalStore } from 'react';
import { useUrlState } from '../../../resource/list-state.ts';
import { Empty, SkeletonLines } from '../../../ui/bits.tsx';
import { cx } from '../../../ui/cx.ts';
import type { View } from './data.ts';
import { StepList } from './step-list.tsx';
import { StepPanel } from './step-panel.tsx';

const Graph = lazy(() => import('./graph/graph.tsx').then((module) => ({ default: module.Graph })));

const narrow = matchMedia('(max-width: 767px)');
const useNarrow = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      narrow.addEventListener('change', listener);
      return () => narrow.removeEventListener('change', listener);
    },
    () => narrow.matches,
  );

const Choice = ({
  label,
  on,
  choose,
}: {
  readonly label: string;
  readonly on: boolean;
  readonly choose: () => void;
}) => (
  <button
    type="button"
    aria-pressed={on}
    onClick={choose}
    className={cx(
      'h-7 rounded px-2.5 text-sm font-medium',
      on ? 'bg-raised text-ink shadow-xs' : 'text-soft hover:text-ink',
    )}
  >
    {label}
  </button>
);

/** The graph, or the same as a list: what small screens show first, and what keyboards and screen readers can walk through. */
export const GraphTab = ({ view }: { readonly view: View }) => {
  const [search, set] = useUrlState();
  const small = useNarrow();
  const shown = search.view ?? (small ? 'list' : 'graph');
  const artifacts = search.artifacts === 'yes';
  if (view.dag && view.steps.length === 0)
    return <Empty title="No step yet">Steps show up here as soon as the first begins.</Empty>;
  return (
    <div className={cx('grid grid-cols-1 items-start gap-4', view.step && 'lg:grid-cols-[minmax(0,1fr)_24rem]')}>
      {view.step && (
        <div className="min-w-0 lg:order-2">
          <StepPanel key={view.step.node} view={view} step={view.step} />
        </div>
      )}
      <div className="min-w-0">
        <div className="mb-3 flex flex-wrap items-center gap-3">
          <div role="group" aria-label="Show as" className="flex gap-0.5 rounded-md bg-hover p-0.5">
            <Choice label="Graph" on={shown === 'graph'} choose={() => set({ view: 'graph' })} />
            <Choice label="List" on={shown === 'list'} choose={() => set({ view: 'list' })} />
          </div>
          {shown === 'graph' && (
            <label className="flex h-8 items-center gap-2 text-sm">
              <input
                type="checkbox"
                className="size-4 accent-accent"
                checked={artifacts}
                onChange={() => set({ artifacts: artifacts ? undefined : 'yes' })}
              />
              Artifacts
            </label>
          )}
          <span className="text-sm text-faint nums">
            {view.steps.length === 1 ? '1 step' : `${view.steps.length} steps`}
          </span>
        </div>
        {!view.dag && <SkeletonLines lines={6} />}
        {view.dag && shown === 'list' && <StepList view={view} />}
        {view.dag && shown !== 'list' && (
          <Suspense fallback={<SkeletonLines lines={6} />}>
            <Graph view={view} artifacts={artifacts} />
          </Suspense>
        )}
      </div>
    </div>
  );
};
