import { useParams } from '@tanstack/react-router';
import { rowGate } from '../../access/me.ts';
import { AskInstead } from '../../access/share/request-form.tsx';
import { ShareButton } from '../../access/share/share-button.tsx';
import { seg } from '../../api.ts';
import { useUrlState } from '../../resource/list-state.ts';
import { ListView } from '../../resource/list-view.tsx';
import { useProjectList, useRead } from '../../resource/query.ts';
import { Until } from '../../resource/until.tsx';
import { useName } from '../../shell/names.ts';
import { Card, Empty } from '../../ui/bits.tsx';
import { PageBody } from '../../ui/page.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Time } from '../../ui/time.tsx';
import { runColumns } from '../ml/run-columns.tsx';
import type { Pipeline, Run } from '../ml/types.ts';
import { DeleteButton } from '../things/delete-button.tsx';
import { PrivateMark } from '../things/parts.tsx';
import { TagEditor } from '../things/tags.tsx';
import { RunBulk } from '../runs/run-bulk.tsx';
import { isFiltered, RunFilters, runQuery } from '../runs/run-filters.tsx';
import { runSizes, useFreshRuns } from '../runs/runs.tsx';
import { History } from './history.tsx';
import { Schedules, Versions } from './versions.tsx';

const Facts = ({ pipeline }: { readonly pipeline: Pipeline }) => (
  <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
    {pipeline.resources?.user && <span>by {pipeline.resources.user.name}</span>}
    <span>
      made <Time at={pipeline.body.created} />
    </span>
    <PrivateMark on={pipeline.body.private} />
    <TagEditor
      path={`/pipelines/${pipeline.id}`}
      tags={pipeline.resources?.tags ?? []}
      blocked={rowGate(pipeline, 'pipeline', 'update')}
    />
  </div>
);

const Runs = ({ project, pipeline }: { readonly project: string; readonly pipeline: Pipeline }) => {
  const [search] = useUrlState();
  const refresh = useFreshRuns(project);
  const last = useProjectList<Run>(
    '/runs',
    project,
    { hydrate: true, size: 40, sort_by: 'desc:created', pipeline_id: pipeline.id },
    refresh,
  );
  return (
    <>
      {(last.data?.items.length ?? 0) > 1 && (
        <Card title="How long they took" className="mb-4">
          <History runs={last.data?.items ?? []} project={project} />
        </Card>
      )}
      <ListView<Run>
        things="runs"
        thing="run"
        path="/runs"
        project={project}
        query={{ ...runQuery(search), pipeline_id: pipeline.id }}
        sort="desc:created"
        columns={runColumns(project, { pipeline: false })}
        filters={<RunFilters project={project} without={['pipeline']} />}
        filtered={isFiltered(search)}
        refresh={refresh}
        sizes={runSizes}
        bulk={(selection) => <RunBulk project={project} selection={selection} />}
        empty={<Empty title="It has not run yet">Runs show up here as soon as they start.</Empty>}
      />
    </>
  );
};

export const PipelinePage = () => {
  const { project = '', pipeline: id = '' } = useParams({ strict: false }) as { project?: string; pipeline?: string };
  const [search, set] = useUrlState();
  const pipeline = useRead<Pipeline>(`/pipelines/${seg(id)}`, { hydrate: true });
  const data = pipeline.data;
  useName(id, data?.name);
  return (
    <PageBody
      title={data?.name ?? 'Pipeline'}
      intro={
        data && (
          <>
            {data.metadata?.description && <p className="mb-1">{data.metadata.description}</p>}
            <Facts pipeline={data} />
          </>
        )
      }
      actions={
        data && (
          <>
            <ShareButton type="pipeline" thing={data} />
            <DeleteButton
              thing={data}
              type="pipeline"
              path={`/pipelines/${seg(id)}`}
              kind="pipeline"
              name={data.name}
              typed={data.name}
              back={`/projects/${seg(project)}/pipelines`}
            >
              <p>
                This cannot be undone. Its versions, schedules and runs go with it, with their steps, logs and metadata.
                Artifacts and models stay.
              </p>
            </DeleteButton>
          </>
        )
      }
    >
      <Until read={pipeline}>
        <AskInstead error={pipeline.error} type="pipeline" id={id} />
      </Until>
      {data && (
        <Tabs
          label="Pipeline"
          value={search.tab ?? 'runs'}
          onChange={(tab) => set({ tab: tab === 'runs' ? undefined : tab, page: undefined, sort: undefined })}
          panels={[
            { id: 'runs', label: 'Runs', body: () => <Runs project={project} pipeline={data} /> },
            { id: 'versions', label: 'Versions', body: () => <Versions project={project} pipeline={data.id} /> },
            { id: 'schedules', label: 'Schedules', body: () => <Schedules project={project} pipeline={data.id} /> },
          ]}
        />
      )}
    </PageBody>
  );
};
