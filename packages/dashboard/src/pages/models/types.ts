import type { Envelope } from '../../api.ts';
import type { ArtifactVersion } from '../artifacts/types.ts';
import type { Metadata } from '../things/metadata.tsx';
import type { Owned } from '../things/types.ts';

interface Dates {
  readonly created: string;
  readonly updated: string;
}

/** What is written of a model, with the questions that it answers. */
export const aboutFields = [
  ['description', 'Description', 'What it does.'],
  ['license', 'License', 'e.g. Apache-2.0'],
  ['audience', 'Audience', 'Who it is for.'],
  ['use_cases', 'Use cases', 'What it is good for.'],
  ['limitations', 'Limitations', 'What it cannot do.'],
  ['trade_offs', 'Trade-offs', 'What was weighed against what.'],
  ['ethics', 'Ethics', 'What to mind when using it.'],
] as const;
export type AboutField = (typeof aboutFields)[number][0];

export type Model = Envelope<
  Dates & { project_id: string; private: boolean },
  Partial<Record<AboutField, string | null>> & { save_models_to_registry: boolean },
  Owned & { latest_version_name: string | null; latest_version_id: string | null }
>;

export type ModelVersion = Envelope<
  Dates & { number: number; stage: string | null; project_id: string; model: Envelope },
  { description: string | null; run_metadata: Metadata },
  Owned & { services?: { total: number; items: readonly Service[] } }
>;

/** What a model deployer keeps running for a version. */
export type Service = Envelope<Dates & { state: string | null; service_type: { type?: string; flavor?: string } }>;

export type ArtifactLink = Envelope<Dates & { artifact_version: ArtifactVersion }>;
export type RunLinkOf = Envelope<Dates & { pipeline_run: Envelope<Dates & { status: string }> }>;

export const stages = [
  { value: 'staging', label: 'staging', text: 'Being tried out. One version at a time.' },
  { value: 'production', label: 'production', text: 'In use. One version at a time.' },
  { value: 'archived', label: 'archived', text: 'Kept, not used any more.' },
  { value: 'none', label: 'no stage', text: 'Neither tried out nor in use.' },
] as const;
