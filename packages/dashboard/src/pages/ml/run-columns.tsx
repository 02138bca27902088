import { ShareButton } from '../../access/share/share-button.tsx';
import { Link } from '@tanstack/react-router';
import { seg } from '../../api.ts';
import type { Column } from '../../resource/table.tsx';
import { Time } from '../../ui/time.tsx';
import { duration } from './duration.ts';
import { RunStatus } from './run-status.tsx';
import type { Run } from './types.ts';

/** Where a run is shown. Its project by name, or by id where the name is not known. */
export const runAddress = (project: string, id: string, tab = ''): string =>
  `/projects/${seg(project)}/runs/${id}${tab && `/${tab}`}`;

/** Runs of one project; where they are of one pipeline, its name need not stand below each. */
export const runColumns = (
  project: string | null | undefined,
  options: { readonly pipeline?: boolean } = {},
): Column<Run>[] => [
  {
    id: 'name',
    head: 'Run',
    sort: 'name',
    cell: (run) => (
      <span className="block max-w-[42vw] sm:max-w-80">
        <Link
          to={runAddress(project ?? run.body.project_id, run.id)}
          className="block truncate rounded font-medium -outline-offset-2 hover:underline"
        >
          {run.name}
        </Link>
        {options.pipeline !== false && (
          <span className="block truncate text-xs text-faint">{run.resources?.pipeline?.name}</span>
        )}
      </span>
    ),
  },
  { id: 'status', head: 'Status', sort: 'status', cell: (run) => <RunStatus status={run.body.status} /> },
  {
    id: 'stack',
    head: 'Stack',
    from: 'lg',
    className: 'max-w-40 truncate text-soft',
    cell: (run) => run.resources?.stack?.name ?? '',
  },
  {
    id: 'user',
    head: 'By',
    from: 'md',
    className: 'max-w-32 truncate text-soft',
    cell: (run) => run.resources?.user?.name ?? '',
  },
  {
    id: 'duration',
    head: 'Duration',
    from: 'md',
    className: 'text-soft nums whitespace-nowrap',
    cell: (run) => duration(run.metadata?.start_time, run.metadata?.end_time),
  },
  {
    id: 'created',
    head: 'Started',
    sort: 'created',
    from: 'sm',
    className: 'text-soft',
    cell: (run) => <Time at={run.metadata?.start_time ?? run.body.created} />,
  },
  {
    id: 'share',
    head: 'Actions',
    quiet: true,
    from: 'sm',
    className: 'w-12',
    cell: (run) => <ShareButton small type="run" thing={run} />,
  },
];
