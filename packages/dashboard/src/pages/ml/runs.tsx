import { Play } from 'lucide-react';
import { useMe } from '../../access/me.ts';
import { useProject } from '../../access/project.ts';
import { useListState } from '../../resource/list-state.ts';
import { useProjectList } from '../../resource/query.ts';
import { DataTable, type Column } from '../../resource/table.tsx';
import { Filter, SearchBox, Toolbar } from '../../resource/toolbar.tsx';
import { Empty } from '../../ui/bits.tsx';
import { PageBody } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { FirstRun } from '../home/first-run.tsx';
import { duration } from './duration.ts';
import { RunStatus, runStatuses } from './run-status.tsx';
import type { Run } from './types.ts';

export const runColumns: Column<Run>[] = [
  {
    id: 'name',
    head: 'Run',
    sort: 'name',
    cell: (run) => (
      <span className="block max-w-72">
        <span className="block truncate font-medium">{run.name}</span>
        <span className="block truncate text-xs text-faint">{run.resources?.pipeline?.name}</span>
      </span>
    ),
  },
  { id: 'status', head: 'Status', cell: (run) => <RunStatus status={run.body.status} /> },
  { id: 'stack', head: 'Stack', from: 'lg', className: 'text-soft', cell: (run) => run.resources?.stack?.name ?? '' },
  { id: 'user', head: 'By', from: 'md', className: 'text-soft', cell: (run) => run.resources?.user?.name ?? '' },
  {
    id: 'duration',
    head: 'Duration',
    from: 'md',
    className: 'text-soft nums whitespace-nowrap',
    cell: (run) => duration(run.metadata?.start_time, run.metadata?.end_time),
  },
  {
    id: 'created',
    head: 'Started',
    sort: 'created',
    from: 'sm',
    className: 'text-soft',
    cell: (run) => <Time at={run.body.created} />,
  },
];

export const RunsPage = () => {
  const state = useListState();
  const { search, set } = state;
  const { data: me } = useMe();
  const project = useProject();
  const list = useProjectList<Run>('/runs', project.name, {
    hydrate: true,
    page: state.page,
    sort_by: state.sort ?? 'desc:created',
    name: search.q && `contains:${search.q}`,
    status: search.status,
    pipeline_name: search.pipeline,
    id: search.run,
  });
  const filtered = search.q || search.status || search.run || search.pipeline;
  return (
    <PageBody title="Runs" intro="Every execution of a pipeline in a project, newest first.">
      <Toolbar>
        <SearchBox label="Search runs" value={search.q ?? ''} onChange={(q) => set({ q })} />
        <Filter
          label="Status"
          all="Any status"
          options={runStatuses.map((value) => ({ value, label: value }))}
          value={search.status}
          onChange={(status) => set({ status })}
        />
        {search.run && (
          <button
            type="button"
            onClick={() => set({ run: undefined })}
            className="h-8 rounded-md border border-accent-text bg-accent-wash px-2.5 text-sm"
          >
            One run · show all
          </button>
        )}
      </Toolbar>
      <DataTable
        label="Runs"
        columns={runColumns}
        data={list.data}
        error={list.error}
        retry={() => void list.refetch()}
        busy={list.isPlaceholderData}
        state={state}
        keyOf={(run) => run.id}
        empty={
          filtered ? (
            <Empty icon={<Play />} title="No run matches">
              Try fewer filters.
            </Empty>
          ) : (
            <div className="p-5">
              <FirstRun user={me?.principal.name ?? ''} />
            </div>
          )
        }
      />
    </PageBody>
  );
};
