import type { useNavigate } from '@tanstack/react-router';
import {
  BrainCircuit,
  FileText,
  FolderClosed,
  Keyboard,
  KeyRound,
  Package,
  Play,
  UserPlus,
  UserRound,
  UsersRound,
  Workflow,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { seg, type Envelope } from '../api.ts';
import { useGate } from '../access/me.ts';
import { needs } from '../access/needs.ts';
import { useProject } from '../access/project.ts';
import { useList } from '../resource/query.ts';
import type { User } from '../resource/types.ts';
import type { Run } from '../pages/ml/types.ts';
import { helpOpen } from './help-store.ts';
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

const keys: Hit = {
  id: 'keys',
  group: 'Do',
  label: 'Keyboard shortcuts',
  icon: <Keyboard aria-hidden />,
  go: () => helpOpen.open(),
};

const useFound = <T extends Envelope>(path: string, text: string, project?: string | null): readonly T[] => {
  const query = { name: `contains:${text}`, size: 6, ...(project && { project, sort_by: 'desc:created' }) };
  const { data } = useList<T>(path, query, text !== '' && project !== null);
  return text && data ? data.items : [];
};

/** What lies in the project that one is in. */
const useProjectHits = (text: string, project: string | null | undefined): Hit[] => {
  const within = project ?? null;
  const found = (one: Envelope, group: string, icon: ReactNode, section: string): Hit => ({
    id: one.id,
    group,
    label: one.name,
    icon,
    go: (navigate) => void navigate({ to: `/projects/${seg(within ?? '')}/${section}/${one.id}` }),
  });
  const pipelines = useFound('/pipelines', text, within);
  const runs = useFound<Run>('/runs', text, within);
  const artifacts = useFound('/artifacts', text, within);
  const models = useFound('/models', text, within);
  return [
    ...pipelines.map((one) => found(one, 'Pipelines', <Workflow aria-hidden />, 'pipelines')),
    ...runs.map((one) => ({ ...found(one, 'Runs', <Play aria-hidden />, 'runs'), text: one.body.status })),
    ...artifacts.map((one) => found(one, 'Artifacts', <Package aria-hidden />, 'artifacts')),
    ...models.map((one) => found(one, 'Models', <BrainCircuit aria-hidden />, 'models')),
  ];
};

export const useHits = (text: string): Hit[] => {
  const gate = useGate();
  const project = useProject();
  const words = text.toLowerCase();
  const fixed = [...(gate(needs.invite) ? [] : [invite]), keys, ...pagesOf(project.name)].filter((hit) =>
    hit.label.toLowerCase().includes(words),
  );
  const hit = (one: Envelope, group: string, icon: ReactNode, to: object): Hit => ({
    id: one.id,
    group,
    label: one.name,
    icon,
    go: (navigate) => void navigate(to),
  });
  const people = useFound<User>('/users', text);
  const teams = useFound('/teams', text);
  const roles = useFound('/roles', text);
  const projects = useFound('/projects', text);
  const inProject = useProjectHits(text, project.name);
  return [
    ...fixed,
    ...inProject,
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
