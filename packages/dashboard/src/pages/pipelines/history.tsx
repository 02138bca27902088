import { Link } from '@tanstack/react-router';
import { cx } from '../../ui/cx.ts';
import { exact, parseDate } from '../../ui/time.tsx';
import { duration } from '../ml/duration.ts';
import { runAddress } from '../ml/run-columns.tsx';
import { toneOf } from '../ml/run-status.tsx';
import type { Run } from '../ml/types.ts';

const fills = {
  good: 'bg-good',
  bad: 'bg-danger',
  accent: 'bg-accent',
  warn: 'bg-warn',
  plain: 'bg-edge',
} as const;

const words = (runs: readonly Run[]): string => {
  const counts = new Map<string, number>();
  for (const run of runs) counts.set(run.body.status, (counts.get(run.body.status) ?? 0) + 1);
  return [...counts].map(([status, count]) => `${count} ${status}`).join(', ');
};

/** The last runs as marks, the newest at the right; in words for those who do not see them. */
export const Sparkline = ({ runs }: { readonly runs: readonly Run[] }) => {
  if (runs.length === 0) return <span className="text-faint">No run yet</span>;
  return (
    <span
      role="img"
      aria-label={`Last ${runs.length === 1 ? 'run' : `${runs.length} runs`}: ${words(runs)}`}
      className="inline-flex h-5 items-end gap-0.5"
    >
      {runs.toReversed().map((run) => (
        <span
          key={run.id}
          title={`${run.body.status}, ${exact(run.body.created)}`}
          className={cx(
            'w-1.5 rounded-sm',
            run.body.status === 'failed' ? 'h-5' : 'h-3.5',
            fills[toneOf(run.body.status)],
          )}
        />
      ))}
    </span>
  );
};

const secondsOf = (run: Run): number => {
  const { start_time: start, end_time: end } = run.metadata ?? {};
  return start ? ((end ? parseDate(end).getTime() : Date.now()) - parseDate(start).getTime()) / 1000 : 0;
};

/** How long the last runs took and how they ended, a bar each that leads to its run. */
export const History = ({ runs, project }: { readonly runs: readonly Run[]; readonly project: string }) => {
  const longest = Math.max(1, ...runs.map(secondsOf));
  return (
    <ol aria-label="Last runs, oldest first" className="flex h-24 items-end gap-1 overflow-x-auto pt-1">
      {runs.toReversed().map((run) => {
        const took = duration(run.metadata?.start_time, run.metadata?.end_time);
        const text = `${run.name}: ${run.body.status}${took && `, ${took}`}`;
        return (
          <li key={run.id} className="flex h-full w-6 max-w-8 grow items-end">
            <Link
              to={runAddress(project, run.id)}
              title={text}
              aria-label={text}
              className="flex h-full w-full items-end rounded -outline-offset-2 hover:bg-hover"
            >
              <span
                className={cx('w-full rounded-t', fills[toneOf(run.body.status)])}
                style={{ height: `${Math.max(5, (secondsOf(run) / longest) * 100)}%` }}
              />
            </Link>
          </li>
        );
      })}
    </ol>
  );
};
