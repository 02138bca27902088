import { Link } from '@tanstack/react-router';
import { Workflow } from 'lucide-react';
import { useMe } from '../../access/me.ts';
import { useProject } from '../../access/project.ts';
import { ShareButton } from '../../access/share/share-button.tsx';
import { seg } from '../../api.ts';
import { useUrlState } from '../../resource/list-state.ts';
import { ListPage } from '../../resource/list-view.tsx';
import { useProjectList } from '../../resource/query.ts';
import type { Column } from '../../resource/table.tsx';
import { Time } from '../../ui/time.tsx';
import { FirstRun } from '../home/first-run.tsx';
import { RunStatus } from '../ml/run-status.tsx';
import type { Pipeline, Run } from '../ml/types.ts';
import { createdColumn, ownerNameColumn } from '../things/columns.tsx';
import { PrivateMark } from '../things/parts.tsx';
import { Sparkline } from './history.tsx';

const marks = 12;

/** The newest runs of the project by pipeline, in one request: a pipeline that ran long ago shows its last status only. */
const useRecent = (project: string | null | undefined): ReadonlyMap<string, readonly Run[]> => {
  const { data } = useProjectList<Run>('/runs', project, { size: 200, sort_by: 'desc:created' });
  const by = new Map<string, Run[]>();
  for (const run of data?.items ?? []) {
    const of = by.get(run.body.pipeline_id ?? '') ?? [];
    if (of.length < marks) by.set(run.body.pipeline_id ?? '', [...of, run]);
  }
  return by;
};

const columns = (project: string, recent: ReadonlyMap<string, readonly Run[]>): Column<Pipeline>[] => [
  {
    id: 'name',
    head: 'Pipeline',
    sort: 'name',
    cell: (pipeline) => (
      <span className="flex max-w-80 items-center gap-2">
        <Link
          to={`/projects/${seg(project)}/pipelines/${pipeline.id}`}
          className="truncate rounded font-medium -outline-offset-2 hover:underline"
        >
          {pipeline.name}
        </Link>
        <PrivateMark on={pipeline.body.private} />
      </span>
    ),
  },
  {
    id: 'runs',
    head: 'Last runs',
    from: 'sm',
    cell: (pipeline) => <Sparkline runs={recent.get(pipeline.id) ?? []} />,
  },
  { id: 'status', head: 'Status', cell: (pipeline) => <RunStatus status={pipeline.resources?.latest_run_status} /> },
  ownerNameColumn('', { from: 'md', className: 'max-w-40 truncate text-soft' }),
  {
    id: 'latest',
    head: 'Last run',
    from: 'lg',
    sort: 'latest_run',
    className: 'text-soft',
    cell: (pipeline) => <Time at={recent.get(pipeline.id)?.[0]?.body.created} />,
  },
  createdColumn({ from: 'lg' }),
  {
    id: 'share',
    head: 'Actions',
    quiet: true,
    className: 'w-12',
    cell: (pipeline) => <ShareButton small type="pipeline" thing={pipeline} />,
  },
];

export const PipelinesPage = () => {
  const [search] = useUrlState();
  const { data: me } = useMe();
  const { name: project } = useProject();
  const recent = useRecent(project);
  return (
    <ListPage<Pipeline>
      title="Pipelines"
      intro="Every pipeline of this project. A name opens its runs, versions and schedules."
      things="pipelines"
      thing="pipeline"
      path="/pipelines"
      project={project}
      query={{ ...(search.name && { name: search.name }) }}
      sort="desc:latest_run"
      columns={columns(project ?? '', recent)}
      icon={<Workflow />}
      filtered={Boolean(search.name)}
      empty={
        <div className="p-5">
          <FirstRun user={me?.principal.name ?? ''} />
        </div>
      }
    />
  );
};
