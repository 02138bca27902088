import { Link, useParams } from '@tanstack/react-router';
import { useProject } from '../../access/project.ts';
import { seg } from '../../api.ts';
import { useUrlState } from '../../resource/list-state.ts';
import { useRead } from '../../resource/query.ts';
import { Until } from '../../resource/until.tsx';
import { useName } from '../../shell/names.ts';
import { Card } from '../../ui/bits.tsx';
import { Command } from '../../ui/copy.tsx';
import { Facts } from '../../ui/facts.tsx';
import { PageBody } from '../../ui/page.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Time } from '../../ui/time.tsx';
import { DeleteButton } from '../things/delete-button.tsx';
import { MetadataTable } from '../things/metadata.tsx';
import { OwnerName, quoted } from '../things/parts.tsx';
import { RenameButton } from '../things/rename.tsx';
import { TagsCard } from '../things/tags.tsx';
import { VersionArtifacts, VersionRuns } from './links.tsx';
import { VersionServices } from './services.tsx';
import { StageBadge, StageButton } from './stage.tsx';
import type { ModelVersion } from './types.ts';

export const ModelVersionPage = () => {
  const { version: id = '' } = useParams({ strict: false }) as { version?: string };
  const project = useProject().name ?? '';
  const version = useRead<ModelVersion>(`/model_versions/${seg(id)}`, { hydrate: true });
  const { data } = version;
  const model = data?.body.model;
  useName(id, model && `${model.name} ${data.name}`);
  return (
    <PageBody
      title={model ? `${model.name} · version ${data.name}` : 'Model version'}
      lead={data?.body.stage && <StageBadge stage={data.body.stage} />}
      intro={
        model && (
          <>
            A version of{' '}
            <Link
              to={`/projects/${seg(project)}/models/${model.id}`}
              className="rounded text-accent-text underline underline-offset-2"
            >
              {model.name}
            </Link>
          </>
        )
      }
      actions={data && <Actions version={data} project={project} />}
    >
      <Until read={version} lines={8} />
      {data && (
        <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_21rem]">
          <Belongings version={data} project={project} />
          <div className="grid min-w-0 gap-4">
            <TagsCard path={`/model_versions/${data.id}`} thing={data} type="model" />
            <Card title="About it">
              <Facts
                facts={[
                  ['Description', data.metadata?.description],
                  ['Number', String(data.body.number)],
                  ['Stage', data.body.stage ? <StageBadge key="stage" stage={data.body.stage} /> : 'none'],
                  ['Made by', <OwnerName key="by" user={data.resources?.user} />],
                  ['Created', <Time key="created" at={data.body.created} />],
                  ['Changed', <Time key="changed" at={data.body.updated} />],
                ]}
              />
            </Card>
            <Card title="Load it in Python">
              <Command
                label="Python to load this version"
                text={`from zenml.client import Client\n\nversion = Client().get_model_version(\n    ${quoted(data.body.model.name)}, ${quoted(data.name)}\n)\nversion.get_artifact("NAME").load()`}
              />
            </Card>
          </div>
        </div>
      )}
    </PageBody>
  );
};

const Belongings = ({ version, project }: { readonly version: ModelVersion; readonly project: string }) => {
  const [search, set] = useUrlState();
  return (
    <Tabs
      label="What belongs to this version"
      value={search.tab ?? 'artifacts'}
      onChange={(tab) => set({ tab: tab === 'artifacts' ? undefined : tab })}
      panels={[
        { id: 'artifacts', label: 'Artifacts', body: () => <VersionArtifacts version={version} project={project} /> },
        { id: 'runs', label: 'Runs', body: () => <VersionRuns version={version} project={project} /> },
        { id: 'deployments', label: 'Deployments', body: () => <VersionServices version={version} /> },
        {
          id: 'metadata',
          label: 'Metadata and metrics',
          body: () => (
            <Card>
              <MetadataTable metadata={version.metadata?.run_metadata ?? {}} label="Metadata" />
            </Card>
          ),
        },
      ]}
    />
  );
};

const Actions = ({ version, project }: { readonly version: ModelVersion; readonly project: string }) => {
  const own = { thing: version, type: 'model', path: `/model_versions/${version.id}` };
  const { model, stage } = version.body;
  return (
    <>
      <StageButton version={version} />
      <RenameButton
        {...own}
        what="version"
        warning="Code that names the version by its old name will not find it any more. Numbers and stages cannot be names."
      />
      <DeleteButton
        {...own}
        kind="version"
        name={`${version.name} of ${model.name}`}
        typed={version.name}
        back={`/projects/${seg(project)}/models/${model.id}`}
      >
        <p>
          Its stage, metadata, tags and links go; the runs and artifacts themselves stay.
          {stage === 'production' && ' It is in production: code that asks for that stage will find nothing.'} This
          cannot be undone.
        </p>
      </DeleteButton>
    </>
  );
};
