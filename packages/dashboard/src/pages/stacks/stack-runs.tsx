import { Link } from '@tanstack/react-router';
import type { Envelope } from '../../api.ts';
import { useList } from '../../resource/query.ts';
import type { User } from '../../resource/types.ts';
import { Card } from '../../ui/bits.tsx';
import { Time } from '../../ui/time.tsx';
import { RunStatus } from '../ml/run-status.tsx';
import type { Stack } from '../components/types.ts';

type Run = Envelope<
  { readonly created: string; readonly status: string },
  unknown,
  { readonly pipeline?: Envelope | null; readonly user?: User | null }
>;

export const useRunsOf = (stack: string) =>
  useList<Run>('/runs', { stack_id: stack, size: 8, sort_by: 'desc:created', hydrate: true });

/** The last runs on a stack, in all projects that one may see. */
export const StackRuns = ({ runs, stack }: { readonly runs: ReturnType<typeof useRunsOf>; readonly stack: Stack }) => {
  const items = runs.data?.items ?? [];
  return (
    <Card
      title="Runs with it"
      hint={runs.data && runs.data.total > items.length ? `The last ${items.length} of ${runs.data.total}` : undefined}
    >
      {runs.error && <p className="text-sm text-soft">Runs cannot be read.</p>}
      {runs.data && items.length === 0 && (
        <p className="text-sm text-soft">
          None that you can see. After <code className="font-mono">zenml stack set {stack.name}</code> pipelines run
          here.
        </p>
      )}
      {items.length > 0 && (
        <ul className="-my-1.5">
          {items.map((run) => (
            <li key={run.id} className="flex min-h-10 items-center gap-x-3 border-t text-sm first:border-t-0">
              <RunStatus status={run.body.status} />
              <Link to={`/runs/${run.id}`} className="min-w-0 grow truncate rounded font-medium hover:underline">
                {run.name}
              </Link>
              <span className="text-faint max-sm:hidden">{run.resources?.user?.name}</span>
              <span className="shrink-0 text-faint max-sm:hidden">
                <Time at={run.body.created} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
};
