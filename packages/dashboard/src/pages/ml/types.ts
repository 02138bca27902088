import type { Envelope } from '../../api.ts';
import type { User } from '../../resource/types.ts';
import type { Tag } from '../things/types.ts';

export type Run = Envelope<
  {
    created: string;
    updated: string;
    project_id: string;
    private?: boolean;
    status: string;
    status_reason?: string | null;
    in_progress?: boolean;
    index?: number;
    pipeline_id?: string | null;
  },
  { start_time?: string | null; end_time?: string | null },
  { pipeline?: Envelope | null; stack?: Envelope | null; user?: User | null; tags?: readonly Tag[] }
>;
export type Pipeline = Envelope<
  { created: string; updated: string; private?: boolean; project_id: string },
  { description?: string | null },
  {
    user?: User | null;
    latest_run_id?: string | null;
    latest_run_status?: string | null;
    tags?: readonly Tag[];
  }
>;
