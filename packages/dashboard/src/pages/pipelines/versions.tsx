import { Link } from '@tanstack/react-router';
import { CalendarClock, Layers } from 'lucide-react';
import { seg, type Envelope } from '../../api.ts';
import { ListView } from '../../resource/list-view.tsx';
import type { Column } from '../../resource/table.tsx';
import type { User } from '../../resource/types.ts';
import { Badge, Empty } from '../../ui/bits.tsx';
import { Command } from '../../ui/copy.tsx';
import { RunStatus } from '../ml/run-status.tsx';
import { createdColumn } from '../things/columns.tsx';

type Snapshot = Envelope<
  { created: string; runnable: boolean; is_dynamic: boolean },
  { description?: string | null; client_version?: string | null },
  { user?: User | null; stack?: Envelope | null; latest_run_id?: string | null; latest_run_status?: string | null }
>;
type Schedule = Envelope<{
  created: string;
  active: boolean;
  cron_expression?: string | null;
  interval_second?: string | number | null;
  run_once_start_time?: string | null;
}>;

interface Props {
  readonly project: string;
  readonly pipeline: string;
}

const versionColumns = (project: string): Column<Snapshot>[] => [
  {
    id: 'name',
    head: 'Version',
    sort: 'name',
    cell: (one) => (
      <span className="block max-w-80">
        <span className="block truncate font-medium">
          {one.name ?? <span className="font-mono text-sm font-normal">{one.id.slice(-8)}</span>}
        </span>
        {one.metadata?.description && (
          <span className="block truncate text-xs text-faint">{one.metadata.description}</span>
        )}
      </span>
    ),
  },
  {
    id: 'run',
    head: 'Last run',
    cell: (one) =>
      one.resources?.latest_run_id ? (
        <Link to={`/projects/${seg(project)}/runs/${one.resources.latest_run_id}`} className="rounded hover:underline">
          <RunStatus status={one.resources.latest_run_status} />
        </Link>
      ) : (
        <RunStatus status={null} />
      ),
  },
  { id: 'stack', head: 'Stack', from: 'md', className: 'text-soft', cell: (one) => one.resources?.stack?.name ?? '' },
  { id: 'user', head: 'By', from: 'md', className: 'text-soft', cell: (one) => one.resources?.user?.name ?? '' },
  {
    id: 'client',
    head: 'Client',
    from: 'lg',
    className: 'text-soft nums',
    cell: (one) => one.metadata?.client_version ?? '',
  },
  createdColumn({ head: 'Made' }),
];

/** What the pipeline was each time that it was started or saved under a name. */
export const Versions = ({ project, pipeline }: Props) => (
  <ListView<Snapshot>
    things="versions"
    thing="version"
    path="/pipeline_snapshots"
    project={project}
    query={{ pipeline_id: pipeline }}
    sort="desc:created"
    columns={versionColumns(project)}
    icon={<Layers />}
    empty={
      <Empty icon={<Layers />} title="No version yet">
        Each start of the pipeline keeps what it was then: steps, configuration, stack.
      </Empty>
    }
  />
);

const whenText = ({ body }: Schedule): string =>
  body.cron_expression
    ? body.cron_expression
    : body.interval_second
      ? `every ${body.interval_second} s`
      : body.run_once_start_time
        ? 'once'
        : '';

const scheduleColumns: Column<Schedule>[] = [
  { id: 'name', head: 'Schedule', sort: 'name', cell: (one) => <span className="font-medium">{one.name}</span> },
  { id: 'when', head: 'When', cell: (one) => <code className="font-mono text-sm">{whenText(one)}</code> },
  {
    id: 'active',
    head: 'State',
    cell: (one) => <Badge tone={one.body.active ? 'good' : 'plain'}>{one.body.active ? 'active' : 'off'}</Badge>,
  },
  createdColumn({ head: 'Made', from: 'sm' }),
];

export const Schedules = ({ project, pipeline }: Props) => (
  <ListView<Schedule>
    things="schedules"
    thing="schedule"
    path="/schedules"
    project={project}
    query={{ pipeline_id: pipeline }}
    sort="desc:created"
    columns={scheduleColumns}
    icon={<CalendarClock />}
    empty={
      <Empty icon={<CalendarClock />} title="Nothing starts it by itself">
        <p>A client gives it a schedule before it runs it:</p>
        <div className="mt-3 text-left">
          <Command
            text={
              'from zenml.config.schedule import Schedule\n\nmy_pipeline.with_options(schedule=Schedule(cron_expression="0 6 * * *"))()'
            }
          />
        </div>
      </Empty>
    }
  />
);
