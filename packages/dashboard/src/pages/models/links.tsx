import { Link } from '@tanstack/react-router';
import { Package, Play, Unlink } from 'lucide-react';
import type { ReactNode } from 'react';
import { rowGate } from '../../access/me.ts';
import { remove, seg, type Envelope } from '../../api.ts';
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

interface LinksProps<T extends Envelope> {
  readonly label: string;
  readonly path: string;
  readonly version: ModelVersion;
  /** What is linked, in columns of its own. */
  readonly columns: readonly Column<T>[];
  readonly kind: 'artifacts' | 'runs';
  readonly nameOf: (link: T) => string | undefined;
  readonly empty: ReactNode;
}

/** The links of one kind, newest first, each with when it was made and the button that takes it off. */
const Links = <T extends Envelope<{ created: string }>>(props: LinksProps<T>) => {
  const { label, path, version, columns, kind, nameOf, empty } = props;
  const state = useListState();
  const list = useList<T>(path, { model_version_id: version.id, page: state.page, sort_by: 'desc:created' });
  const all: Column<T>[] = [
    ...columns,
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
      cell: (link) => <Take version={version} kind={kind} id={link.id} name={nameOf(link) || 'it'} />,
    },
  ];
  return <ListTable label={label} columns={all} list={list} state={state} empty={empty} />;
};

const artifactColumns = (project: string): Column<ArtifactLink>[] => [
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
];

export const VersionArtifacts = ({ version, project }: Props) => (
  <Links<ArtifactLink>
    label="Artifacts"
    path="/model_version_artifacts"
    version={version}
    columns={artifactColumns(project)}
    kind="artifacts"
    nameOf={(link) => link.body.artifact_version.body?.artifact?.name}
    empty={
      <Empty icon={<Package />} title="No artifacts">
        What the steps of its runs write is linked by itself; anything else with{' '}
        <code className="font-mono">link_artifact_to_model</code>.
      </Empty>
    }
  />
);

const runColumns = (project: string): Column<RunLinkOf>[] => [
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
];

export const VersionRuns = ({ version, project }: Props) => (
  <Links<RunLinkOf>
    label="Runs"
    path="/model_version_pipeline_runs"
    version={version}
    columns={runColumns(project)}
    kind="runs"
    nameOf={(link) => link.body.pipeline_run.name}
    empty={
      <Empty icon={<Play />} title="No runs">
        Runs of pipelines that name this model version show here.
      </Empty>
    }
  />
);
