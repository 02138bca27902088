import { useList } from '../resource/query.ts';
import type { Project, Role, Team, User } from '../resource/types.ts';
import type { Option } from '../ui/select.tsx';
import { roleMeaning } from './words.ts';

const all = { size: 500, sort_by: 'asc:name' };

export const useRoleOptions = (enabled = true): Option[] => {
  const { data } = useList<Role>('/roles', all, enabled);
  return (data?.items ?? []).map((role) => ({
    value: role.name,
    label: role.name,
    text: roleMeaning[role.name] ?? role.body.description ?? undefined,
  }));
};

export const useTeamOptions = (enabled = true): Option[] => {
  const { data } = useList<Team>('/teams', all, enabled);
  return (data?.items ?? []).map((team) => ({
    value: team.name,
    label: team.name,
    text: team.body.member_count === 1 ? '1 member' : `${team.body.member_count ?? 0} members`,
  }));
};

export const useProjectOptions = (enabled = true): Option[] => {
  const { data } = useList<Project>('/projects', all, enabled);
  return (data?.items ?? []).map((project) => ({
    value: project.name,
    label: project.body.display_name || project.name,
  }));
};

export const usePeopleOptions = (text = '', enabled = true): Option[] => {
  const { data } = useList<User>(
    '/users',
    { size: 50, sort_by: 'asc:name', name: text && `contains:${text}` },
    enabled,
  );
  return (data?.items ?? []).map((user) => ({
    value: user.name,
    label: user.name,
    text: user.body.full_name || undefined,
  }));
};

export const useAccountOptions = (enabled = true): Option[] => {
  const { data } = useList<User>('/service_accounts', all, enabled);
  return (data?.items ?? []).map((account) => ({ value: account.name, label: account.name, text: 'service account' }));
};
