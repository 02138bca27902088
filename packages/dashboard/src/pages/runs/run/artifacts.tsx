import { Package } from 'lucide-react';
import { Card, Empty, SkeletonLines } from '../../../ui/bits.tsx';
import { Failure } from '../../../ui/notice.tsx';
import { useProjectList } from '../../../resource/query.ts';
import type { Envelope } from '../../../api.ts';
import { ArtifactLinks } from './artifact-links.tsx';
import { useStepDetail, type ArtifactVersion, type View } from './data.ts';
import { BesideSteps } from './step-nav.tsx';

const OfStep = ({ view }: { readonly view: View }) => {
  const detail = useStepDetail(view.step?.id);
  if (!view.step?.id) return <Empty title="It has not begun">What it makes shows up here.</Empty>;
  if (detail.error && !detail.data) return <Failure error={detail.error} retry={() => void detail.refetch()} />;
  if (!detail.data) return <SkeletonLines lines={6} />;
  const { inputs = {}, outputs = {} } = detail.data.resources ?? {};
  const nothing = Object.keys(inputs).length + Object.keys(outputs).length === 0;
  if (nothing) return <Empty icon={<Package />} title="Nothing went in, nothing came out" />;
  return (
    <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-2">
      {Object.keys(inputs).length > 0 && (
        <Card title="Inputs">
          <ArtifactLinks project={view.project} of={inputs} />
        </Card>
      )}
      {Object.keys(outputs).length > 0 && (
        <Card title="Outputs">
          <ArtifactLinks project={view.project} of={outputs} />
        </Card>
      )}
    </div>
  );
};

type Version = ArtifactVersion & Envelope;

/** All that the run made or used: one list, newest first. */
const OfRun = ({ view }: { readonly view: View }) => {
  const list = useProjectList<Version>('/artifact_versions', view.project, {
    pipeline_run: view.run.id,
    size: 200,
    sort_by: 'desc:created',
  });
  if (list.error && !list.data) return <Failure error={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return <SkeletonLines lines={6} />;
  if (list.data.items.length === 0)
    return (
      <Empty icon={<Package />} title="No artifacts">
        What steps return is kept, and shows up here.
      </Empty>
    );
  return (
    <Card title={`${list.data.total} ${list.data.total === 1 ? 'artifact' : 'artifacts'}`}>
      <ArtifactLinks project={view.project} of={{ '': list.data.items }} />
    </Card>
  );
};

export const Artifacts = ({ view }: { readonly view: View }) => (
  <BesideSteps view={view}>
    {view.step ? <OfStep key={view.step.node} view={view} /> : <OfRun view={view} />}
  </BesideSteps>
);
