import { useRead } from '../../resource/query.ts';
import type { Envelope } from '../../api.ts';
import type { Run } from '../ml/types.ts';

/** A run, with the project that it lies in. */
export type PlacedRun = Run & Envelope<{ project_id: string }>;

export interface Started {
  readonly people: boolean;
  readonly teams: boolean;
  readonly runs: boolean;
}
interface Overview {
  readonly recent: readonly PlacedRun[];
  readonly failing: readonly PlacedRun[];
  readonly mine: readonly PlacedRun[];
  readonly started: Started;
}

/** Runs of all projects that one may see: one request for all of Home. */
export const useOverview = () => useRead<Overview>('/overview');
