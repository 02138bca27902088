import { useIsFetching, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useMe } from '../../access/me.ts';
import { useProject } from '../../access/project.ts';
import { seg } from '../../api.ts';
import { useUrlState } from '../../resource/list-state.ts';
import type { Refresh } from '../../resource/query.ts';
import { useStream } from '../../resource/stream.ts';
import { ListPage } from '../../resource/list-view.tsx';
import { FirstRun } from '../home/first-run.tsx';
import { runColumns } from '../ml/run-columns.tsx';
import type { Run } from '../ml/types.ts';
import { RunBulk } from './run-bulk.tsx';
import { isFiltered, RunFilters, runQuery } from './run-filters.tsx';

/** Lists of runs stay up to date: the server tells of changes, and where it cannot they are read again, soon while something runs. */
export const useFreshRuns = (project: string | null | undefined): Refresh<Run> => {
  const client = useQueryClient();
  const waiting = useRef<ReturnType<typeof setTimeout> | null>(null);
  // Many changes within a second are one reason to look again.
  const again = (): void => {
    waiting.current ??= setTimeout(() => {
      waiting.current = null;
      void client.invalidateQueries({ queryKey: ['/runs'] });
    }, 800);
  };
  // The rows come first: what changes them can be listened for once they are there.
  const [begun, setBegun] = useState(false);
  const reading = useIsFetching({ queryKey: ['/runs'] }) > 0;
  if (!begun && !reading && client.getQueriesData({ queryKey: ['/runs'] }).some(([, page]) => page)) setBegun(true);
  const told = useStream(begun && project ? `/projects/${seg(project)}/events/stream` : null, {
    run: again,
    gone: again,
  });
  useEffect(() => {
    // What happened while nobody listened.
    if (told) void client.invalidateQueries({ queryKey: ['/runs'] });
  }, [told, client]);
  return (page) => (told ? false : page?.items.some((run) => run.body.in_progress) ? 4000 : 30_000);
};

export const runSizes = [20, 100, 500];

export const RunsPage = () => {
  const [search] = useUrlState();
  const { data: me } = useMe();
  const { name: project } = useProject();
  const refresh = useFreshRuns(project);
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
      refresh={refresh}
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
