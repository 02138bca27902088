import type { ReactNode } from 'react';
import { cx } from '../../../ui/cx.ts';
import { SelectBox } from '../../../ui/select.tsx';
import { StatusIcon } from '../../ml/run-status.tsx';
import type { StepLine, View } from './data.ts';

const Choice = ({
  label,
  status,
  on,
  choose,
}: {
  readonly label: string;
  readonly status: StepLine['status'];
  readonly on: boolean;
  readonly choose: () => void;
}) => (
  <li className="[content-visibility:auto] [contain-intrinsic-size:auto_2rem]">
    <button
      type="button"
      aria-current={on || undefined}
      onClick={choose}
      className={cx(
        'flex h-8 w-full items-center gap-2 rounded-md px-2 text-left text-sm -outline-offset-2 hover:bg-hover',
        on && 'bg-accent-wash font-medium text-accent-text',
      )}
    >
      <StatusIcon status={status} />
      <span className="truncate">
        {label}
        <span className="sr-only">, {status ?? 'not begun'}</span>
      </span>
    </button>
  </li>
);

const whole = '*';

/** A tab that shows one step, or the run as a whole, at a time: the steps at the side, or in a box where it is narrow. */
export const BesideSteps = ({ view, children }: { readonly view: View; readonly children: ReactNode }) => (
  <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[15rem_minmax(0,1fr)]">
    <div className="lg:hidden">
      <SelectBox
        label="Step"
        options={[
          { value: whole, label: 'The whole run' },
          ...view.steps.map((step) => ({ value: step.name, label: step.name, text: step.status ?? 'not begun' })),
        ]}
        value={view.step?.name ?? whole}
        onChange={(name) => view.choose(name === whole ? undefined : name)}
      />
    </div>
    <nav
      aria-label="Steps"
      className="max-h-[calc(100dvh-8rem)] overflow-y-auto pb-2 max-lg:hidden lg:sticky lg:top-16"
    >
      <ul className="grid gap-0.5">
        <Choice
          label="The whole run"
          status={view.run.body.status}
          on={!view.step}
          choose={() => view.choose(undefined)}
        />
        {view.steps.map((step) => (
          <Choice
            key={step.node}
            label={step.name}
            status={step.status}
            on={step.node === view.step?.node}
            choose={() => view.choose(step.name)}
          />
        ))}
      </ul>
    </nav>
    <div className="min-w-0">{children}</div>
  </div>
);
