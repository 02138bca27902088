import { table, thing } from '../ddl.ts';
import type { Migration } from '../migrate.ts';

/** People, teams, roles, projects, credentials, the audit log. */
export const foundation: Migration = {
  name: '0001_foundation',
  statements: (d) => [
    table(d, 'setting', { id: 'id', value: 'text not null', updated: 'text not null' }),
    table(d, 'authz_version', { id: 'int primary key', version: 'int not null' }),
    'insert into authz_version (id, version) values (1, 1)',
    table(d, 'project', { ...thing, name: 'text not null unique', display_name: 'text not null', description: 'text not null', project_metadata: 'text not null' }),
    table(d, 'account', {
      ...thing, name: 'text not null', name_key: 'text not null', is_service_account: 'bool not null', status: 'text not null', full_name: 'text not null', email: 'text', email_opted_in: 'bool',
      description: 'text not null', avatar_url: 'text', external_user_id: 'text', user_metadata: 'text not null', oidc_claims: 'text', default_project_id: 'text references project(id) on delete set null',
      password_hash: 'text', password_changed_at: 'text', last_seen: 'text',
    }, ['unique (name_key)']),
    'create index account_created on account (created, id)',
    table(d, 'team', { ...thing, name: 'text not null unique', description: 'text not null' }),
    table(d, 'team_member', { team_id: 'text not null references team(id) on delete cascade', account_id: 'text not null references account(id) on delete cascade', created: 'text not null', added_by: 'text' }, ['primary key (team_id, account_id)']),
    'create index team_member_account on team_member (account_id)',
    table(d, 'role', { ...thing, name: 'text not null unique', description: 'text not null', builtin: 'bool not null' }),
    table(d, 'role_permission', { role_id: 'text not null references role(id) on delete cascade', permission: 'text not null' }, ['primary key (role_id, permission)']),
    table(d, 'role_assignment', {
      ...thing, role_id: 'text not null references role(id)', user_id: 'text references account(id) on delete cascade', team_id: 'text references team(id) on delete cascade',
      principal_id: 'text not null', scope: 'text not null', project_id: 'text references project(id) on delete cascade', resource_type: 'text', resource_id: 'text',
      scope_key: 'text not null', private: 'bool not null', expires: 'text', granted_by: 'text',
    }, ['unique (principal_id, role_id, scope_key)']),
    'create index role_assignment_principal on role_assignment (principal_id, scope)',
    'create index role_assignment_resource on role_assignment (resource_type, resource_id)',
    'create index role_assignment_role on role_assignment (role_id)',
    table(d, 'invitation', {
      ...thing, user_id: 'text not null references account(id) on delete cascade', kind: 'text not null', token_hash: 'text not null unique', expires: 'text not null',
      consumed_at: 'text', revoked_at: 'text', invited_by: 'text', note: 'text',
    }),
    'create index invitation_user on invitation (user_id)',
    table(d, 'session', {
      ...thing, user_id: 'text not null references account(id) on delete cascade', kind: 'text not null', label: 'text not null', token_hash: 'text not null unique', expires: 'text',
      last_used: 'text', ip: 'text not null', user_agent: 'text not null', permissions: 'text', device_id: 'text', api_key_id: 'text', claims: 'text',
    }),
    'create index session_by_user on session (user_id, kind)',
    table(d, 'api_key', {
      ...thing, name: 'text not null', service_account_id: 'text not null references account(id) on delete cascade', description: 'text not null', active: 'bool not null', key_hash: 'text not null unique',
      previous_hash: 'text', previous_until: 'text', retain_period_minutes: 'int not null', last_login: 'text', last_rotated: 'text',
    }, ['unique (service_account_id, name)']),
    'create index api_key_previous on api_key (previous_hash)',
    table(d, 'device', {
      ...thing, user_id: 'text references account(id) on delete cascade', client_id: 'text not null unique', user_code_hash: 'text not null', device_code_hash: 'text not null', status: 'text not null',
      expires: 'text', trusted_device: 'bool not null', failed_auth_attempts: 'int not null', last_login: 'text', os: 'text', ip_address: 'text', hostname: 'text', python_version: 'text', zenml_version: 'text',
    }),
    table(d, 'login_attempt', { key: 'id', failures: 'int not null', until: 'text not null' }),
    table(d, 'audit_event', {
      ...thing, actor_kind: 'text not null', actor_id: 'text', actor_name: 'text not null', via: 'text not null', session_id: 'text', ip: 'text not null', user_agent: 'text not null', request_id: 'text not null',
      action: 'text not null', target_type: 'text', target_id: 'text', target_name: 'text', project_id: 'text', outcome: 'text not null', reason: 'text', changes: 'text',
    }),
    'create index audit_event_created on audit_event (created, id)',
    'create index audit_event_actor on audit_event (actor_id, created)',
    table(d, 'tally', { kind: 'text not null', project_id: 'text not null', owner: 'text not null', private: 'bool not null', n: 'int not null' }, ['primary key (kind, project_id, owner, private)']),
    table(d, 'idempotency', { key: 'text not null', user_id: 'text not null', target: 'text not null', answer: 'text not null', version: 'int not null', expires: 'text not null' }, ['primary key (key, user_id)']),
    'create index idempotency_expires on idempotency (expires)',
    table(d, 'outbox', { id: 'id', created: 'text not null', type: 'text', action: 'text not null', target_id: 'text', project_id: 'text' }),
  ],
};
