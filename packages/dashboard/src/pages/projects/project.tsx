import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Pencil, Star } from 'lucide-react';
import { useState } from 'react';
import { rowGate, useCurrentUser } from '../../access/me.ts';
import { put, seg } from '../../api.ts';
import { useChange, useProjectList, useRead } from '../../resource/query.ts';
import type { Project, User } from '../../resource/types.ts';
import { Until } from '../../resource/until.tsx';
import { Card, SkeletonLines } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { Command } from '../../ui/copy.tsx';
import { Problem } from '../../ui/notice.tsx';
import { PageBody } from '../../ui/page.tsx';
import type { PlacedRun } from '../home/overview.ts';
import { RunLines } from '../home/run-lines.tsx';
import { DeleteButton } from '../things/delete-button.tsx';
import { Figures, type Statistics } from './figures.tsx';
import { Going } from './going.tsx';
import { ProjectDialog } from './project-dialog.tsx';
import { ProjectMembers } from './project-members.tsx';

const LatestRuns = ({ project }: { readonly project: string }) => {
  const runs = useProjectList<PlacedRun>('/runs', project, { hydrate: true, size: 5, sort_by: 'desc:created' });
  return (
    <Card
      title="Latest runs"
      action={
        <Link to={`/projects/${seg(project)}/runs`} className="rounded text-sm text-accent-text hover:underline">
          All runs
        </Link>
      }
    >
      {runs.error && <Problem error={runs.error} />}
      {!runs.data && !runs.error && <SkeletonLines lines={3} />}
      {runs.data &&
        (runs.data.items.length > 0 ? (
          <RunLines runs={runs.data.items} label="Latest runs" />
        ) : (
          <p className="text-sm text-soft">No run yet. Set the project below, then run a pipeline.</p>
        ))}
    </Card>
  );
};

/** Which project opens first, in the dashboard and for a client that names none. */
const OpenFirst = ({ project }: { readonly project: Project }) => {
  const { data: user } = useCurrentUser();
  const first = user?.body.default_project_id === project.id;
  const choose = useChange((id: string | null) => put<User>('/current-user', { default_project_id: id }), {
    done: first ? 'No project opens first now' : `${project.name} opens first from now on`,
  });
  if (!user) return null;
  return (
    <Button aria-pressed={first} busy={choose.isPending} onClick={() => choose.mutate(first ? null : project.id)}>
      <Star aria-hidden className={first ? 'fill-current text-warn' : undefined} />
      {first ? 'Opens first' : 'Open this first'}
    </Button>
  );
};

export const ProjectPage = () => {
  const { project: name = '' } = useParams({ strict: false }) as { project?: string };
  const project = useRead<Project>(`/projects/${seg(name)}`, { hydrate: true });
  const figures = useRead<Statistics>(`/projects/${seg(name)}/statistics`);
  const [editing, setEditing] = useState(false);
  const navigate = useNavigate();
  const data = project.data;
  return (
    <PageBody
      title={data?.body.display_name || data?.name || name}
      intro={data?.metadata?.description || 'Project'}
      actions={
        data && (
          <>
            <OpenFirst project={data} />
            <Button blocked={rowGate(data, 'project', 'update')} onClick={() => setEditing(true)}>
              <Pencil aria-hidden />
              Edit
            </Button>
            <DeleteButton
              thing={data}
              type="project"
              path={`/projects/${seg(name)}`}
              kind="project"
              name={name}
              typed={name}
              back="/projects"
            >
              <Going project={name} />
            </DeleteButton>
          </>
        )
      }
    >
      <Until read={project} />
      {data && (
        <div className="grid gap-5">
          <Figures name={data.name} figures={figures.data} failed={figures.isError} />
          <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-2">
            <div className="grid min-w-0 gap-5">
              <LatestRuns project={data.name} />
              <Card title="Work in it">
                <Command text={`zenml project set ${data.name}`} />
              </Card>
            </div>
            <ProjectMembers project={data} />
          </div>
        </div>
      )}
      {data && (
        <ProjectDialog
          project={data}
          open={editing}
          onClose={() => setEditing(false)}
          onDone={(next) =>
            next !== name && void navigate({ to: `/projects/${encodeURIComponent(next)}`, replace: true })
          }
        />
      )}
    </PageBody>
  );
};
