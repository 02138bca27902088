// The events of this server that a trigger can listen to, by what they happen to.
export const SOURCES: Readonly<Record<string, string>> = { pipeline: 'pipeline', pipeline_run: 'run', pipeline_snapshot: 'pipeline_snapshot' };

/** What clients show to people who choose. */
export const EVENTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  pipeline: { run_completed: 'A run of this pipeline has ended well.', run_failed: 'A run of this pipeline has failed.' },
  pipeline_run: { completed: 'This run has ended well.', failed: 'This run has failed.' },
  pipeline_snapshot: { run_completed: 'A run of this snapshot has ended well.', run_failed: 'A run of this snapshot has failed.' },
};
