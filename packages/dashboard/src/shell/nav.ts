import {
  Boxes,
  BrainCircuit,
  Cable,
  FolderClosed,
  GitBranch,
  House,
  KeyRound,
  LayoutGrid,
  Package,
  Play,
  Puzzle,
  Settings,
  UserRound,
  UsersRound,
  Workflow,
  Zap,
} from 'lucide-react';
import type { ComponentType, SVGProps } from 'react';
import { seg } from '../api.ts';

export interface Entry {
  readonly to: string;
  readonly label: string;
  readonly icon: ComponentType<SVGProps<SVGSVGElement>>;
  /** Lies in a project: `to` continues the project's address. */
  readonly project?: boolean;
  /** Only this page is marked as the current one, not the pages under it. */
  readonly exact?: boolean;
}

/** The sidebar from the top, in groups: what lies in the chosen project, then what all projects share. */
export const navGroups: readonly (readonly Entry[])[] = [
  [
    { to: '/', label: 'Home', icon: House, exact: true },
    { to: '/pipelines', label: 'Pipelines', icon: Workflow, project: true },
    { to: '/runs', label: 'Runs', icon: Play, project: true },
    { to: '/artifacts', label: 'Artifacts', icon: Package, project: true },
    { to: '/models', label: 'Models', icon: BrainCircuit, project: true },
    { to: '/triggers', label: 'Triggers', icon: Zap, project: true },
    { to: '/repositories', label: 'Repositories', icon: GitBranch, project: true },
  ],
  [
    { to: '/stacks', label: 'Stacks', icon: Boxes },
    { to: '/components', label: 'Components', icon: Puzzle },
    { to: '/flavors', label: 'Flavors', icon: LayoutGrid },
    { to: '/secrets', label: 'Secrets', icon: KeyRound },
    { to: '/connectors', label: 'Connectors', icon: Cable },
  ],
];

export const footNav: readonly Entry[] = [
  { to: '/people', label: 'People', icon: UsersRound },
  { to: '/projects', label: 'Projects', icon: FolderClosed, exact: true },
  { to: '/settings/workspace', label: 'Workspace settings', icon: Settings },
  { to: '/settings/personal', label: 'Personal settings', icon: UserRound },
];

/** Where an entry leads from here. An address without a project finds one by itself. */
export const addressOf = (entry: Pick<Entry, 'to' | 'project'>, project: string | null | undefined): string =>
  entry.project && project ? `/projects/${seg(project)}${entry.to}` : entry.to;

/** Pages that the palette can jump to, beside the sidebar. */
export const morePages: readonly Pick<Entry, 'to' | 'label' | 'project'>[] = [
  { to: '/schedules', label: 'Schedules', project: true },
  { to: '/webhooks', label: 'Webhooks', project: true },
  { to: '/people/invitations', label: 'Invitations' },
  { to: '/people/teams', label: 'Teams' },
  { to: '/people/service-accounts', label: 'Service accounts' },
  { to: '/tags', label: 'Tags' },
  { to: '/requests', label: 'Requests' },
  { to: '/settings/workspace/roles', label: 'Roles' },
  { to: '/settings/workspace/access', label: 'Access tester' },
  { to: '/settings/workspace/audit', label: 'Audit' },
  { to: '/settings/personal/password', label: 'Password' },
  { to: '/settings/personal/sessions', label: 'Sessions' },
  { to: '/settings/personal/tokens', label: 'Tokens' },
  { to: '/settings/personal/appearance', label: 'Appearance' },
];
