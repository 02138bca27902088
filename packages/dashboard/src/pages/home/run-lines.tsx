import { Link } from '@tanstack/react-router';
import { useProjectName } from '../../access/project.ts';
import { seg } from '../../api.ts';
import { Time } from '../../ui/time.tsx';
import { RunStatus } from '../ml/run-status.tsx';
import type { PlacedRun } from './overview.ts';

export const RunLink = ({ run, className }: { readonly run: PlacedRun; readonly className?: string }) => {
  const project = useProjectName()(run.body.project_id) ?? run.body.project_id;
  return (
    <Link to={`/projects/${seg(project)}/runs/${run.id}`} className={className ?? 'rounded hover:underline'}>
      {run.name}
    </Link>
  );
};

/** A few runs, a line or two each. */
export const RunLines = ({ runs, label }: { readonly runs: readonly PlacedRun[]; readonly label: string }) => {
  const nameOf = useProjectName();
  return (
    <ul aria-label={label} className="-my-1 text-sm">
      {runs.map((run) => (
        <li key={run.id} className="flex items-center gap-3 border-t py-2 first:border-t-0">
          <span className="min-w-0 grow">
            <RunLink run={run} className="block truncate rounded font-medium hover:underline" />
            <span className="block truncate text-xs text-faint">
              {[run.resources?.pipeline?.name, nameOf(run.body.project_id)].filter(Boolean).join(' · ')}
              {' · '}
              <Time at={run.body.created} />
            </span>
          </span>
          <RunStatus status={run.body.status} />
        </li>
      ))}
    </ul>
  );
};
