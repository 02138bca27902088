import { Link } from '@tanstack/react-router';
import { useProjectName } from '../../access/project.ts';
import { useCurrentUser, useInfo, useMe } from '../../access/me.ts';
import { asPage } from '../../api.ts';
import { DataTable, type Column } from '../../resource/table.tsx';
import { Card, SkeletonLines } from '../../ui/bits.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageBody } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { RunStatus } from '../ml/run-status.tsx';
import { Checklist } from './checklist.tsx';
import { FirstRun } from './first-run.tsx';
import { MyAccess } from './my-access.tsx';
import { useOverview, type PlacedRun } from './overview.ts';
import { RunLines, RunLink } from './run-lines.tsx';

const columns = (nameOf: (id: string) => string | undefined): Column<PlacedRun>[] => [
  {
    id: 'name',
    head: 'Run',
    className: 'max-w-40 sm:max-w-64',
    cell: (run) => (
      <>
        <RunLink run={run} className="block truncate rounded font-medium hover:underline" />
        <span className="block truncate text-xs text-faint">{run.resources?.pipeline?.name}</span>
      </>
    ),
  },
  { id: 'status', head: 'Status', cell: (run) => <RunStatus status={run.body.status} /> },
  {
    id: 'project',
    head: 'Project',
    from: 'md',
    className: 'max-w-40 truncate text-soft',
    cell: (run) => nameOf(run.body.project_id) ?? '',
  },
  { id: 'user', head: 'By', from: 'xl', className: 'text-soft', cell: (run) => run.resources?.user?.name ?? '' },
  {
    id: 'created',
    head: 'Started',
    from: 'sm',
    className: 'text-soft',
    cell: (run) => <Time at={run.body.created} />,
  },
];

const Recent = ({ overview }: { readonly overview: ReturnType<typeof useOverview> }) => {
  const nameOf = useProjectName();
  const { data: me } = useMe();
  return (
    <section aria-labelledby="recent" className="min-w-0">
      <div className="mb-2 flex items-baseline justify-between">
        <h2 id="recent" className="font-semibold">
          Recent runs
        </h2>
        {(overview.data?.recent.length ?? 0) > 0 && (
          <Link to="/runs" className="rounded text-sm text-accent-text hover:underline">
            All runs
          </Link>
        )}
      </div>
      <DataTable
        label="Recent runs"
        columns={columns(nameOf)}
        data={overview.data && asPage(overview.data.recent)}
        error={overview.error}
        retry={() => void overview.refetch()}
        keyOf={(run) => run.id}
        empty={
          <div className="p-5">
            <FirstRun user={me?.principal.name ?? ''} />
          </div>
        }
      />
    </section>
  );
};

export const HomePage = () => {
  const { data: user } = useCurrentUser();
  const { data: me } = useMe();
  const { data: info } = useInfo();
  const overview = useOverview();
  const { data } = overview;
  const name = user?.body.full_name?.split(' ')[0] || me?.principal.name;
  return (
    <PageBody title={name ? `Hello, ${name}` : 'Hello'} intro={info?.name ? `You are in ${info.name}.` : undefined}>
      <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_21rem]">
        <div className="grid min-w-0 gap-5">
          {me?.local && <Notice>This is local mode: there is one user, and roles limit nothing.</Notice>}
          <Checklist started={data?.started} />
          {data && data.failing.length > 0 && (
            <Card title="Failed this week" hint="The newest runs that failed, of all projects that you may see.">
              <RunLines runs={data.failing} label="Failed this week" />
            </Card>
          )}
          <Recent overview={overview} />
        </div>
        <div className="grid min-w-0 gap-5">
          <Card title="My work">
            {!data && !overview.error && <SkeletonLines lines={3} />}
            {data &&
              (data.mine.length > 0 ? (
                <RunLines runs={data.mine} label="My work" />
              ) : (
                <p className="text-sm text-soft">Runs that you start show here.</p>
              ))}
          </Card>
          <Card title="What you may do here">
            <MyAccess />
          </Card>
        </div>
      </div>
    </PageBody>
  );
};
