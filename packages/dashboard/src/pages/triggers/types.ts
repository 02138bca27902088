import type { Envelope } from '../../api.ts';
import type { User } from '../../resource/types.ts';

export interface DispatchState {
  readonly last_status: string | null;
  readonly last_status_at: string | null;
  readonly last_error_message: string | null;
  readonly last_error_at: string | null;
  readonly last_error_count: number;
}

interface TriggerBody {
  readonly created: string;
  readonly updated: string;
  readonly user_id: string | null;
  readonly project_id: string;
  readonly private?: boolean;
  readonly active: boolean;
  readonly is_archived: boolean;
  readonly type: 'schedule' | 'platform_event' | 'webhook';
  readonly concurrency: 'skip' | 'submit';
  readonly cron_expression?: string | null;
  readonly interval?: number | null;
  readonly start_time?: string | null;
  readonly end_time?: string | null;
  readonly run_once_start_time?: string | null;
  readonly max_runs?: number | null;
  readonly next_occurrence?: string | null;
  readonly source_entity?: { readonly type: string; readonly id: string } | null;
  readonly target_events?: readonly string[] | null;
  readonly configuration?: { readonly target_events?: readonly Record<string, unknown>[] | null } | null;
}
export type Snapshot = Envelope<{ readonly runnable?: boolean }, unknown, { readonly pipeline?: Envelope | null }>;
export type Trigger = Envelope<
  TriggerBody,
  unknown,
  {
    readonly user?: User | null;
    readonly snapshots?: readonly Snapshot[];
    readonly latest_run?: Envelope<{ readonly status: string; readonly created: string }> | null;
    readonly webhook?: Envelope | null;
    readonly snapshot_dispatch_states?: Readonly<Record<string, DispatchState>>;
  }
>;

export type Webhook = Envelope<
  {
    readonly created: string;
    readonly user_id: string | null;
    readonly private?: boolean;
    readonly webhook_type: string;
    readonly active: boolean;
    readonly endpoint_url: string;
  },
  {
    readonly stats: {
      readonly received_count: number;
      readonly accepted_count: number;
      readonly auth_failed_count: number;
      readonly invalid_payload_count: number;
      readonly last_received_at: string | null;
      readonly last_error_at: string | null;
      readonly last_error_summary: string | null;
    };
  },
  { readonly user?: User | null }
> & { readonly secret?: string | null };

export type Schedule = Envelope<
  {
    readonly created: string;
    readonly active: boolean;
    readonly cron_expression: string | null;
    readonly start_time: string | null;
    readonly end_time: string | null;
    readonly interval_second: string | number | null;
    readonly run_once_start_time: string | null;
    readonly is_archived: boolean;
  },
  { readonly pipeline_id: string | null; readonly orchestrator_id: string | null },
  { readonly user?: User | null }
>;
