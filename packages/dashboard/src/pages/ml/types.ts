import type { Envelope } from '../../api.ts';
import type { User } from '../../resource/types.ts';

export type Run = Envelope<
  {
    created: string;
    updated: string;
    status: string;
    in_progress?: boolean;
    start_time?: string | null;
    end_time?: string | null;
    index?: number;
  },
  { start_time?: string | null; end_time?: string | null },
  { pipeline?: Envelope; stack?: Envelope; user?: User; project?: Envelope }
>;
export type Pipeline = Envelope<
  { created: string; latest_run_status?: string | null; latest_run_id?: string | null },
  { description?: string | null },
  { user?: User; project?: Envelope; latest_run_user?: User }
>;
export type Stack = Envelope<
  { created: string; updated: string },
  { description?: string | null; components?: Record<string, Envelope[]> },
  { user?: User }
>;
