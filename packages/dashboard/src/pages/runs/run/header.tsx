import { Link, useNavigate } from '@tanstack/react-router';
import { CircleStop, Ellipsis, GitCompareArrows, Play, Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { rowGate } from '../../../access/me.ts';
import { ShareButton } from '../../../access/share/share-button.tsx';
import { post, remove, seg } from '../../../api.ts';
import { useChange } from '../../../resource/query.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Confirm } from '../../../ui/confirm.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { Time } from '../../../ui/time.tsx';
import { useTitle } from '../../../ui/page.tsx';
import { RunStatus } from '../../ml/run-status.tsx';
import { PrivateMark } from '../../things/parts.tsx';
import { TagEditor } from '../../things/tags.tsx';
import { Took } from './clock.tsx';
import type { RunDetail } from './data.ts';
import { Again } from './again.tsx';

const Fact = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <div className="flex items-baseline gap-1.5">
    <dt className="text-faint">{label}</dt>
    <dd className="font-medium">{children}</dd>
  </div>
);

const link = 'rounded hover:underline';

const Facts = ({ run, project }: { readonly run: RunDetail; readonly project: string }) => {
  const { pipeline, stack, user } = run.resources ?? {};
  return (
    <dl className="mt-1.5 flex flex-wrap items-center gap-x-5 gap-y-1 text-sm">
      {pipeline && (
        <Fact label="Pipeline">
          <Link to={`/projects/${seg(project)}/pipelines/${pipeline.id}`} className={link}>
            {pipeline.name}
          </Link>
        </Fact>
      )}
      {run.body.index !== undefined && <Fact label="Number">{run.body.index}</Fact>}
      <Fact label="Took">
        <Took start={run.metadata?.start_time} end={run.metadata?.end_time} />
      </Fact>
      <Fact label="Started">
        <Time at={run.metadata?.start_time ?? run.body.created} />
      </Fact>
      {stack && <Fact label="Stack">{stack.name || '(hidden)'}</Fact>}
      {user && <Fact label="By">{user.name || '(hidden)'}</Fact>}
    </dl>
  );
};

export const RunHeader = ({ run, project }: { readonly run: RunDetail; readonly project: string }) => {
  useTitle(run.name);
  const [open, setOpen] = useState<'again' | 'stop' | 'delete' | null>(null);
  const close = (): void => setOpen(null);
  const navigate = useNavigate();
  const list = `/projects/${seg(project)}/runs`;
  const stop = useChange(() => post(`/runs/${run.id}/stop`), { quiet: true, done: 'The run was asked to stop' });
  const drop = useChange(() => remove(`/runs/${run.id}`), {
    quiet: true,
    done: `Run ${run.name} is deleted`,
    then: () => void navigate({ to: list }),
  });
  return (
    <header className="mb-4 flex flex-wrap items-start gap-x-4 gap-y-3">
      <div className="min-w-0 grow basis-64">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="text-xl font-semibold tracking-tight wrap-anywhere">{run.name}</h1>
          <span aria-live="polite">
            <RunStatus status={run.body.status} />
          </span>
        </div>
        <Facts run={run} project={project} />
        <div className="-ml-0.5 mt-1.5 flex flex-wrap items-center gap-2">
          <PrivateMark on={run.body.private} />
          <TagEditor
            path={`/runs/${run.id}`}
            tags={run.resources?.tags ?? []}
            blocked={rowGate(run, 'run', 'update')}
          />
        </div>
        {run.body.status_reason && <p className="mt-1 text-sm text-soft">{run.body.status_reason}</p>}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {run.body.in_progress && (
          <Button blocked={rowGate(run, 'run', 'update')} onClick={() => setOpen('stop')}>
            <CircleStop aria-hidden />
            Stop
          </Button>
        )}
        <ShareButton type="run" thing={run} />
        <Button onClick={() => setOpen('again')}>
          <Play aria-hidden />
          Run again
        </Button>
        <Menu
          label="More"
          trigger={
            <IconButton label="More" tip={false}>
              <Ellipsis aria-hidden />
            </IconButton>
          }
          entries={[
            {
              label: 'Compare with other runs',
              icon: <GitCompareArrows aria-hidden />,
              onSelect: () => void navigate({ to: `${list}/compare`, search: { ids: run.id } }),
            },
            'line',
            {
              label: 'Delete',
              icon: <Trash2 aria-hidden />,
              danger: true,
              blocked: rowGate(run, 'run', 'delete'),
              onSelect: () => setOpen('delete'),
            },
          ]}
        />
      </div>
      <Dialog open={open === 'again'} onClose={close} title="Run it again" wide>
        <Again run={run} project={project} />
      </Dialog>
      <Confirm
        open={open === 'stop'}
        onClose={close}
        title="Stop this run?"
        action="Stop it"
        run={() => stop.mutateAsync(undefined)}
      >
        <p>Steps that run are ended by their orchestrator; those that have not begun do not begin.</p>
      </Confirm>
      <Confirm
        open={open === 'delete'}
        onClose={close}
        title={`Delete run ${run.name}?`}
        action="Delete for good"
        run={() => drop.mutateAsync(undefined)}
      >
        <p>Its steps, logs and metadata go with it and cannot be brought back. Artifacts that it made stay.</p>
      </Confirm>
    </header>
  );
};
