import { useQueries } from '@tanstack/react-query';
import type { Envelope } from '../../../api.ts';
import { exactly } from '../../../resource/exact.ts';
import { read } from '../../../resource/query.ts';
import { parseDate } from '../../../ui/time.tsx';
import { readRun, stepsOf, type Dag, type Document } from '../run/data.ts';
import { beside, flat, type Row } from './rows.ts';

type Snapshot = Envelope<
  unknown,
  {
    step_configurations?: Readonly<Record<string, { config?: { parameters?: Document } & Document }>>;
    client_version?: string | null;
  }
>;

const readSnapshot = (id: string | undefined) =>
  read<Snapshot>(`/pipeline_snapshots/${id}`, { hydrate: true }, exactly('step_configurations'));

const seconds = (start: string | null | undefined, end: string | null | undefined): number | undefined =>
  start && end ? (parseDate(end).getTime() - parseDate(start).getTime()) / 1000 : undefined;

/** Runs with all that they are compared by. A run that cannot be read is null and has its error. */
export const useCompared = (ids: readonly string[]) => {
  const runs = useQueries({
    queries: ids.map((id) => readRun(id, { include_full_metadata: true })),
  });
  const dags = useQueries({ queries: ids.map((id) => read<Dag>(`/runs/${id}/dag`)) });
  const snapshots = useQueries({
    queries: runs.map(({ data }) => {
      const id = data?.resources?.snapshot?.id;
      return { ...readSnapshot(id), enabled: Boolean(id) };
    }),
  });
  return ids.map((id, at) => ({
    id,
    run: runs[at]?.data ?? null,
    error: runs[at]?.error ?? null,
    dag: dags[at]?.data,
    snapshot: snapshots[at]?.data,
  }));
};
export type Compared = ReturnType<typeof useCompared>[number];

export interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
  /** Numbers of one kind, which bars can show beside each other. */
  readonly bars?: 'value' | 'seconds';
  readonly empty: string;
}

const facts = ({ run, snapshot }: Compared): ReadonlyMap<string, unknown> =>
  flat({
    Status: run?.body.status,
    Pipeline: run?.resources?.pipeline?.name,
    Stack: run?.resources?.stack?.name,
    Author: run?.resources?.user?.name,
    Tags: run?.resources?.tags?.map((tag) => tag.name).join(', ') || undefined,
    Commit: run?.resources?.code_reference?.body.commit,
    Client: snapshot?.metadata?.client_version,
  });

const parameters = ({ run, snapshot }: Compared): ReadonlyMap<string, unknown> =>
  new Map([
    ...flat(run?.metadata?.config?.parameters),
    ...Object.entries(snapshot?.metadata?.step_configurations ?? {}).flatMap(([step, { config }]) => [
      ...flat(config?.parameters, step),
    ]),
  ]);

const configuration = ({ run, snapshot }: Compared): ReadonlyMap<string, unknown> => {
  const { parameters: _, substitutions: __, name: ___, ...config } = run?.metadata?.config ?? {};
  const steps = Object.entries(snapshot?.metadata?.step_configurations ?? {}).map(([step, one]) => {
    const { parameters: _own, name: _name, substitutions: _words, ...rest } = one.config ?? {};
    return [step, rest] as const;
  });
  return new Map([...flat(config), ...flat(Object.fromEntries(steps))]);
};

const metrics = ({ run }: Compared): ReadonlyMap<string, unknown> =>
  new Map(
    Object.entries(run?.metadata?.run_metadata ?? {})
      .filter(([, value]) => typeof value === 'number')
      .map(([key, value]) => [key.replace('::', ' › '), value]),
  );

const durations = ({ run, dag }: Compared): ReadonlyMap<string, unknown> =>
  new Map(
    [
      ['The whole run', seconds(run?.metadata?.start_time, run?.metadata?.end_time)] as const,
      ...(dag ? stepsOf(dag) : []).map((step) => [step.name, seconds(step.start, step.end)] as const),
    ].filter(([, value]) => value !== undefined),
  );

/** What is compared, in the order in which one asks. */
export const sectionsOf = (compared: readonly Compared[]): readonly Section[] => [
  { title: 'Run', rows: beside(compared.map(facts)), empty: 'Nothing is known of them.' },
  {
    title: 'Metrics',
    rows: beside(compared.map(metrics)),
    bars: 'value',
    empty: 'None of them logged a number with log_metadata.',
  },
  { title: 'Parameters', rows: beside(compared.map(parameters)), empty: 'They have no parameters.' },
  { title: 'Duration', rows: beside(compared.map(durations)), bars: 'seconds', empty: 'None of them has ended.' },
  { title: 'Configuration', rows: beside(compared.map(configuration)), empty: 'Nothing is configured.' },
];
