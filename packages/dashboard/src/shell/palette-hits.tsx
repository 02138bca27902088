import type { useNavigate } from '@tanstack/react-router';
import { FileText, FolderClosed, KeyRound, UserPlus, UserRound, UsersRound } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Envelope } from '../api.ts';
import { useGate } from '../access/me.ts';
import { needs } from '../access/needs.ts';
import { useProject } from '../access/project.ts';
import { useList } from '../resource/query.ts';
import type { User } from '../resource/types.ts';
import { openInvite } from './invite-store.ts';
import { addressOf, footNav, morePages, navGroups } from './nav.ts';

export interface Hit {
  readonly id: string;
  readonly group: string;
  readonly label: string;
  readonly text?: string;
  readonly icon: ReactNode;
  readonly go: (navigate: ReturnType<typeof useNavigate>) => void;
}

const pagesOf = (project: string | null | undefined): Hit[] =>
  [...navGroups.flat(), ...morePages, ...footNav].map((page) => ({
    id: page.to,
    group: 'Pages',
    label: page.label,
    ...(page.project && project && { text: project }),
    icon: <FileText aria-hidden />,
    go: (navigate) => void navigate({ to: addressOf(page, project) }),
  }));

const invite: Hit = {
  id: 'invite',
  group: 'Do',
  label: 'Invite somebody',
  icon: <UserPlus aria-hidden />,
  go: () => openInvite(),
};

const useFound = (path: string, text: string): readonly Envelope[] => {
  const { data } = useList<Envelope>(path, { name: `contains:${text}`, size: 6 }, text !== '');
  return text && data ? data.items : [];
};

export const useHits = (text: string): Hit[] => {
  const gate = useGate();
  const project = useProject();
  const words = text.toLowerCase();
  const fixed = [...(gate(needs.invite) ? [] : [invite]), ...pagesOf(project.name)].filter((hit) =>
    hit.label.toLowerCase().includes(words),
  );
  const hit = (one: Envelope, group: string, icon: ReactNode, to: object): Hit => ({
    id: one.id,
    group,
    label: one.name,
    icon,
    go: (navigate) => void navigate(to),
  });
  const people = useFound('/users', text) as readonly User[];
  const teams = useFound('/teams', text);
  const roles = useFound('/roles', text);
  const projects = useFound('/projects', text);
  return [
    ...fixed,
    ...people.map((one) => ({
      ...hit(one, 'People', <UserRound aria-hidden />, { to: '/people', search: { person: one.name } }),
      text: one.body.full_name,
    })),
    ...teams.map((one) =>
      hit(one, 'Teams', <UsersRound aria-hidden />, { to: `/people/teams/${encodeURIComponent(one.name)}` }),
    ),
    ...roles.map((one) =>
      hit(one, 'Roles', <KeyRound aria-hidden />, { to: `/settings/workspace/roles/${encodeURIComponent(one.name)}` }),
    ),
    ...projects.map((one) =>
      hit(one, 'Projects', <FolderClosed aria-hidden />, { to: `/projects/${encodeURIComponent(one.name)}` }),
    ),
  ];
};
