import { ScrollText } from 'lucide-react';
import { useState } from 'react';
import { Filter } from '../../../../resource/toolbar.tsx';
import { Until } from '../../../../resource/until.tsx';
import { Empty } from '../../../../ui/bits.tsx';
import { useStepDetail, type LogsRef, type View } from '../data.ts';
import { Exception } from '../exception.tsx';
import { BesideSteps } from '../step-nav.tsx';
import { LogView } from './log-view.tsx';

const Sources = ({
  logs,
  live,
  name,
}: {
  readonly logs: readonly LogsRef[];
  readonly live: boolean;
  readonly name: string;
}) => {
  const [chosen, setChosen] = useState<string | undefined>();
  // What the step itself wrote, before what was said around it.
  const shown = logs.find((one) => one.id === chosen) ?? logs.find((one) => one.body.source === 'step') ?? logs[0];
  if (!shown)
    return (
      <Empty icon={<ScrollText />} title="No log">
        {live
          ? 'It appears here once its first lines are stored.'
          : 'Nothing was stored: perhaps logs were switched off.'}
      </Empty>
    );
  return (
    <LogView
      key={shown.id}
      id={shown.id}
      live={live}
      name={`${name}-${shown.body.source}`}
      source={
        logs.length > 1 && (
          <Filter
            label="Source"
            options={logs.map((one) => ({ value: one.id, label: one.body.source }))}
            value={shown.id}
            onChange={setChosen}
          />
        )
      }
    />
  );
};

const OfStep = ({ view }: { readonly view: View }) => {
  const detail = useStepDetail(view.step?.id);
  if (!view.step?.id) return <Empty title="It has not begun">Its log begins with it.</Empty>;
  if (!detail.data) return <Until read={detail} lines={4} />;
  const info = detail.data.metadata?.exception_info;
  return (
    <div className="grid gap-4">
      {info && <Exception info={info} title={`${view.step.name} failed`} />}
      <Sources
        logs={detail.data.resources?.log_collection ?? []}
        live={view.step.status === 'running'}
        name={view.step.name}
      />
    </div>
  );
};

/** What a step, or the client that started the run, wrote. */
export const LogsTab = ({ view }: { readonly view: View }) => (
  <BesideSteps view={view}>
    {view.step ? (
      <OfStep key={view.step.node} view={view} />
    ) : (
      <Sources
        logs={view.run.resources?.log_collection ?? []}
        live={view.run.body.in_progress ?? false}
        name={view.run.name}
      />
    )}
  </BesideSteps>
);
