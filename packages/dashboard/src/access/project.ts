import { useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { get, type Envelope, type Page } from '../api.ts';
import { queryClient, read, useList } from '../resource/query.ts';
import type { Project, User } from '../resource/types.ts';
import type { Option } from '../ui/select.tsx';
import { seesHimself, useCurrentUser, type Me } from './me.ts';

export interface Chosen {
  /** undefined as long as it is not known; null when there is no project that one may see. */
  readonly name: string | null | undefined;
  readonly options: readonly Option[];
}

const all = { size: 500, sort_by: 'asc:name' };
const key = 'zendo-project';
const remembered = (): string | null => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
};

/** The sidebar and addresses without a project keep to this one from now on. */
export const remember = (name: string): void => {
  try {
    localStorage.setItem(key, name);
  } catch {
    // Where nothing may be stored, one's default project is as good a guess.
  }
};

/** The project that one was in last, else one's own default, else `default`, else the first. */
const standard = (projects: readonly Project[], user: User | undefined): string | null => {
  const last = remembered();
  const found =
    projects.find((one) => one.name === last) ??
    projects.find((one) => one.id === user?.body.default_project_id) ??
    projects.find((one) => one.name === 'default') ??
    projects[0];
  return found?.name ?? null;
};

/** The project of the page that one is on, which its address names; on other pages, the one that one was in last. */
export const useProject = (): Chosen => {
  const { project: given } = useParams({ strict: false }) as { project?: string };
  const { data: user, isLoading } = useCurrentUser();
  const { data } = useList<Project>('/projects', all);
  const projects = data?.items ?? [];
  const named = projects.find((one) => one.name === given || one.id === given)?.name;
  useEffect(() => {
    if (named) remember(named);
  }, [named]);
  return {
    name: given ? (named ?? given) : data && !isLoading ? standard(projects, user) : undefined,
    options: projects.map((one) => ({ value: one.name, label: one.body.display_name || one.name })),
  };
};

/** The same for an address that names no project. Null when there is none that one may see. */
export const currentProject = async (): Promise<string | null> => {
  const me = await queryClient.ensureQueryData(read<Me>('/access/me'));
  const [projects, user] = await Promise.all([
    queryClient.ensureQueryData(read<Page<Project>>('/projects', all)),
    seesHimself(me) ? queryClient.ensureQueryData(read<User>('/current-user', { hydrate: true })) : undefined,
  ]);
  return standard(projects.items, user);
};

/** The project in which the thing at an address of the interface lies; null where it cannot be read. */
export const projectOf = async (path: string): Promise<string | null> => {
  try {
    const thing = await get<Envelope<{ project_id: string }>>(path, { hydrate: false });
    return (await get<Envelope>(`/projects/${thing.body.project_id}`)).name;
  } catch {
    return null;
  }
};

/** What the project of an id is called; undefined as long as that is not known. */
export const useProjectName = (): ((id: string) => string | undefined) => {
  const { data } = useList<Project>('/projects', all);
  return (id) => data?.items.find((one) => one.id === id)?.name;
};
