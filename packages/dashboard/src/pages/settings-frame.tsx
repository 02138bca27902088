import type { ReactNode } from 'react';
import { LinkTabs, PageBody } from '../ui/page.tsx';

const workspace = [
  { to: '/settings/workspace/general', label: 'General' },
  { to: '/settings/workspace/roles', label: 'Roles' },
  { to: '/settings/workspace/access', label: 'Access tester' },
  { to: '/settings/workspace/audit', label: 'Audit' },
];

const personal = [
  { to: '/settings/personal/profile', label: 'Profile' },
  { to: '/settings/personal/password', label: 'Password' },
  { to: '/settings/personal/sessions', label: 'Sessions' },
  { to: '/settings/personal/tokens', label: 'Tokens' },
  { to: '/settings/personal/appearance', label: 'Appearance' },
];

interface Props {
  readonly title: string;
  readonly intro: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export const WorkspaceFrame = ({ children, ...rest }: Props) => (
  <PageBody {...rest}>
    <LinkTabs tabs={workspace} label="Workspace settings" />
    {children}
  </PageBody>
);

export const PersonalFrame = ({ children, ...rest }: Props) => (
  <PageBody narrow {...rest}>
    <LinkTabs tabs={personal} label="Personal settings" />
    {children}
  </PageBody>
);
