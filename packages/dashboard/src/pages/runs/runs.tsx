import { useMe } from '../../access/me.ts';
import { useProject } from '../../access/project.ts';
import type { Page } from '../../api.ts';
import { useUrlState } from '../../resource/list-state.ts';
import { ListPage } from '../../resource/list-view.tsx';
import { FirstRun } from '../home/first-run.tsx';
import { runColumns } from '../ml/run-columns.tsx';
import type { Run } from '../ml/types.ts';
import { RunBulk } from './run-bulk.tsx';
import { isFiltered, RunFilters, runQuery } from './run-filters.tsx';

/** Soon while something runs, else now and then: a new run may begin at any time. */
export const whileRunning = (page: Page<Run> | undefined): number =>
  page?.items.some((run) => run.body.in_progress) ? 4000 : 30_000;

export const runSizes = [20, 100, 500];

export const RunsPage = () => {
  const [search] = useUrlState();
  const { data: me } = useMe();
  const { name: project } = useProject();
  return (
    <ListPage<Run>
      title="Runs"
      intro="Every execution of a pipeline in this project, newest first."
      things="runs"
      thing="run"
      path="/runs"
      project={project}
      query={runQuery(search)}
      sort="desc:created"
      columns={runColumns(project)}
      filters={<RunFilters project={project} />}
      filtered={isFiltered(search)}
      refresh={whileRunning}
      sizes={runSizes}
      bulk={(selection) => <RunBulk project={project ?? ''} selection={selection} />}
      empty={
        <div className="p-5">
          <FirstRun user={me?.principal.name ?? ''} />
        </div>
      }
    />
  );
};
