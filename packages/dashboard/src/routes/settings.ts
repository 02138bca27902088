import { inside, leap, named, section } from './parts.ts';

const workspace = () => import('../pages/workspace/index.ts');
const personal = () => import('../pages/personal/index.ts');
const roles = { label: 'Roles', to: '/settings/workspace/roles' };

export const settingsRoutes = [
  section('/settings/workspace', 'Workspace settings', (parent) => [
    leap(parent, '/settings/workspace/general'),
    inside(parent, '/general', 'General', workspace, 'GeneralPage'),
    inside(parent, '/roles', 'Roles', workspace, 'RolesPage'),
    inside(parent, '/roles/$role', named('role'), workspace, 'RolePage', roles),
    inside(parent, '/new-role', 'New role', workspace, 'NewRolePage', roles),
    inside(parent, '/access', 'Access tester', workspace, 'AccessPage'),
    inside(parent, '/audit', 'Audit', workspace, 'AuditPage'),
  ]),
  section('/settings/personal', 'Personal settings', (parent) => [
    leap(parent, '/settings/personal/profile'),
    inside(parent, '/profile', 'Profile', personal, 'ProfilePage'),
    inside(parent, '/password', 'Password', personal, 'PasswordPage'),
    inside(parent, '/sessions', 'Sessions', personal, 'SessionsPage'),
    inside(parent, '/tokens', 'Tokens', personal, 'TokensPage'),
    inside(parent, '/appearance', 'Appearance', personal, 'AppearancePage'),
  ]),
];
