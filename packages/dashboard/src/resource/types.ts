import type { Envelope } from '../api.ts';

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Scope {
  readonly type: 'server' | 'project' | 'resource';
  readonly id: string | null;
  readonly name: string | null;
  readonly resource_type?: string | null;
}

/** A role that somebody holds, and through what: an assignment of their own, or one of a team. */
export interface Held {
  readonly assignment_id: string;
  readonly role: Named;
  readonly scope: Scope;
  readonly via: Named | null;
  readonly expires: string | null;
}

export type UserStatus = 'pending' | 'active' | 'inactive';

interface UserBody {
  readonly created: string;
  readonly updated: string;
  readonly active: boolean;
  readonly status: UserStatus;
  readonly full_name: string;
  readonly is_admin: boolean;
  readonly is_service_account: boolean;
  readonly default_project_id?: string | null;
  readonly last_seen: string | null;
}
interface UserMeta {
  readonly email?: string | null;
  readonly description?: string | null;
}
interface UserMore {
  readonly roles?: readonly Held[];
  readonly teams?: readonly Named[];
  readonly invitation?: { id: string; expires: string; state: string } | null;
}
export type User = Envelope<UserBody, UserMeta, UserMore>;

export interface Invitation extends Envelope<{
  user_id: string;
  user_name: string;
  kind: 'invite' | 'reset';
  state: 'pending' | 'accepted' | 'expired' | 'revoked';
  expires: string;
  created?: string;
  created_by_name: string | null;
  note: string | null;
  token?: string;
  url?: string;
}> {}

export interface Team extends Envelope<
  { description: string; member_count: number; created: string },
  { description?: string },
  { members?: readonly User[]; roles?: readonly Held[] }
> {}

export interface Role extends Envelope<{
  description: string;
  builtin: boolean;
  permissions: readonly string[];
  holders: number;
}> {}

export interface Assignment extends Envelope<{
  role_id: string;
  role_name: string;
  principal_type: 'user' | 'service_account' | 'team';
  principal_id: string;
  principal_name: string;
  scope: string;
  project_id: string | null;
  project_name: string | null;
  resource_type: string | null;
  resource_id: string | null;
  expires: string | null;
  granted_by_name: string | null;
}> {}

export interface Permission {
  readonly name: string;
  /** One of the three that stand for many: then it has neither type nor action. */
  readonly macro: boolean;
  readonly type: string | null;
  readonly action: string | null;
  readonly group: string;
  readonly description: string;
}

export interface Project extends Envelope<
  { display_name: string; member_count?: number; created: string; updated: string },
  { description?: string },
  { members?: readonly (Held & { principal: Named & { kind?: string } })[] }
> {}

export interface Session extends Envelope<{
  user_id: string;
  kind: 'browser' | 'access' | 'device' | 'workload' | 'personal';
  label: string | null;
  ip: string | null;
  user_agent: string | null;
  created?: string;
  last_used: string | null;
  expires: string | null;
  current: boolean;
  permissions?: readonly string[] | null;
  token?: string;
}> {}

export interface ApiKey extends Envelope<
  { active: boolean; created: string; key?: string | null },
  { description?: string; last_login?: string | null; last_rotated?: string | null; retain_period_minutes?: number }
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
