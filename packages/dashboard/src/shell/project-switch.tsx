import { useLocation, useNavigate } from '@tanstack/react-router';
import { remember, type Chosen } from '../access/project.ts';
import { seg } from '../api.ts';
import { SelectBox } from '../ui/select.tsx';

/** The section of the page that one is on, which the other project has too; a single thing of it, it has not. */
const sectionOf = (path: string): string => {
  const [, projects, project, section] = path.split('/');
  return projects === 'projects' && project && section ? `/${section}` : '';
};

/** The project that the sidebar speaks of. */
export const ProjectSwitch = ({
  project,
  onGo,
}: {
  readonly project: Chosen;
  readonly onGo?: (() => void) | undefined;
}) => {
  const navigate = useNavigate();
  const path = useLocation({ select: (location) => location.pathname });
  return (
    <SelectBox
      label="Project"
      options={project.options}
      value={project.name ?? ''}
      className="h-9 w-full text-sm! font-medium"
      onChange={(next) => {
        remember(next);
        onGo?.();
        void navigate({ to: `/projects/${seg(next)}${sectionOf(path)}` });
      }}
    />
  );
};
