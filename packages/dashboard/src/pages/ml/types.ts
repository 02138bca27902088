import type { Envelope } from '../../api.ts';
import type { User } from '../../resource/types.ts';

export type Run = Envelope<
  {
    created: string;
    updated: string;
    status: string;
    in_progress?: boolean;
    index?: number;
  },
  { start_time?: string | null; end_time?: string | null },
  { pipeline?: Envelope | null; stack?: Envelope | null; user?: User | null }
>;
export type Pipeline = Envelope<
  { created: string },
  { description?: string | null },
  { user?: User | null; latest_run_status?: string | null }
>;
export type Stack = Envelope<
  { created: string; updated: string },
  { description?: string | null; components?: Record<string, Envelope[]> },
  { user?: User | null }
>;
