import { Link } from '@tanstack/react-router';
import { Workflow } from 'lucide-react';
import { useMe } from '../../access/me.ts';
import { seg } from '../../api.ts';
import { useProject } from '../../access/project.ts';
import { useListState } from '../../resource/list-state.ts';
import { useProjectList } from '../../resource/query.ts';
import { DataTable, type Column } from '../../resource/table.tsx';
import { SearchBox, Toolbar } from '../../resource/toolbar.tsx';
import { Empty } from '../../ui/bits.tsx';
import { PageBody } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { FirstRun } from '../home/first-run.tsx';
import { RunStatus } from './run-status.tsx';
import type { Pipeline } from './types.ts';

const columns = (project: string | null | undefined): Column<Pipeline>[] => [
  {
    id: 'name',
    head: 'Pipeline',
    sort: 'name',
    cell: (pipeline) => (
      <Link
        to={`/projects/${seg(project ?? '')}/runs`}
        search={{ pipeline: pipeline.name }}
        className="rounded font-medium hover:underline"
      >
        {pipeline.name}
      </Link>
    ),
  },
  { id: 'status', head: 'Last run', cell: (pipeline) => <RunStatus status={pipeline.resources?.latest_run_status} /> },
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
  const { data: me } = useMe();
  const project = useProject();
  const list = useProjectList<Pipeline>('/pipelines', project.name, {
    hydrate: true,
    page: state.page,
    sort_by: state.sort ?? 'desc:created',
    name: search.name ?? (search.q && `contains:${search.q}`),
  });
  return (
    <PageBody title="Pipelines" intro="Every pipeline in a project. A name opens its runs.">
      <Toolbar>
        <SearchBox label="Search pipelines" value={search.q ?? ''} onChange={(q) => set({ q, name: undefined })} />
      </Toolbar>
      <DataTable
        label="Pipelines"
        columns={columns(project.name)}
        data={list.data}
        error={list.error}
        retry={() => void list.refetch()}
        busy={list.isPlaceholderData}
        state={state}
        keyOf={(pipeline) => pipeline.id}
        empty={
          search.q || search.name ? (
            <Empty icon={<Workflow />} title="No pipeline matches">
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
