import { Link, useParams } from '@tanstack/react-router';
import { AskInstead } from '../../../access/share/request-form.tsx';
import { useEffect, type ComponentType } from 'react';
import { seg } from '../../../api.ts';
import { useUrlState } from '../../../resource/list-state.ts';
import { useName } from '../../../shell/names.ts';
import { SkeletonLines } from '../../../ui/bits.tsx';
import { Failure, Notice } from '../../../ui/notice.tsx';
import { Access } from './access.tsx';
import { Artifacts } from './artifacts.tsx';
import { Code } from './code.tsx';
import { Configuration } from './configuration.tsx';
import { useRun, useStepDetail, useSteps, type RunDetail, type StepLine, type View } from './data.ts';
import { Exception, saying } from './exception.tsx';
import { GraphTab } from './graph-tab.tsx';
import { RunHeader } from './header.tsx';
import { LogsTab } from './logs/logs-tab.tsx';
import { Metrics } from './metrics.tsx';
import { RunTabs, tabOf, type RunTab } from './tabs.tsx';
import { Waiting } from './waiting.tsx';
import { Timeline } from './timeline.tsx';

const bodies: Readonly<Record<RunTab, ComponentType<{ view: View }>>> = {
  graph: GraphTab,
  timeline: Timeline,
  logs: LogsTab,
  artifacts: Artifacts,
  metrics: Metrics,
  configuration: Configuration,
  code: Code,
  access: Access,
};

/** The run as a whole, where a step failed and would else be chosen by itself. */
const whole = '*';

/** The step that the address names; of a failed run the first that failed, which the address then names too. */
const useChosen = (steps: readonly StepLine[]): Pick<View, 'step' | 'choose'> => {
  const [search, set] = useUrlState();
  const failed = steps.find((step) => step.status === 'failed');
  const named = steps.find((step) => step.name === search.step || step.id === search.step);
  const begin = search.step ? undefined : failed?.name;
  useEffect(() => {
    if (begin) set({ step: begin });
  }, [begin, set]);
  return {
    step: search.step === whole ? undefined : (named ?? (search.step ? undefined : failed)),
    choose: (name) => set({ step: name ?? (failed ? whole : undefined) }, { push: true }),
  };
};

/** Says at once which step failed and why, whatever tab is open. */
const Failed = ({
  run,
  steps,
  chosen,
  choose,
}: { readonly run: RunDetail; readonly steps: readonly StepLine[] } & {
  readonly chosen: StepLine | undefined;
  readonly choose: View['choose'];
}) => {
  const failed = steps.filter((step) => step.status === 'failed');
  const first = failed[0];
  const detail = useStepDetail(first?.id);
  const info = detail.data?.metadata?.exception_info;
  if (!first) {
    const own = run.metadata?.exception_info;
    return own ? (
      <div className="mb-4">
        <Exception info={own} title="The run failed" />
      </div>
    ) : null;
  }
  if (chosen?.node === first.node) return null;
  return (
    <div className="mb-4">
      <Notice
        kind="bad"
        title={
          <>
            <button type="button" className="rounded underline" onClick={() => choose(first.name)}>
              {first.name}
            </button>{' '}
            failed{failed.length > 1 && `, and ${failed.length - 1} more`}
          </>
        }
      >
        {info && <span className="font-mono text-sm">{saying(info)}</span>}
      </Notice>
    </div>
  );
};

interface LoadedProps {
  readonly run: RunDetail;
  readonly dag: ReturnType<typeof useRun>['dag'];
  readonly project: string;
  readonly tab: RunTab;
}

const Loaded = ({ run, dag, project, tab }: LoadedProps) => {
  const steps = useSteps(dag.data);
  const chosen = useChosen(steps);
  const Body = bodies[tab];
  return (
    <>
      <RunHeader run={run} project={project} />
      <RunTabs project={project} run={run.id} />
      <Waiting key={run.resources?.active_wait_condition?.id} run={run} />
      <Failed run={run} steps={steps} chosen={chosen.step} choose={chosen.choose} />
      {dag.error && !dag.data ? (
        <Failure error={dag.error} retry={() => void dag.refetch()} />
      ) : (
        <Body view={{ project, run, dag: dag.data, steps, ...chosen }} />
      )}
    </>
  );
};

export const RunPage = () => {
  const { project = '', run: id = '', tab } = useParams({ strict: false }) as Record<string, string>;
  const { run, dag } = useRun(seg(id));
  useName(id, run.data?.name);
  return (
    <div className="mx-auto w-full max-w-[110rem] px-4 py-5 sm:px-8">
      {run.data && <Loaded run={run.data} dag={dag} project={project} tab={tabOf(tab)} />}
      {!run.data && run.error && (
        <>
          <h1 className="text-xl font-semibold">Run</h1>
          <Failure error={run.error} retry={() => void run.refetch()}>
            <AskInstead error={run.error} type="run" id={id} />
          </Failure>
          <p className="text-center text-sm">
            <Link to={`/projects/${seg(project)}/runs`} className="rounded text-accent-text hover:underline">
              All runs of this project
            </Link>
          </p>
        </>
      )}
      {!run.data && !run.error && (
        <>
          <h1 className="sr-only">Run</h1>
          <SkeletonLines lines={8} />
        </>
      )}
    </div>
  );
};
