import { Link } from '@tanstack/react-router';
import { seg } from '../../api.ts';
import { Skeleton } from '../../ui/bits.tsx';

export interface Statistics {
  readonly pipelines: number;
  readonly runs: number;
  readonly artifacts: number;
  readonly models: number;
}

const shown = [
  ['Pipelines', 'pipelines'],
  ['Runs', 'runs'],
  ['Artifacts', 'artifacts'],
  ['Models', 'models'],
] as const;

/** How much lies in a project, as far as one may see it. */
export const Figures = ({
  name,
  figures,
  failed,
}: {
  readonly name: string;
  readonly figures: Statistics | undefined;
  readonly failed: boolean;
}) => (
  <ul className="grid grid-cols-2 gap-3 sm:grid-cols-4">
    {shown.map(([label, key]) => (
      <li key={key}>
        <Link
          to={`/projects/${seg(name)}/${key}`}
          className="block rounded-xl border border-line bg-panel px-4 py-3 hover:border-edge"
        >
          <span className="block text-sm text-soft">{label}</span>
          {figures === undefined && !failed ? (
            <Skeleton className="mt-1.5 h-6 w-10" />
          ) : (
            <span className="text-xl font-semibold nums">{figures?.[key] ?? '—'}</span>
          )}
        </Link>
      </li>
    ))}
  </ul>
);
