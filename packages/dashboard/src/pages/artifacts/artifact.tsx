import { Link, useParams } from '@tanstack/react-router';
import { Package } from 'lucide-react';
import { AskInstead } from '../../access/share/request-form.tsx';
import { ShareButton } from '../../access/share/share-button.tsx';
import { useProject } from '../../access/project.ts';
import { seg } from '../../api.ts';
import { useListState } from '../../resource/list-state.ts';
import { useProjectList, useRead } from '../../resource/query.ts';
import { ListTable, type Column } from '../../resource/table.tsx';
import { Until } from '../../resource/until.tsx';
import { useName } from '../../shell/names.ts';
import { Badge, Card, Empty } from '../../ui/bits.tsx';
import { Command } from '../../ui/copy.tsx';
import { Facts } from '../../ui/facts.tsx';
import { PageBody } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { createdColumn, ownerColumn } from '../things/columns.tsx';
import { DeleteButton } from '../things/delete-button.tsx';
import { OwnerName, PrivateMark, quoted } from '../things/parts.tsx';
import { RenameButton } from '../things/rename.tsx';
import { tagsColumn } from '../things/tag-chips.tsx';
import { TagsCard } from '../things/tags.tsx';
import { kindOf, sourceText, type Artifact, type ArtifactVersion } from './types.ts';

const columns = (project: string): Column<ArtifactVersion>[] => [
  {
    id: 'version',
    head: 'Version',
    sort: 'version_number',
    className: 'max-w-56',
    cell: (version) => (
      <Link
        to={`/projects/${seg(project)}/artifact-versions/${version.id}`}
        className="block truncate rounded font-medium nums hover:underline"
      >
        {version.body.version}
      </Link>
    ),
  },
  { id: 'type', head: 'Kind', cell: (version) => <Badge>{kindOf(version.body.type)}</Badge> },
  {
    id: 'data',
    head: 'Data type',
    from: 'lg',
    className: 'max-w-64 truncate font-mono text-xs text-soft',
    cell: (version) => sourceText(version.body.data_type),
  },
  tagsColumn(2),
  ownerColumn({ head: 'By', from: 'md' }),
  createdColumn(),
];

const Versions = ({ artifact, project }: { readonly artifact: Artifact; readonly project: string }) => {
  const state = useListState();
  const list = useProjectList<ArtifactVersion>('/artifact_versions', project, {
    artifact: artifact.id,
    page: state.page,
    sort_by: state.sort ?? 'desc:created',
  });
  return (
    <section aria-labelledby="versions" className="min-w-0">
      <h2 id="versions" className="mb-2 font-semibold">
        Versions
      </h2>
      <ListTable
        label="Versions"
        columns={columns(project)}
        list={list}
        state={state}
        empty={
          <Empty icon={<Package />} title="No versions">
            The next time a step writes this artifact, its version shows here.
          </Empty>
        }
      />
    </section>
  );
};

export const ArtifactPage = () => {
  const { artifact: id = '' } = useParams({ strict: false }) as { artifact?: string };
  const project = useProject().name ?? '';
  const artifact = useRead<Artifact>(`/artifacts/${seg(id)}`, { hydrate: true });
  const { data } = artifact;
  useName(id, data?.name);
  return (
    <PageBody
      title={data?.name ?? 'Artifact'}
      lead={data && <PrivateMark on={data.body.private} />}
      intro="An artifact and its versions"
      actions={data && <Actions artifact={data} project={project} />}
    >
      <Until read={artifact}>
        <AskInstead error={artifact.error} type="artifact" id={id} />
      </Until>
      {data && (
        <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_21rem]">
          <Versions artifact={data} project={project} />
          <div className="grid min-w-0 gap-4">
            <TagsCard path={`/artifacts/${data.id}`} thing={data} type="artifact" />
            <Card title="About it">
              <Facts
                facts={[
                  ['Owner', <OwnerName key="owner" user={data.resources?.user} />],
                  ['Created', <Time key="created" at={data.body.created} />],
                  ['Latest version', data.resources?.latest_version_name],
                  ['Name', data.metadata?.has_custom_name ? 'chosen by hand' : 'given by the step'],
                ]}
              />
            </Card>
            <Card title="Load it in Python" hint="The latest version; a second argument names another one.">
              <Command
                label="Python to load the artifact"
                text={`from zenml.client import Client\n\nClient().get_artifact_version(\n    ${quoted(data.name)}\n).load()`}
              />
            </Card>
          </div>
        </div>
      )}
    </PageBody>
  );
};

const Actions = ({ artifact, project }: { readonly artifact: Artifact; readonly project: string }) => {
  const own = { thing: artifact, type: 'artifact', path: `/artifacts/${artifact.id}` };
  return (
    <>
      <ShareButton type="artifact" thing={artifact} />
      <RenameButton
        {...own}
        what="artifact"
        warning="Code that loads the artifact by its old name will not find it any more."
      />
      <DeleteButton {...own} name={artifact.name} typed={artifact.name} back={`/projects/${seg(project)}/artifacts`}>
        <p>
          The artifact goes with all its versions: runs and models that used them will not name them any more. The files
          in the artifact store stay. This cannot be undone.
        </p>
      </DeleteButton>
    </>
  );
};
