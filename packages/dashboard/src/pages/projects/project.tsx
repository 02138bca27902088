import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { rowGate } from '../../access/me.ts';
import { remove, seg } from '../../api.ts';
import { useChange, useRead } from '../../resource/query.ts';
import type { Project } from '../../resource/types.ts';
import { Card, Skeleton, SkeletonLines } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Command } from '../../ui/copy.tsx';
import { Failure } from '../../ui/notice.tsx';
import { PageBody } from '../../ui/page.tsx';
import { ProjectDialog } from './project-dialog.tsx';
import { ProjectMembers } from './project-members.tsx';

interface Statistics {
  readonly pipelines: number;
  readonly runs: number;
}

const Figures = ({
  name,
  figures,
  failed,
}: {
  readonly name: string;
  readonly figures: Statistics | undefined;
  readonly failed: boolean;
}) => (
  <div className="grid grid-cols-2 gap-3">
    {(
      [
        ['Pipelines', '/pipelines', figures?.pipelines],
        ['Runs', '/runs', figures?.runs],
      ] as const
    ).map(([label, to, figure]) => (
      <Link
        key={label}
        to={`/projects/${seg(name)}${to}`}
        className="rounded-xl border border-line bg-panel px-4 py-3 hover:border-edge"
      >
        <span className="block text-sm text-soft">{label}</span>
        {figure === undefined && !failed ? (
          <Skeleton className="mt-1.5 h-6 w-10" />
        ) : (
          <span className="text-xl font-semibold nums">{figure ?? '—'}</span>
        )}
      </Link>
    ))}
  </div>
);

export const ProjectPage = () => {
  const { project: name = '' } = useParams({ strict: false }) as { project?: string };
  const project = useRead<Project>(`/projects/${seg(name)}`, { hydrate: true });
  const figures = useRead<Statistics>(`/projects/${seg(name)}/statistics`);
  const [editing, setEditing] = useState(false);
  const [removing, setRemoving] = useState(false);
  const navigate = useNavigate();
  const drop = useChange(() => remove(`/projects/${seg(name)}`), {
    quiet: true,
    done: `Project ${name} is deleted`,
    then: () => void navigate({ to: '/projects' }),
  });
  const data = project.data;
  return (
    <PageBody
      title={data?.body.display_name || data?.name || name}
      intro={data?.metadata?.description || 'Project'}
      actions={
        data && (
          <>
            <Button blocked={rowGate(data, 'project', 'update')} onClick={() => setEditing(true)}>
              <Pencil aria-hidden />
              Edit
            </Button>
            <Button look="danger-ghost" blocked={rowGate(data, 'project', 'delete')} onClick={() => setRemoving(true)}>
              <Trash2 aria-hidden />
              Delete
            </Button>
          </>
        )
      }
    >
      {project.error && !data && <Failure error={project.error} retry={() => void project.refetch()} />}
      {!data && !project.error && <SkeletonLines lines={6} />}
      {data && (
        <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <ProjectMembers project={data} />
          <div className="grid gap-4">
            <Figures name={data.name} figures={figures.data} failed={figures.isError} />
            <Card title="Work in it">
              <Command text={`zenml project set ${data.name}`} />
            </Card>
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
      <Confirm
        open={removing}
        onClose={() => setRemoving(false)}
        title={`Delete project ${name}?`}
        action="Delete for good"
        typed={name}
        run={() => drop.mutateAsync(undefined)}
      >
        <p>This cannot be undone. With it go:</p>
        <ul className="list-inside list-disc text-ink nums">
          <li>{figures.data?.pipelines ?? 'all'} pipelines</li>
          <li>{figures.data?.runs ?? 'all'} runs with their steps, logs, artifacts and models</li>
          <li>{data?.resources?.members?.length ?? 0} roles that hold only here</li>
        </ul>
        <p>People, teams and stacks stay.</p>
      </Confirm>
    </PageBody>
  );
};
