import { useList } from '../resource/query.ts';
import type { Project } from '../resource/types.ts';
import type { Option } from '../ui/select.tsx';
import { useCurrentUser } from './me.ts';

interface Chosen {
  /** undefined as long as it is not known; null when there is no project that one may see. */
  readonly name: string | null | undefined;
  readonly options: readonly Option[];
}

/** Lists of what lies in projects show one at a time: the chosen one, else one's own default, else `default`, else the first. */
export const useProject = (chosen?: string): Chosen => {
  const { data: user, isLoading } = useCurrentUser();
  const { data } = useList<Project>('/projects', { size: 500, sort_by: 'asc:name' });
  const all = data?.items ?? [];
  const standard =
    all.find((one) => one.id === user?.body.default_project_id) ?? all.find((one) => one.name === 'default') ?? all[0];
  return {
    name: chosen ?? (data && !isLoading ? (standard?.name ?? null) : undefined),
    options: all.map((one) => ({ value: one.name, label: one.body.display_name || one.name })),
  };
};
