// What the run page knows of its run, and how its steps hang together.
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { call, type Envelope, type Query } from '../../../api.ts';
import { exactly } from '../../../resource/exact.ts';
import { read } from '../../../resource/query.ts';
import type { User } from '../../../resource/types.ts';
import type { Run } from '../../ml/types.ts';
import type { Tag } from '../../things/types.ts';
import { useLive } from './live.ts';

export interface ExceptionInfo {
  readonly traceback?: string;
  readonly message?: string | null;
  readonly source?: string | null;
  readonly user_code_line?: number | null;
}
export type LogsRef = Envelope<{ source: string; uri?: string | null }>;
export type Document = Readonly<Record<string, unknown>>;
type CodeReference = Envelope<
  { commit: string; subdirectory: string; code_repository?: Envelope | null },
  unknown,
  { code_repository?: Envelope | null }
>;

export type RunDetail = Envelope<
  Run['body'],
  {
    start_time?: string | null;
    end_time?: string | null;
    config?: Document;
    run_metadata?: Document;
    client_environment?: Document;
    orchestrator_environment?: Document;
    orchestrator_run_id?: string | null;
    code_path?: string | null;
    exception_info?: ExceptionInfo | null;
  },
  NonNullable<Run['resources']> & {
    user?: User | null;
    snapshot?: Envelope | null;
    schedule?: Envelope | null;
    code_reference?: CodeReference | null;
    model_version?: Envelope | null;
    log_collection?: readonly LogsRef[];
    original_run?: Envelope | null;
    active_wait_condition?: Envelope | null;
    tags?: readonly Tag[];
  }
>;

export type ArtifactVersion = Envelope<{
  version?: string;
  type?: string;
  artifact?: Envelope | null;
  data_type?: { module?: string; attribute?: string } | null;
  uri?: string;
}>;

export type StepDetail = Envelope<
  { status: string; version: number; start_time?: string | null; end_time?: string | null },
  {
    config?: Document & { parameters?: Document };
    spec?: Document & { source?: { module?: string; attribute?: string } };
    cache_key?: string | null;
    source_code?: string | null;
    docstring?: string | null;
    exception_info?: ExceptionInfo | null;
    run_metadata?: Document;
    original_step_run_id?: string | null;
  },
  {
    inputs?: Readonly<Record<string, readonly ArtifactVersion[]>>;
    outputs?: Readonly<Record<string, readonly ArtifactVersion[]>>;
    log_collection?: readonly LogsRef[];
  }
>;

interface DagNode {
  readonly node_id: string;
  readonly type: string;
  readonly id: string | null;
  readonly name: string;
  readonly metadata: {
    readonly status?: string;
    readonly start_time?: string | null;
    readonly end_time?: string | null;
    readonly version?: number;
    readonly type?: string;
  };
}
export interface Dag {
  readonly nodes: readonly DagNode[];
  readonly edges: readonly { readonly source: string; readonly target: string }[];
}

/** A step as the graph has it: the newest try, or the plan of one that has not begun. */
export interface StepLine {
  readonly node: string;
  readonly name: string;
  readonly id: string | null;
  readonly status: string | null;
  readonly start: string | null;
  readonly end: string | null;
  readonly tries: number;
  /** The steps that it waits for, by name. */
  readonly after: readonly string[];
}

const often = 4000;
const rarely = 60_000;

/** A run with all of itself, the numbers of its configuration as they were written. */
export const readRun = (id: string, query: Query = {}) =>
  read<RunDetail>(`/runs/${id}`, { hydrate: true, ...query }, exactly('config'));

/** The run and its graph; while it goes on they are read again, seldom where the server tells of changes by itself. */
export const useRun = (id: string) => {
  const [told, setTold] = useState(false);
  const run = useQuery({
    ...readRun(id),
    refetchInterval: ({ state }) => (state.data?.body.in_progress ? (told ? rarely : often) : false),
  });
  const going = run.data?.body.in_progress ?? false;
  const live = useLive(id, going);
  if (live !== told) setTold(live);
  const dag = useQuery({ ...read<Dag>(`/runs/${id}/dag`), refetchInterval: going ? (live ? rarely : often) : false });
  return { run, dag };
};

export const useStepDetail = (id: string | null | undefined) =>
  useQuery({
    queryKey: [`/steps/${id}`],
    queryFn: ({ signal }) =>
      call<StepDetail>('GET', `/steps/${id}`, { query: { hydrate: true }, signal, parse: exactly('config', 'spec') }),
    enabled: Boolean(id),
  });

/** The steps of a graph, each with those that it waits for, straight or through an artifact. */
export const stepsOf = (dag: Dag): StepLine[] => {
  const steps = dag.nodes.filter((node) => node.type === 'step');
  const names = new Map(steps.map((node) => [node.node_id, node.name]));
  const into = new Map<string, string[]>();
  for (const { source, target } of dag.edges) into.set(target, [...(into.get(target) ?? []), source]);
  const before = (node: string): string[] =>
    (into.get(node) ?? []).flatMap(
      (source) => names.get(source) ?? (into.get(source) ?? []).flatMap((maker) => names.get(maker) ?? []),
    );
  return steps.map(({ node_id: node, name, id, metadata }) => ({
    node,
    name,
    id,
    status: metadata.status ?? null,
    start: metadata.start_time ?? null,
    end: metadata.end_time ?? null,
    tries: metadata.version ?? 0,
    after: [...new Set(before(node))],
  }));
};

export const useSteps = (dag: Dag | undefined): readonly StepLine[] => useMemo(() => (dag ? stepsOf(dag) : []), [dag]);

/** What a tab of the run page is given. */
export interface View {
  readonly project: string;
  readonly run: RunDetail;
  readonly dag: Dag | undefined;
  readonly steps: readonly StepLine[];
  /** The chosen step; undefined: the run as a whole. */
  readonly step: StepLine | undefined;
  readonly choose: (name: string | undefined) => void;
}
