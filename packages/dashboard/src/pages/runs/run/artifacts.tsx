import { Package } from 'lucide-react';
import { useState } from 'react';
import { useProjectList, useRead } from '../../../resource/query.ts';
import { Until } from '../../../resource/until.tsx';
import { Empty, SkeletonLines } from '../../../ui/bits.tsx';
import { Button } from '../../../ui/button.tsx';
import { Failure } from '../../../ui/notice.tsx';
import { Preview } from '../../artifacts/preview.tsx';
import type { ArtifactVersion as Whole } from '../../artifacts/types.ts';
import { ArtifactLinks } from './artifact-links.tsx';
import { useStepDetail, type ArtifactVersion, type View } from './data.ts';
import { BesideSteps } from './step-nav.tsx';

const Look = ({ id }: { readonly id: string }) => {
  const version = useRead<Whole>(`/artifact_versions/${id}`, { hydrate: true });
  if (version.error) return <Failure error={version.error} retry={() => void version.refetch()} />;
  if (!version.data) return <SkeletonLines />;
  return <Preview version={version.data} />;
};

const One = ({
  name,
  version,
  project,
}: {
  readonly name: string;
  readonly version: ArtifactVersion;
  readonly project: string;
}) => {
  const [open, setOpen] = useState(false);
  return (
    <li className="border-t px-4 py-2.5 first:border-t-0">
      <div className="flex items-center gap-3">
        <div className="min-w-0 grow">
          <ArtifactLinks project={project} of={{ [name]: [version] }} />
        </div>
        {version.body && (
          <Button look="ghost" size="sm" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Hide' : 'Preview'}
            <span className="sr-only"> {name || version.body.artifact?.name}</span>
          </Button>
        )}
      </div>
      {open && (
        <div className="mt-2.5">
          <Look id={version.id} />
        </div>
      )}
    </li>
  );
};

const Group = ({
  title,
  of,
  project,
}: {
  readonly title: string;
  readonly of: Readonly<Record<string, readonly ArtifactVersion[]>>;
  readonly project: string;
}) => (
  <section aria-label={title} className="min-w-0 overflow-hidden rounded-xl border border-line bg-panel">
    <h2 className="border-b bg-side px-4 py-2 text-sm font-semibold">{title}</h2>
    <ul>
      {Object.entries(of).flatMap(([name, versions]) =>
        versions.map((version, index) => (
          <One key={`${name}${index}`} name={name} version={version} project={project} />
        )),
      )}
    </ul>
  </section>
);

const OfStep = ({ view }: { readonly view: View }) => {
  const detail = useStepDetail(view.step?.id);
  if (!view.step?.id) return <Empty title="It has not begun">What it makes shows up here.</Empty>;
  if (!detail.data) return <Until read={detail} />;
  const { inputs = {}, outputs = {} } = detail.data.resources ?? {};
  const nothing = Object.keys(inputs).length + Object.keys(outputs).length === 0;
  if (nothing) return <Empty icon={<Package />} title="Nothing went in, nothing came out" />;
  return (
    <div className="grid gap-4">
      {Object.keys(outputs).length > 0 && <Group title="Outputs" of={outputs} project={view.project} />}
      {Object.keys(inputs).length > 0 && <Group title="Inputs" of={inputs} project={view.project} />}
    </div>
  );
};

/** All that the run made or used: one list, newest first. */
const OfRun = ({ view }: { readonly view: View }) => {
  const list = useProjectList<ArtifactVersion>('/artifact_versions', view.project, {
    pipeline_run: view.run.id,
    size: 200,
    sort_by: 'desc:created',
  });
  if (!list.data) return <Until read={list} />;
  if (list.data.items.length === 0)
    return (
      <Empty icon={<Package />} title="No artifacts">
        What steps return is kept, and shows up here.
      </Empty>
    );
  return (
    <Group
      title={`${list.data.total} ${list.data.total === 1 ? 'artifact' : 'artifacts'}`}
      of={{ '': list.data.items }}
      project={view.project}
    />
  );
};

export const Artifacts = ({ view }: { readonly view: View }) => (
  <BesideSteps view={view}>
    {view.step ? <OfStep key={view.step.node} view={view} /> : <OfRun view={view} />}
  </BesideSteps>
);
