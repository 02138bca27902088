// What the interface answers. The command line reads the same shapes, so those of people and access are the client's.
import type { Held, Named, Scope } from '@zendo/client';
import type { Envelope } from '../api.ts';

export type {
  ApiKey,
  Assignment,
  Held,
  Invitation,
  Named,
  Permission,
  Role,
  Scope,
  Session,
  Team,
  User,
  UserStatus,
} from '@zendo/client';

export interface Project extends Envelope<
  { display_name: string; member_count?: number; created: string; updated: string },
  { description?: string },
  { members?: readonly (Held & { principal: Named & { kind?: string } })[] }
> {}

export interface AuditEvent extends Envelope<{
  created: string;
  actor_id: string | null;
  actor_name: string | null;
  via: string | null;
  action: string;
  target_type: string;
  target_id: string | null;
  target_name: string | null;
  project_id: string | null;
  outcome: 'success' | 'denied';
  reason: string | null;
  changes: Record<string, unknown> | null;
  request_id: string | null;
}> {}

export interface Settings extends Envelope<{
  server_id: string;
  server_name: string;
  default_role: string | null;
  default_visibility: 'shared' | 'private';
  invitation_hours: number;
  public_url: string | null;
}> {}

export interface Info {
  readonly id: string;
  readonly name: string | null;
  readonly version: string;
  readonly server_url: string;
  readonly zendo: { version: string; setup_required: boolean; password_min_length: number; local: boolean };
}

export interface Reason {
  readonly kind: string;
  readonly text: string;
}
export interface Change {
  readonly scope: string | Scope;
  readonly permissions: readonly string[];
}
export interface Preview {
  readonly people: readonly {
    principal: Named & { kind?: string };
    gains: readonly Change[];
    loses: readonly Change[];
  }[];
  readonly summary: readonly string[];
}
