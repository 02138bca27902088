import { Link, useNavigate } from '@tanstack/react-router';
import { FolderClosed, Plus } from 'lucide-react';
import { useState } from 'react';
import { useCurrentUser, useGate } from '../../access/me.ts';
import { needs } from '../../access/needs.ts';
import { ListView } from '../../resource/list-view.tsx';
import type { Column } from '../../resource/table.tsx';
import type { Project } from '../../resource/types.ts';
import { Badge, Empty } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { PageBody } from '../../ui/page.tsx';
import { createdColumn } from '../things/columns.tsx';
import { ProjectDialog } from './project-dialog.tsx';

const columns = (first: string | null | undefined): Column<Project>[] => [
  {
    id: 'name',
    head: 'Project',
    sort: 'name',
    cell: (project) => (
      <Link to={`/projects/${encodeURIComponent(project.name)}`} className="group block rounded">
        <span className="flex items-center gap-2">
          <span className="truncate font-medium group-hover:underline">
            {project.body.display_name || project.name}
          </span>
          {project.id === first && <Badge tone="accent">opens first</Badge>}
        </span>
        {project.body.display_name && project.body.display_name !== project.name && (
          <span className="block text-xs text-faint">{project.name}</span>
        )}
      </Link>
    ),
  },
  {
    id: 'description',
    head: 'Description',
    from: 'md',
    className: 'max-w-96 truncate text-soft',
    cell: (project) => project.metadata?.description ?? '',
  },
  {
    id: 'members',
    head: 'Own members',
    from: 'sm',
    className: 'nums',
    cell: (project) => project.body.member_count ?? '',
  },
  createdColumn({ from: 'sm' }),
];

export const ProjectsPage = () => {
  const [making, setMaking] = useState(false);
  const navigate = useNavigate();
  const button = (
    <Button look="primary" blocked={useGate()(needs.createProject)} onClick={() => setMaking(true)}>
      <Plus aria-hidden />
      New project
    </Button>
  );
  return (
    <PageBody
      title="Projects"
      intro="A project holds pipelines, runs, artifacts and models. Roles can be given in one project only."
      actions={button}
    >
      <ListView<Project>
        things="projects"
        thing="project"
        path="/projects"
        sort="asc:name"
        columns={columns(useCurrentUser().data?.body.default_project_id)}
        icon={<FolderClosed />}
        empty={
          <Empty icon={<FolderClosed />} title="No project that you can see" action={button}>
            Projects keep the work of different groups apart.
          </Empty>
        }
      />
      <ProjectDialog
        open={making}
        onClose={() => setMaking(false)}
        onDone={(name) => void navigate({ to: `/projects/${encodeURIComponent(name)}` })}
      />
    </PageBody>
  );
};
