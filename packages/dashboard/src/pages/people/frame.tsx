import { UserPlus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useGate } from '../../access/me.ts';
import { needs } from '../../access/needs.ts';
import { openInvite } from '../../shell/invite-store.ts';
import { Button } from '../../ui/button.tsx';
import { LinkTabs, PageBody } from '../../ui/page.tsx';

const tabs = [
  { to: '/people', label: 'Members' },
  { to: '/people/invitations', label: 'Invitations' },
  { to: '/people/teams', label: 'Teams' },
  { to: '/people/service-accounts', label: 'Service accounts' },
];

export const PeopleFrame = ({
  title,
  intro,
  action,
  children,
}: {
  readonly title: string;
  readonly intro: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}) => (
  <PageBody title={title} intro={intro} actions={action ?? <InviteButton />}>
    <LinkTabs tabs={tabs} label="People" />
    {children}
  </PageBody>
);

export const InviteButton = () => (
  <Button look="primary" blocked={useGate()(needs.invite)} onClick={openInvite}>
    <UserPlus aria-hidden />
    Invite people
  </Button>
);
