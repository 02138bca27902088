import type { Envelope } from '../../api.ts';
import type { Metadata } from '../things/metadata.tsx';
import type { Owned, Tag } from '../things/types.ts';

interface Dates {
  readonly created: string;
  readonly updated: string;
}
interface Source {
  readonly module?: string;
  readonly attribute?: string | null;
}

export type Artifact = Envelope<
  Dates & { project_id: string; private: boolean },
  { has_custom_name: boolean },
  Owned & {
    latest_version_name: string | null;
    latest_version_id: string | null;
    latest_version_type: string | null;
  }
>;

export interface Visualization extends Envelope<{ type: string; uri: string }> {}

export type ArtifactVersion = Envelope<
  Dates & {
    version: string;
    uri: string;
    type: string;
    materializer: Source;
    data_type: Source;
    save_type: string;
    artifact_store_id: string | null;
    content_hash: string | null;
    item_count: number | null;
    project_id: string;
    artifact: Envelope;
  },
  { run_metadata: Metadata; visualizations: readonly Visualization[] },
  Owned & { tags?: readonly Tag[]; producer_step_run_id: string | null; producer_pipeline_run_id: string | null }
>;

type RunOf = Envelope<Dates & { status: string }>;
export interface RunLink {
  readonly run: RunOf;
  readonly steps: readonly { id: string; name: string; as: string; cached: boolean }[];
}
export interface Lineage {
  readonly producer: RunLink | null;
  readonly sources: readonly ArtifactVersion[];
  readonly reused: readonly RunLink[];
  readonly consumers: readonly RunLink[];
  readonly model_versions: readonly Envelope<{ number: number; stage: string | null; model: Envelope }>[];
}

/** `DataArtifact` and its like, in words. */
const kinds: Readonly<Record<string, string>> = {
  DataArtifact: 'data',
  ModelArtifact: 'model',
  StatisticsArtifact: 'statistics',
  SchemaArtifact: 'schema',
  ServiceArtifact: 'service',
  DataAnalysisArtifact: 'data analysis',
  BaseArtifact: 'other',
};
export const kindOf = (type: string): string => kinds[type] ?? type;

export const savedAs: Readonly<Record<string, string>> = {
  step_output: 'by a step, as its output',
  manual: 'by hand, with save_artifact',
  preexisting: 'registered where it was',
  external: 'from outside, as an external artifact',
};

export const sourceText = ({ module, attribute }: Source): string => [module, attribute].filter(Boolean).join('.');
