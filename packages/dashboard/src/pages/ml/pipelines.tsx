import { Link } from '@tanstack/react-router';
import { Workflow } from 'lucide-react';
import { useCurrentUser } from '../../access/me.ts';
import { useProjectOptions } from '../../access/options.ts';
import { useListState } from '../../resource/list-state.ts';
import { useOfferedList } from '../../resource/query.ts';
import { DataTable, type Column } from '../../resource/table.tsx';
import { Filter, SearchBox, Toolbar } from '../../resource/toolbar.tsx';
import { Empty } from '../../ui/bits.tsx';
import { PageBody } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { FirstRun } from '../home/first-run.tsx';
import { RunStatus } from './run-status.tsx';
import type { Pipeline } from './types.ts';

const columns: Column<Pipeline>[] = [
  {
    id: 'name',
    head: 'Pipeline',
    sort: 'name',
    cell: (pipeline) => (
      <Link
        to="/runs"
        search={{
          pipeline: pipeline.name,
          ...(pipeline.resources?.project && { project: pipeline.resources.project.name }),
        }}
        className="rounded font-medium hover:underline"
      >
        {pipeline.name}
      </Link>
    ),
  },
  { id: 'status', head: 'Last run', cell: (pipeline) => <RunStatus status={pipeline.body.latest_run_status} /> },
  {
    id: 'project',
    head: 'Project',
    from: 'md',
    className: 'text-soft',
    cell: (pipeline) => pipeline.resources?.project?.name ?? '',
  },
  {
    id: 'owner',
    head: 'Owner',
    from: 'sm',
    className: 'text-soft',
    cell: (pipeline) => pipeline.resources?.user?.name ?? '',
  },
  {
    id: 'created',
    head: 'Created',
    sort: 'created',
    from: 'sm',
    className: 'text-soft',
    cell: (pipeline) => <Time at={pipeline.body.created} />,
  },
];

export const PipelinesPage = () => {
  const state = useListState();
  const { search, set } = state;
  const { data: me } = useCurrentUser();
  const list = useOfferedList<Pipeline>('/pipelines', {
    hydrate: true,
    page: state.page,
    sort_by: state.sort ?? 'desc:created',
    name: search.name ?? (search.q && `contains:${search.q}`),
    project: search.project,
  });
  const projects = useProjectOptions();
  return (
    <PageBody title="Pipelines" intro="Every pipeline that you may see. A name opens its runs.">
      <Toolbar>
        <SearchBox label="Search pipelines" value={search.q ?? ''} onChange={(q) => set({ q, name: undefined })} />
        <Filter
          label="Project"
          all="All projects"
          options={projects}
          value={search.project}
          onChange={(project) => set({ project })}
        />
      </Toolbar>
      <DataTable
        label="Pipelines"
        columns={columns}
        data={list.data}
        error={list.error}
        retry={() => void list.refetch()}
        busy={list.isPlaceholderData}
        state={state}
        keyOf={(pipeline) => pipeline.id}
        empty={
          search.q || search.project || search.name ? (
            <Empty icon={<Workflow />} title="No pipeline matches">
              Try fewer filters.
            </Empty>
          ) : (
            <div className="p-5">
              <FirstRun user={me?.name ?? ''} />
            </div>
          )
        }
      />
    </PageBody>
  );
};
