import { Link } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { seg, type Page } from '../../../api.ts';
import { useRead } from '../../../resource/query.ts';
import { SkeletonLines } from '../../../ui/bits.tsx';
import { IconButton } from '../../../ui/button.tsx';
import { Failure } from '../../../ui/notice.tsx';
import { Time } from '../../../ui/time.tsx';
import { RunStatus } from '../../ml/run-status.tsx';
import { Filter } from '../../../resource/toolbar.tsx';
import { ArtifactLinks } from './artifact-links.tsx';
import { Took } from './clock.tsx';
import { useStepDetail, type StepDetail, type StepLine, type View } from './data.ts';
import { Exception } from './exception.tsx';
import { valueText } from '../../things/metadata.tsx';

const Part = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section className="border-t px-4 py-3">
    <h3 className="mb-1.5 text-xs font-medium text-faint">{title}</h3>
    {children}
  </section>
);

const Pairs = ({ of }: { readonly of: Readonly<Record<string, unknown>> }) => (
  <dl className="grid grid-cols-[minmax(0,auto)_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm">
    {Object.entries(of).map(([key, value]) => (
      <div key={key} className="contents">
        <dt className="truncate text-soft">{key}</dt>
        <dd className="font-mono text-sm wrap-anywhere">{valueText(value)}</dd>
      </div>
    ))}
  </dl>
);

const some = (of: object | null | undefined): of is object => Boolean(of && Object.keys(of).length > 0);

const Body = ({ detail, view }: { readonly detail: StepDetail; readonly view: View }) => {
  const { metadata, resources } = detail;
  return (
    <>
      {metadata?.exception_info && (
        <div className="px-4 pb-3">
          <Exception
            info={metadata.exception_info}
            title={detail.body.status === 'failed' ? 'It failed' : 'A try failed'}
          />
        </div>
      )}
      {some(resources?.inputs) && (
        <Part title="Inputs">
          <ArtifactLinks project={view.project} of={resources.inputs} />
        </Part>
      )}
      {some(resources?.outputs) && (
        <Part title="Outputs">
          <ArtifactLinks project={view.project} of={resources.outputs} />
        </Part>
      )}
      {some(metadata?.run_metadata) && (
        <Part title="Metadata">
          <Pairs of={metadata.run_metadata} />
        </Part>
      )}
      {some(metadata?.config?.parameters) && (
        <Part title="Parameters">
          <Pairs of={metadata.config.parameters} />
        </Part>
      )}
    </>
  );
};

/** A step may have been tried more than once; the newest try is shown, earlier ones on demand. */
const useTries = (run: string, step: StepLine) => {
  const [chosen, setChosen] = useState<string | null>(null);
  const tries = useRead<Page<StepDetail>>(
    '/steps',
    { pipeline_run_id: run, name: step.name, sort_by: 'asc:created', size: 100 },
    step.tries > 1,
  );
  const all = tries.data?.items ?? [];
  return { all, id: all.some((one) => one.id === chosen) ? chosen : step.id, setChosen };
};

export const StepPanel = ({ view, step }: { readonly view: View; readonly step: StepLine }) => {
  const tries = useTries(view.run.id, step);
  const detail = useStepDetail(tries.id);
  const body = detail.data?.body;
  const tab = (to: string): string => `/projects/${seg(view.project)}/runs/${view.run.id}/${to}`;
  return (
    <aside
      aria-label={`Step ${step.name}`}
      className="min-w-0 overflow-hidden rounded-xl border border-line bg-panel lg:max-h-[calc(100dvh-6rem)] lg:overflow-y-auto"
    >
      <header className="flex items-start gap-2 px-4 pt-3 pb-2">
        <div className="min-w-0 grow">
          <h2 className="text-lg font-semibold wrap-anywhere">{step.name}</h2>
          <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-soft">
            <RunStatus status={body?.status ?? step.status ?? 'not begun'} />
            {step.start && <Took start={body?.start_time ?? step.start} end={body ? body.end_time : step.end} />}
            {step.start && <Time at={body?.start_time ?? step.start} />}
          </div>
        </div>
        {tries.all.length > 1 && (
          <Filter
            label="Try"
            options={tries.all.map((one) => ({
              value: one.id,
              label: `Try ${one.body.version}: ${one.body.status}`,
            }))}
            value={tries.id ?? undefined}
            onChange={(id) => tries.setChosen(id ?? null)}
          />
        )}
        <IconButton label="Close step" onClick={() => view.choose(undefined)}>
          <X aria-hidden />
        </IconButton>
      </header>
      {step.id ? (
        <>
          <p className="flex gap-3 px-4 pb-3 text-sm">
            {(['logs', 'code', 'configuration'] as const).map((to) => (
              <Link
                key={to}
                to={tab(to)}
                search={{ step: step.name }}
                className="rounded text-accent-text capitalize hover:underline"
              >
                {to}
              </Link>
            ))}
          </p>
          {detail.error && !detail.data && <Failure error={detail.error} retry={() => void detail.refetch()} />}
          {!detail.data && !detail.error && (
            <div className="p-4">
              <SkeletonLines />
            </div>
          )}
          {detail.data && <Body detail={detail.data} view={view} />}
        </>
      ) : (
        <p className="border-t px-4 py-3 text-sm text-soft">
          It has not begun.
          {step.after.length > 0 && ` It waits for ${step.after.join(', ')}.`}
        </p>
      )}
    </aside>
  );
};
