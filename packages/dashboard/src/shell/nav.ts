import { Boxes, FolderClosed, House, Play, Settings, UserRound, UsersRound, Workflow } from 'lucide-react';

export const mainNav = [
  { to: '/', label: 'Home', icon: House, exact: true },
  { to: '/people', label: 'People', icon: UsersRound, exact: false },
  { to: '/projects', label: 'Projects', icon: FolderClosed, exact: false },
  { to: '/pipelines', label: 'Pipelines', icon: Workflow, exact: false },
  { to: '/runs', label: 'Runs', icon: Play, exact: false },
  { to: '/stacks', label: 'Stacks', icon: Boxes, exact: false },
] as const;

export const footNav = [
  { to: '/settings/workspace', label: 'Workspace settings', icon: Settings, exact: false },
  { to: '/settings/personal', label: 'Personal settings', icon: UserRound, exact: false },
] as const;

/** Pages that the palette can jump to, beside the sidebar. */
export const morePages = [
  { to: '/people/invitations', label: 'Invitations' },
  { to: '/people/teams', label: 'Teams' },
  { to: '/people/service-accounts', label: 'Service accounts' },
  { to: '/settings/workspace/roles', label: 'Roles' },
  { to: '/settings/workspace/access', label: 'Access tester' },
  { to: '/settings/workspace/audit', label: 'Audit' },
  { to: '/settings/personal/password', label: 'Password' },
  { to: '/settings/personal/sessions', label: 'Sessions' },
  { to: '/settings/personal/tokens', label: 'Tokens' },
  { to: '/settings/personal/appearance', label: 'Appearance' },
] as const;
