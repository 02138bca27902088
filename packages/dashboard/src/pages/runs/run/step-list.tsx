import { cx } from '../../../ui/cx.ts';
import { StatusIcon } from '../../ml/run-status.tsx';
import { Took } from './clock.tsx';
import type { StepLine, View } from './data.ts';

const Line = ({ step, on, choose }: { readonly step: StepLine; readonly on: boolean; readonly choose: () => void }) => (
  <li className="[content-visibility:auto] [contain-intrinsic-size:auto_3rem]">
    <button
      type="button"
      aria-pressed={on}
      onClick={choose}
      className={cx(
        'flex min-h-12 w-full items-center gap-3 border-t px-4 py-1.5 text-left -outline-offset-2 hover:bg-side',
        on && 'bg-accent-wash',
      )}
    >
      <StatusIcon status={step.status} />
      <span className="min-w-0 grow">
        <span className="block truncate text-sm font-medium">{step.name}</span>
        {step.after.length > 0 && (
          <span className="block truncate text-xs text-faint">after {step.after.join(', ')}</span>
        )}
      </span>
      <span className="text-xs text-soft">{step.status ?? 'not begun'}</span>
      <span className="w-20 text-right text-sm text-soft">
        <Took start={step.start} end={step.end} />
      </span>
    </button>
  </li>
);

/** The graph in words: every step, what it waits for and how it went, for keyboards, screen readers and small screens. */
export const StepList = ({ view }: { readonly view: View }) => (
  <ol
    aria-label="Steps"
    className="overflow-hidden rounded-xl border border-line bg-panel [&>li:first-child>button]:border-t-0"
  >
    {view.steps.map((step) => (
      <Line key={step.node} step={step} on={step.node === view.step?.node} choose={() => view.choose(step.name)} />
    ))}
  </ol>
);
