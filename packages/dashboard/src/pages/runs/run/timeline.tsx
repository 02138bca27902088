import { Empty } from '../../../ui/bits.tsx';
import { cx } from '../../../ui/cx.ts';
import { parseDate } from '../../../ui/time.tsx';
import { duration, span } from '../../ml/duration.ts';
import { StatusIcon, toneOf } from '../../ml/run-status.tsx';
import { useNow } from './clock.tsx';
import type { StepLine, View } from './data.ts';
import { StepPanel } from './step-panel.tsx';

const fills = { good: 'bg-good', bad: 'bg-danger', accent: 'bg-accent', warn: 'bg-warn', plain: 'bg-edge' } as const;
/** Times that one reads easily, in seconds. */
const units = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400, 604_800];

const ticks = (total: number): number[] => {
  const unit = units.find((one) => total / one <= 6) ?? total / 5;
  return Array.from({ length: Math.floor(total / unit) + 1 }, (_, index) => index * unit);
};

const Bar = ({ step, from, total, now, on, choose }: BarProps) => {
  const start = (parseDate(step.start ?? '').getTime() - from) / 1000;
  const length = ((step.end ? parseDate(step.end).getTime() : now) - from) / 1000 - start;
  const took = duration(step.start, step.end);
  return (
    <li className="[content-visibility:auto] [contain-intrinsic-size:auto_2.25rem]">
      <button
        type="button"
        aria-pressed={on}
        onClick={choose}
        className={cx(
          'grid h-9 w-full grid-cols-[9rem_minmax(0,1fr)] items-center gap-3 px-4 text-left -outline-offset-2 hover:bg-side sm:grid-cols-[14rem_minmax(0,1fr)]',
          on && 'bg-accent-wash',
        )}
      >
        <span className="flex min-w-0 items-center gap-2">
          <StatusIcon status={step.status} />
          <span className="truncate text-sm">{step.name}</span>
          <span className="sr-only">
            {step.status}, began after {span(start)}, took
          </span>
        </span>
        <span className="relative h-full">
          <span
            className={cx(
              'absolute top-2.5 h-4 min-w-1 rounded-sm',
              fills[toneOf(step.status)],
              !step.end && 'opacity-70',
            )}
            style={{ left: `${(start / total) * 100}%`, width: `${Math.max(0, (length / total) * 100)}%` }}
          />
          <span
            className={cx(
              'absolute top-2 text-xs whitespace-nowrap text-soft nums',
              (start + length) / total > 0.8 ? '-translate-x-full pr-1.5' : 'pl-1.5',
            )}
            style={{ left: `${((start + length) / total > 0.8 ? start / total : (start + length) / total) * 100}%` }}
          >
            {took}
          </span>
        </span>
      </button>
    </li>
  );
};

interface BarProps {
  readonly step: StepLine;
  readonly from: number;
  readonly total: number;
  readonly now: number;
  readonly on: boolean;
  readonly choose: () => void;
}

/** When each step ran, below each other in the order in which they began. */
export const Timeline = ({ view }: { readonly view: View }) => {
  const begun = view.steps
    .filter((step) => step.start)
    .toSorted((a, b) => ((a.start ?? '') < (b.start ?? '') ? -1 : 1));
  const now = useNow(begun.some((step) => !step.end));
  if (begun.length === 0) return <Empty title="No step yet">Steps show up here as soon as the first begins.</Empty>;
  const at = (text: string | null): number => (text ? parseDate(text).getTime() : now);
  const from = Math.min(...begun.map((step) => at(step.start)));
  const total = Math.max(1, (Math.max(...begun.map((step) => at(step.end))) - from) / 1000);
  const waiting = view.steps.length - begun.length;
  return (
    <div className={cx('grid grid-cols-1 items-start gap-4', view.step && 'xl:grid-cols-[minmax(0,1fr)_24rem]')}>
      {view.step && (
        <div className="min-w-0 xl:order-2">
          <StepPanel key={view.step.node} view={view} step={view.step} />
        </div>
      )}
      <div className="min-w-0 overflow-hidden rounded-xl border border-line bg-panel">
        <div
          aria-hidden
          className="grid grid-cols-[9rem_minmax(0,1fr)] gap-3 border-b bg-side px-4 text-xs text-faint sm:grid-cols-[14rem_minmax(0,1fr)]"
        >
          <span className="py-2">Step</span>
          <span className="relative">
            {ticks(total).map((tick) => (
              <span
                key={tick}
                className="absolute top-0 h-full border-l border-line py-2 pl-1 whitespace-nowrap nums"
                style={{ left: `${(tick / total) * 100}%` }}
              >
                {tick / total < 0.94 && span(tick)}
              </span>
            ))}
          </span>
        </div>
        <ol aria-label="Steps by time" className="py-1">
          {begun.map((step) => (
            <Bar
              key={step.node}
              step={step}
              from={from}
              total={total}
              now={now}
              on={step.node === view.step?.node}
              choose={() => view.choose(step.name)}
            />
          ))}
        </ol>
        {waiting > 0 && (
          <p className="border-t px-4 py-2 text-sm text-faint nums">
            {waiting === 1 ? '1 step has' : `${waiting} steps have`} not begun
          </p>
        )}
      </div>
    </div>
  );
};
