import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useStream } from '../../../resource/stream.ts';
import type { Dag, RunDetail } from './data.ts';

interface StepState {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly version: number;
  readonly start_time: string | null;
  readonly end_time: string | null;
}
interface RunState {
  readonly id: string;
  readonly status: string;
  readonly status_reason: string | null;
  readonly in_progress: boolean;
  readonly end_time: string | null;
}
type Event =
  | { readonly kind: 'state'; readonly run: RunState; readonly steps: readonly StepState[] }
  | { readonly kind: 'run'; readonly run: RunState }
  | { readonly kind: 'step'; readonly step: StepState };

/** The graph with the new state of a step; the same one where it has no such try of it yet. */
export const withStep = (dag: Dag, step: StepState): Dag => {
  const at = dag.nodes.findIndex((node) => node.id === step.id);
  const node = dag.nodes[at];
  if (!node) return dag;
  const { status, start_time, end_time } = step;
  return {
    ...dag,
    nodes: dag.nodes.with(at, { ...node, metadata: { ...node.metadata, status, start_time, end_time } }),
  };
};

const apply = (client: QueryClient, id: string, event: Event): void => {
  const again = (path: string): void => void client.invalidateQueries({ queryKey: [path] });
  if (event.kind === 'step') {
    const known = client
      .getQueriesData<Dag>({ queryKey: [`/runs/${id}/dag`] })
      .some(([, dag]) => dag?.nodes.some((node) => node.id === event.step.id));
    // What an ended step made, and a step that has just begun, only the graph itself can tell.
    if (!known || event.step.end_time) again(`/runs/${id}/dag`);
    client.setQueriesData<Dag>({ queryKey: [`/runs/${id}/dag`] }, (dag) => dag && withStep(dag, event.step));
    again(`/steps/${event.step.id}`);
    return;
  }
  const { status, status_reason, in_progress, end_time } = event.run;
  client.setQueriesData<RunDetail>(
    { queryKey: [`/runs/${id}`] },
    (run) =>
      run && {
        ...run,
        body: { ...run.body, status, status_reason, in_progress },
        metadata: run.metadata && { ...run.metadata, end_time },
      },
  );
  if (!in_progress) {
    again(`/runs/${id}`);
    again(`/runs/${id}/dag`);
  }
};

/** Keeps what is on the page up to date while the run goes on. Answers whether the server tells by itself. */
export const useLive = (id: string, on: boolean): boolean => {
  const client = useQueryClient();
  // Of what the client of the run publishes itself, nothing is shown here: a kind that nobody uses leaves it out.
  return useStream(on ? `/runs/${id}/events/stream?kinds=none` : null, {
    system: (data) => apply(client, id, data as Event),
  });
};
