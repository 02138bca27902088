import { Link } from '@tanstack/react-router';
import { Package, Play, Unlink } from 'lucide-react';
import { rowGate } from '../../access/me.ts';
import { remove, seg } from '../../api.ts';
import { useListState } from '../../resource/list-state.ts';
import { useChange, useList } from '../../resource/query.ts';
import { ListTable, type Column } from '../../resource/table.tsx';
import { Badge, Empty } from '../../ui/bits.tsx';
import { IconButton } from '../../ui/button.tsx';
import { Time } from '../../ui/time.tsx';
import { kindOf } from '../artifacts/types.ts';
import { RunStatus } from '../ml/run-status.tsx';
import { Hidden } from '../things/parts.tsx';
import type { ArtifactLink, ModelVersion, RunLinkOf } from './types.ts';

interface Props {
  readonly version: ModelVersion;
  readonly project: string;
}

const Take = ({
  version,
  kind,
  id,
  name,
}: {
  readonly version: ModelVersion;
  readonly kind: 'artifacts' | 'runs';
  readonly id: string;
  readonly name: string;
}) => {
  const take = useChange(() => remove(`/model_versions/${version.id}/${kind}/${id}`), { done: `${name} is unlinked` });
  return (
    <IconButton
      label={`Unlink ${name}`}
      blocked={rowGate(version, 'model', 'update')}
      busy={take.isPending}
      onClick={() => take.mutate(undefined)}
    >
      <Unlink aria-hidden />
    </IconButton>
  );
};

const artifactColumns = ({ version, project }: Props): Column<ArtifactLink>[] => [
  {
    id: 'name',
    head: 'Artifact',
    className: 'max-w-72',
    cell: ({ body: { artifact_version: of } }) =>
      of.permission_denied ? (
        <Hidden what="an artifact" />
      ) : (
        <Link
          to={`/projects/${seg(project)}/artifact-versions/${of.id}`}
          className="block truncate rounded font-medium hover:underline"
        >
          {of.body.artifact?.name}
          <span className="font-normal text-faint"> · version {of.body.version}</span>
        </Link>
      ),
  },
  {
    id: 'kind',
    head: 'Kind',
    from: 'sm',
    cell: ({ body: { artifact_version: of } }) => of.body && <Badge>{kindOf(of.body.type)}</Badge>,
  },
  {
    id: 'created',
    head: 'Linked',
    from: 'md',
    className: 'text-soft',
    cell: (link) => <Time at={link.body.created} />,
  },
  {
    id: 'take',
    head: 'Unlink',
    quiet: true,
    className: 'w-10',
    cell: (link) => (
      <Take
        version={version}
        kind="artifacts"
        id={link.id}
        name={link.body.artifact_version.body?.artifact?.name ?? 'it'}
      />
    ),
  },
];

export const VersionArtifacts = (props: Props) => {
  const state = useListState();
  const list = useList<ArtifactLink>('/model_version_artifacts', {
    model_version_id: props.version.id,
    page: state.page,
    sort_by: 'desc:created',
  });
  return (
    <ListTable
      label="Artifacts"
      columns={artifactColumns(props)}
      list={list}
      state={state}
      empty={
        <Empty icon={<Package />} title="No artifacts">
          What the steps of its runs write is linked by itself; anything else with{' '}
          <code className="font-mono">link_artifact_to_model</code>.
        </Empty>
      }
    />
  );
};

const runColumns = ({ version, project }: Props): Column<RunLinkOf>[] => [
  {
    id: 'name',
    head: 'Run',
    className: 'max-w-80',
    cell: ({ body: { pipeline_run: run } }) =>
      run.permission_denied ? (
        <Hidden what="a run" />
      ) : (
        <Link
          to={`/projects/${seg(project)}/runs/${run.id}`}
          className="block truncate rounded font-medium hover:underline"
        >
          {run.name}
        </Link>
      ),
  },
  { id: 'status', head: 'Status', cell: (link) => <RunStatus status={link.body.pipeline_run.body?.status} /> },
  {
    id: 'created',
    head: 'Linked',
    from: 'md',
    className: 'text-soft',
    cell: (link) => <Time at={link.body.created} />,
  },
  {
    id: 'take',
    head: 'Unlink',
    quiet: true,
    className: 'w-10',
    cell: (link) => <Take version={version} kind="runs" id={link.id} name={link.body.pipeline_run.name || 'it'} />,
  },
];

export const VersionRuns = (props: Props) => {
  const state = useListState();
  const list = useList<RunLinkOf>('/model_version_pipeline_runs', {
    model_version_id: props.version.id,
    page: state.page,
    sort_by: 'desc:created',
  });
  return (
    <ListTable
      label="Runs"
      columns={runColumns(props)}
      list={list}
      state={state}
      empty={
        <Empty icon={<Play />} title="No runs">
          Runs of pipelines that name this model version show here.
        </Empty>
      }
    />
  );
};
