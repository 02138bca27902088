import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useProject } from '../../access/project.ts';
import { seg, type Envelope } from '../../api.ts';
import { useRead } from '../../resource/query.ts';
import { Until } from '../../resource/until.tsx';
import { useName } from '../../shell/names.ts';
import { Badge, Card } from '../../ui/bits.tsx';
import { Check } from '../../ui/choice.tsx';
import { Command } from '../../ui/copy.tsx';
import { Facts } from '../../ui/facts.tsx';
import { PageBody } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { DeleteButton } from '../things/delete-button.tsx';
import { MetadataTable } from '../things/metadata.tsx';
import { bytes, Hidden, OwnerName, quoted } from '../things/parts.tsx';
import { TagsCard } from '../things/tags.tsx';
import { LineageView } from './lineage.tsx';
import { Preview } from './preview.tsx';
import { kindOf, savedAs, sourceText, type ArtifactVersion } from './types.ts';

const Store = ({ id }: { readonly id: string }) => {
  const store = useRead<Envelope<{ type: string }>>(`/components/${id}`);
  if (store.error) return <Hidden what="a store" />;
  if (!store.data) return null;
  return (
    <Link to={`/components/artifact_store/${id}`} className="rounded text-accent-text hover:underline">
      {store.data.name}
    </Link>
  );
};

const Mono = ({ children }: { readonly children: string }) => (
  <span className="font-mono text-xs wrap-anywhere">{children}</span>
);

const About = ({ version }: { readonly version: ArtifactVersion }) => {
  const { body, metadata } = version;
  const size = metadata?.run_metadata.storage_size;
  return (
    <Facts
      facts={[
        ['Kind', <Badge key="kind">{kindOf(body.type)}</Badge>],
        ['Data type', <Mono key="data">{sourceText(body.data_type)}</Mono>],
        ['Materializer', <Mono key="materializer">{sourceText(body.materializer)}</Mono>],
        ['Saved', savedAs[body.save_type] ?? body.save_type],
        typeof size === 'number' && ['Size', <span key="size">{bytes(size)}</span>],
        body.item_count !== null && ['Items', String(body.item_count)],
        body.artifact_store_id !== null && ['Store', <Store key="store" id={body.artifact_store_id} />],
        ['Lies at', <Mono key="uri">{body.uri}</Mono>],
        body.content_hash !== null && ['Content hash', <Mono key="hash">{body.content_hash}</Mono>],
        ['Made by', <OwnerName key="user" user={version.resources?.user} />],
        ['Created', <Time key="created" at={body.created} />],
        ['Id', <Mono key="id">{version.id}</Mono>],
      ]}
    />
  );
};

export const ArtifactVersionPage = () => {
  const { version: id = '' } = useParams({ strict: false }) as { version?: string };
  const project = useProject().name ?? '';
  const version = useRead<ArtifactVersion>(`/artifact_versions/${seg(id)}`, { hydrate: true });
  const { data } = version;
  const artifact = data?.body.artifact;
  useName(id, artifact && `${artifact.name} ${data.body.version}`);
  return (
    <PageBody
      title={artifact ? `${artifact.name} · version ${data.body.version}` : 'Artifact version'}
      intro={
        artifact && (
          <>
            A version of{' '}
            <Link
              to={`/projects/${seg(project)}/artifacts/${artifact.id}`}
              className="rounded text-accent-text underline underline-offset-2"
            >
              {artifact.name}
            </Link>
          </>
        )
      }
      actions={data && <Delete version={data} project={project} />}
    >
      <Until read={version} lines={8} />
      {data && (
        <div className="grid gap-5">
          <section aria-labelledby="lineage" className="rounded-xl border border-line bg-side p-4">
            <h2 id="lineage" className="mb-3 font-semibold">
              Lineage
            </h2>
            <LineageView version={data} project={project} />
          </section>
          <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_24rem]">
            <div className="grid min-w-0 gap-5">
              <Card title="Preview">
                <Preview version={data} />
              </Card>
              <Card title="Metadata">
                <MetadataTable metadata={data.metadata?.run_metadata ?? {}} label="Metadata" />
              </Card>
            </div>
            <div className="grid min-w-0 gap-4">
              <TagsCard path={`/artifact_versions/${data.id}`} thing={data} type="artifact" />
              <Card title="About it">
                <About version={data} />
              </Card>
              <Card title="Load it in Python">
                <Command
                  label="Python to load this version"
                  text={`from zenml.client import Client\n\nClient().get_artifact_version(\n    ${quoted(data.body.artifact.name)}, ${quoted(data.body.version)}\n).load()`}
                />
              </Card>
            </div>
          </div>
        </div>
      )}
    </PageBody>
  );
};

const Delete = ({ version, project }: { readonly version: ArtifactVersion; readonly project: string }) => {
  const { artifact, version: number } = version.body;
  const [dataToo, setDataToo] = useState(false);
  return (
    <DeleteButton
      thing={version}
      type="artifact"
      path={`/artifact_versions/${version.id}`}
      query={dataToo ? { delete_metadata: true, delete_from_artifact_store: true } : {}}
      kind="version"
      name={`${number} of ${artifact.name}`}
      back={`/projects/${seg(project)}/artifacts/${artifact.id}`}
    >
      <p>
        What is known of this version goes: where it lies, its metadata, its tags, its place in models. A version that a
        run made or read stays as long as the run does.
      </p>
      <Check
        label="Its files in the artifact store too"
        text="Otherwise they stay where they are."
        checked={dataToo}
        onChange={setDataToo}
      />
    </DeleteButton>
  );
};
