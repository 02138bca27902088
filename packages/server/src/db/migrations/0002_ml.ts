import type { Migration } from '../migrate.ts';

/** Stacks, pipelines, runs, artifacts, models. */
export const ml: Migration = { name: '0002_ml', statements: () => [] };
