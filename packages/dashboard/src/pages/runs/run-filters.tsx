import type { Search } from '../../resource/list-state.ts';
import { useUrlState } from '../../resource/list-state.ts';
import { LookupFilter } from '../../resource/lookup-filter.tsx';
import { Filter } from '../../resource/toolbar.tsx';
import type { Query } from '../../api.ts';
import { runStatuses } from '../ml/run-status.tsx';
import { since, spans } from './since.ts';

const names = ['status', 'pipeline', 'stack', 'user', 'tag', 'since', 'run'] as const;

/** What the address asks for, in the words of the interface. */
export const runQuery = (search: Search): Query => ({
  status: search.status,
  pipeline_name: search.pipeline,
  stack: search.stack,
  user: search.user,
  tags: search.tag,
  created: since(search.since),
  id: search.run,
});

export const isFiltered = (search: Search): boolean => names.some((name) => search[name]);

export const RunFilters = ({
  project,
  without = [],
}: {
  readonly project: string | null | undefined;
  readonly without?: readonly string[];
}) => {
  const [search, patch] = useUrlState();
  const set = (more: Search): void => patch({ page: undefined, ...more });
  return (
    <>
      <Filter
        label="Status"
        all="Any status"
        options={runStatuses.map((value) => ({ value, label: value }))}
        value={search.status}
        onChange={(status) => set({ status })}
      />
      <Filter
        label="Time"
        all="Any time"
        options={Object.entries(spans).map(([value, { label }]) => ({ value, label }))}
        value={search.since}
        onChange={(to) => set({ since: to })}
      />
      {!without.includes('pipeline') && (
        <LookupFilter
          label="Pipeline"
          path="/pipelines"
          project={project}
          value={search.pipeline}
          onChange={(pipeline) => set({ pipeline })}
        />
      )}
      <LookupFilter label="Stack" path="/stacks" value={search.stack} onChange={(stack) => set({ stack })} />
      <LookupFilter label="Author" path="/users" value={search.user} onChange={(user) => set({ user })} />
      <LookupFilter label="Tag" path="/tags" value={search.tag} onChange={(tag) => set({ tag })} />
      {isFiltered(search) && (
        <button
          type="button"
          onClick={() => set(Object.fromEntries(names.map((name) => [name, undefined])))}
          className="h-8 rounded-md px-2 text-sm text-accent-text hover:bg-hover"
        >
          Clear filters
        </button>
      )}
    </>
  );
};
