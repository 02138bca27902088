// The states of a run, as a function of what is asked and of its steps (wire.md 13.6). No database here.
import { NotAllowed } from '../../kernel/errors.ts';

export const STATUSES = [
  'initializing',
  'provisioning',
  'queued',
  'running',
  'failed',
  'completed',
  'cached',
  'skipped',
  'retrying',
  'retried',
  'cancelling',
  'cancelled',
  'paused',
  'resuming',
  'stopped',
  'stopping',
] as const;
export const FINISHED: readonly string[] = ['failed', 'completed', 'cached', 'skipped', 'retried', 'stopped', 'cancelled'];
const SUCCESSFUL: readonly string[] = ['completed', 'cached', 'skipped'];
const NOT_FOR_RUNS: readonly string[] = ['cached', 'skipped', 'retrying', 'retried'];
const BEFORE_START: readonly string[] = ['initializing', 'provisioning'];

export const isFinished = (status: string): boolean => FINISHED.includes(status);
export const isSuccessful = (status: string): boolean => SUCCESSFUL.includes(status);
/** The client makes such a run before the orchestrator has it: another request takes it over. */
export const isPlaceholder = (status: string): boolean => BEFORE_START.includes(status);

interface StepState {
  readonly name: string;
  readonly status: string;
  /** It runs, but has given no sign of life for too long: nothing is to be expected of it. */
  readonly silent?: boolean;
}
export interface Situation {
  readonly current: string;
  /** Null: something happened to the steps, and nobody asked for a status. */
  readonly requested: string | null;
  /** The newest try of each step. */
  readonly steps: readonly StepState[];
  /** Steps that the snapshot has, with what each waits for. */
  readonly configured: ReadonlyMap<string, readonly string[]>;
  readonly dynamic: boolean;
  readonly execution_mode: string;
  readonly child: boolean;
}

/** What a static run is, going by its steps. */
const byItsSteps = (wanted: string, steps: readonly StepState[], configured: number): string => {
  const all = steps.map((step) => step.status);
  const stopped = all.every(isFinished) ? 'stopped' : 'stopping';
  if (wanted === 'stopping') return stopped;
  if (wanted === 'failed' || all.includes('failed')) return 'failed';
  if (all.includes('stopped')) return stopped;
  if (all.includes('running') || all.includes('retrying')) return 'running';
  if (all.length < configured) return isPlaceholder(wanted) ? wanted : 'running';
  return 'completed';
};

/** What a dynamic run is: what its client says. */
const byItself = ({ current, requested }: Situation): string =>
  ['stopping', 'stopped'].includes(current) && requested === 'failed' ? 'stopped' : (requested ?? current);

/**
 * The status that follows; the same one where nothing changes. Throws NotAllowed on a status that runs do not have
 * and on a change of what is over.
 */
export const nextStatus = (now: Situation): string => {
  const { current, requested } = now;
  if (requested !== null && NOT_FOR_RUNS.includes(requested)) throw new NotAllowed(`A run cannot be '${requested}'; steps can`);
  if (requested === 'resuming' && !['paused', 'failed'].includes(current)) throw new NotAllowed('Only a paused or failed run can be resumed');
  if (requested === 'resuming' && now.child) throw new NotAllowed('A child run cannot be resumed; resume the run that started it');
  // The local orchestrator says this after the run is over; the clients rely on it doing nothing.
  if (requested === 'provisioning' && current !== 'initializing') return current;
  const next = now.dynamic ? byItself(now) : byItsSteps(requested ?? current, now.steps, now.configured.size);
  if (isFinished(current) && next !== current && !(current === 'failed' && next === 'resuming')) throw new NotAllowed('Cannot update the status of a finished run');
  return next;
};

/** The names of all steps that wait, directly or not, for one of these. */
const downstream = (of: readonly string[], configured: Situation['configured']): ReadonlySet<string> => {
  const found = new Set<string>();
  const open = [...of];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    for (const [step, upstream] of configured) {
      if (!upstream.includes(name) || found.has(step)) continue;
      found.add(step);
      open.push(step);
    }
  }
  return found;
};

/** Whether something is still to be expected of a run in this status: a failed one may go on with what does not depend on the failure. */
export const inProgress = (status: string, now: Situation): boolean => {
  if (!isFinished(status)) return true;
  if (now.dynamic || status !== 'failed' || now.execution_mode !== 'continue_on_failure') return false;
  const states = new Map(now.steps.map((step) => [step.name, step.status]));
  const failed = now.steps.filter((step) => ['failed', 'cancelled'].includes(step.status) || step.silent === true).map((step) => step.name);
  const given_up = downstream(failed, now.configured);
  return [...now.configured.keys()].some((name) => !given_up.has(name) && !failed.includes(name) && !isFinished(states.get(name) ?? 'running'));
};
