import { useQuery } from '@tanstack/react-query';
import { ChartNoAxesColumn } from 'lucide-react';
import { Until } from '../../../resource/until.tsx';
import { Card, Empty } from '../../../ui/bits.tsx';
import { readRun, type View } from './data.ts';
import { grouped } from './grouped.ts';
import { BesideSteps } from './step-nav.tsx';
import { valueText } from '../../things/metadata.tsx';

const Tile = ({ name, value }: { readonly name: string; readonly value: unknown }) => (
  <div className="rounded-lg border border-line px-3 py-2">
    <dt className="truncate text-sm text-soft" title={name}>
      {name}
    </dt>
    <dd className="text-xl font-semibold nums wrap-anywhere">{valueText(value)}</dd>
  </div>
);

const Group = ({
  title,
  entries,
}: {
  readonly title: string;
  readonly entries: readonly (readonly [string, unknown])[];
}) => {
  const numbers = entries.filter(([, value]) => typeof value === 'number');
  const others = entries.filter(([, value]) => typeof value !== 'number');
  return (
    <Card title={title}>
      {numbers.length > 0 && (
        <dl className="grid grid-cols-2 gap-3 sm:grid-cols-3 xl:grid-cols-4">
          {numbers.map(([key, value]) => (
            <Tile key={key} name={key} value={value} />
          ))}
        </dl>
      )}
      {others.length > 0 && (
        <dl className={numbers.length > 0 ? 'mt-4 grid gap-2' : 'grid gap-2'}>
          {others.map(([key, value]) => (
            <div key={key} className="grid gap-x-4 text-sm sm:grid-cols-[12rem_minmax(0,1fr)]">
              <dt className="truncate text-soft">{key}</dt>
              <dd className="font-mono text-sm wrap-anywhere whitespace-pre-wrap">{valueText(value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </Card>
  );
};

/** What the run and its steps logged as metadata: numbers first. */
export const Metrics = ({ view }: { readonly view: View }) => {
  const run = useQuery(readRun(view.run.id, { include_full_metadata: true }));
  const groups = grouped(run.data?.metadata?.run_metadata ?? {});
  const shown = [...groups].filter(([step]) => !view.step || step === view.step.name);
  return (
    <BesideSteps view={view}>
      <Until read={run} />
      {run.data && shown.length === 0 && (
        <Empty icon={<ChartNoAxesColumn />} title="No metrics">
          A step logs them with <code className="font-mono">log_metadata</code>.
        </Empty>
      )}
      <div className="grid gap-4">
        {shown.map(([step, entries]) => (
          <Group key={step} title={step || 'The run'} entries={entries} />
        ))}
      </div>
    </BesideSteps>
  );
};
