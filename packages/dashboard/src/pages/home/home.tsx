import { Link } from '@tanstack/react-router';
import { useProject } from '../../access/project.ts';
import { useCurrentUser, useInfo, useMe } from '../../access/me.ts';
import { useProjectList } from '../../resource/query.ts';
import { DataTable } from '../../resource/table.tsx';
import { Card } from '../../ui/bits.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageBody } from '../../ui/page.tsx';
import { runColumns } from '../ml/run-columns.tsx';
import type { Run } from '../ml/types.ts';
import { Checklist } from './checklist.tsx';
import { FirstRun } from './first-run.tsx';
import { MyAccess } from './my-access.tsx';

const shown = new Set(['name', 'status', 'user', 'created']);

export const HomePage = () => {
  const { data: user } = useCurrentUser();
  const { data: me } = useMe();
  const { data: info } = useInfo();
  const project = useProject();
  const runs = useProjectList<Run>('/runs', project.name, { hydrate: true, size: 8, sort_by: 'desc:created' });
  const name = user?.body.full_name?.split(' ')[0] || me?.principal.name;
  return (
    <PageBody title={name ? `Hello, ${name}` : 'Hello'} intro={info?.name ? `You are in ${info.name}.` : undefined}>
      <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_21rem]">
        <div className="grid min-w-0 gap-5">
          {me?.local && <Notice>This is local mode: there is one user, and roles limit nothing.</Notice>}
          <Checklist runs={runs.data?.total} />
          <section aria-labelledby="recent" className="min-w-0">
            <div className="mb-2 flex items-baseline justify-between">
              <h2 id="recent" className="font-semibold">
                Recent runs{project.options.length > 1 && project.name ? ` in ${project.name}` : ''}
              </h2>
              {(runs.data?.total ?? 0) > 0 && (
                <Link to="/runs" className="rounded text-sm text-accent-text hover:underline">
                  All runs
                </Link>
              )}
            </div>
            <DataTable
              label="Recent runs"
              columns={runColumns(project.name)
                .filter((column) => shown.has(column.id))
                .map(({ sort: _, ...column }) => column)}
              data={runs.data}
              error={runs.error}
              retry={() => void runs.refetch()}
              keyOf={(run) => run.id}
              empty={
                <div className="p-5">
                  <FirstRun user={me?.principal.name ?? ''} />
                </div>
              }
            />
          </section>
        </div>
        <Card title="What you may do here">
          <MyAccess />
        </Card>
      </div>
    </PageBody>
  );
};
