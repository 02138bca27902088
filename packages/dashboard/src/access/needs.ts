/** What the controls that make or manage things need. The server decides; this only keeps a button from promising what will fail. */
export const needs = {
  invite: 'user:create',
  managePeople: 'user:manage',
  updatePerson: 'user:update',
  createTeam: 'team:create',
  createRole: 'role:create',
  assign: 'role_assignment:create',
  unassign: 'role_assignment:delete',
  createProject: 'project:create',
  createServiceAccount: 'service_account:create',
  settings: 'settings:manage',
} as const;
