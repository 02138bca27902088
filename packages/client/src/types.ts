/** One thing as the interface shows it. `may` lists what the caller may do with it. */
export type Envelope<B = Record<string, unknown>, M = Record<string, unknown>, R = Record<string, unknown>> = {
  readonly id: string;
  readonly name: string;
  readonly permission_denied?: boolean;
  readonly body: B;
  readonly metadata: M | null;
  readonly resources: R | null;
  readonly may?: readonly string[];
};

export type Page<T> = {
  readonly index: number;
  readonly max_size: number;
  readonly total_pages: number;
  readonly total: number;
  readonly items: readonly T[];
};

export type Named = { readonly id: string; readonly name: string };

export type Scope = {
  readonly type: 'server' | 'project' | 'resource';
  readonly id: string | null;
  readonly name: string | null;
  readonly resource_type?: string | null;
};

/** A role that somebody holds, and through what: an assignment of their own, or one of a team. */
export type Held = {
  readonly assignment_id: string;
  readonly role: Named;
  readonly scope: Scope;
  readonly via: Named | null;
  readonly expires: string | null;
};

export type UserStatus = 'pending' | 'active' | 'inactive';
export type User = Envelope<
  {
    readonly created: string;
    readonly updated: string;
    readonly active: boolean;
    readonly status: UserStatus;
    readonly full_name: string;
    readonly is_admin: boolean;
    readonly is_service_account: boolean;
    readonly default_project_id?: string | null;
    readonly last_seen: string | null;
    readonly activation_token?: string | null;
    readonly activation_url?: string | null;
  },
  { readonly email?: string | null; readonly description?: string | null },
  {
    readonly roles?: readonly Held[];
    readonly teams?: readonly Named[];
    readonly invitation?: { readonly id: string; readonly expires: string; readonly state: string } | null;
  }
>;

export type Invitation = Envelope<{
  readonly user_id: string;
  readonly user_name: string;
  readonly kind: 'invite' | 'reset' | 'reactivate';
  readonly state: 'pending' | 'accepted' | 'expired' | 'revoked';
  readonly expires: string;
  readonly created?: string;
  readonly created_by_name: string | null;
  readonly note: string | null;
  readonly token?: string;
  readonly url?: string;
}>;

export type InvitationPreview = {
  readonly kind: 'invite' | 'reset' | 'reactivate';
  readonly user_name: string;
  readonly server_name: string;
  readonly inviter: { readonly name: string; readonly full_name: string } | null;
  readonly roles: readonly { readonly name: string; readonly description: string; readonly scope: Scope | string }[];
  readonly teams: readonly string[];
  readonly expires: string;
};

export type Team = Envelope<
  { readonly description: string | null; readonly member_count: number; readonly created: string },
  { readonly description?: string },
  { readonly members?: readonly User[]; readonly roles?: readonly Held[] }
>;

type Owned = { readonly user?: { readonly name?: string } | null };

/** `values` are empty in lists; null for who may not read them. */
export type Secret = Envelope<
  { readonly created: string; readonly private: boolean; readonly values: Readonly<Record<string, string | null>> },
  Record<string, unknown>,
  Owned
>;

export type ServiceConnector = Envelope<
  {
    readonly created: string;
    readonly connector_type: string | { readonly connector_type: string };
    readonly auth_method: string;
    readonly resource_types: readonly string[];
    readonly resource_id: string | null;
    readonly expires_at: string | null;
  },
  { readonly configuration: Readonly<Record<string, unknown>>; readonly labels: Readonly<Record<string, string>> },
  Owned
>;

export type Role = Envelope<{
  readonly description: string | null;
  readonly builtin: boolean;
  readonly permissions: readonly string[];
  readonly holders: number;
}>;

export type Assignment = Envelope<{
  readonly role_id: string;
  readonly role_name: string;
  readonly principal_type: 'user' | 'service_account' | 'team';
  readonly principal_id: string;
  readonly principal_name: string;
  readonly scope: string | Scope;
  readonly project_id: string | null;
  readonly project_name: string | null;
  readonly resource_type: string | null;
  readonly resource_id: string | null;
  readonly expires: string | null;
  readonly granted_by_name: string | null;
}>;

export type Permission = {
  readonly name: string;
  /** One of the three that stand for many: then it has neither type nor action. */
  readonly macro: boolean;
  readonly type: string | null;
  readonly action: string | null;
  readonly group: string;
  readonly description: string;
};

export type Principal = { readonly id: string; readonly name: string; readonly kind: string };
export type Reason = { readonly kind: string; readonly text: string; readonly expires: string | null };
export type Explanation = {
  readonly allowed: boolean;
  readonly permission: string;
  readonly principal: Principal;
  readonly reasons: readonly Reason[];
  readonly missing: unknown;
};
export type Who = {
  readonly permission: string;
  readonly principals: readonly { readonly principal: Principal; readonly reasons: readonly Reason[] }[];
};
export type What = {
  readonly principal: Principal;
  readonly server: readonly string[];
  readonly projects: readonly (Named & { readonly permissions: readonly string[] })[];
  readonly resources: readonly (Named & { readonly type: string; readonly permissions: readonly string[] })[];
};

export type Session = Envelope<{
  readonly user_id: string;
  readonly kind: 'browser' | 'access' | 'device' | 'workload' | 'personal';
  readonly label: string | null;
  readonly ip: string | null;
  readonly user_agent: string | null;
  readonly created?: string;
  readonly last_used: string | null;
  readonly expires: string | null;
  readonly current: boolean;
  readonly permissions?: readonly string[] | null;
  readonly token?: string;
}>;

export type ApiKey = Envelope<
  { readonly key?: string | null; readonly active: boolean; readonly created: string },
  {
    readonly description?: string;
    readonly last_login?: string | null;
    readonly last_rotated?: string | null;
    readonly retain_period_minutes?: number;
  }
>;

export type Info = {
  readonly id: string;
  readonly version: string;
  readonly name?: string;
  readonly zendo?: {
    readonly version: string;
    readonly setup_required: boolean;
    readonly password_min_length: number;
    readonly local: boolean;
  };
};

export type Token = { readonly access_token: string; readonly token_type: string; readonly expires_in: number | null };
export type DeviceGrant = {
  readonly device_code: string;
  readonly user_code: string;
  readonly expires_in: number;
  readonly interval: number;
  readonly verification_uri: string;
  readonly verification_uri_complete: string;
};
/** A link that is shown once. */
export type Link = { readonly id: string; readonly token: string; readonly url: string; readonly expires: string };
