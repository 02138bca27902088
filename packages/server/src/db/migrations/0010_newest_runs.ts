import type { Migration } from '../migrate.ts';

/** Home shows the newest runs of all projects. */
export const newestRuns: Migration = { name: '0010_newest_runs', statements: () => ['create index pipeline_run_created on pipeline_run (created, id)'] };
