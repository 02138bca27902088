import { TextField } from '../../ui/field.tsx';
import { SelectField } from '../../ui/select.tsx';
import { cronText, fromLocal } from './words.ts';

export interface PlanValues {
  readonly way: 'cron' | 'interval' | 'once';
  readonly cron: string;
  readonly amount: string;
  readonly unit: string;
  readonly start: string;
  readonly end: string;
  readonly once: string;
  readonly most: string;
}

export const noPlan: PlanValues = {
  way: 'cron',
  cron: '0 6 * * *',
  amount: '1',
  unit: '3600',
  start: '',
  end: '',
  once: '',
  most: '',
};

/** What is missing or wrong in a plan. */
export const planProblem = (plan: PlanValues): string | undefined => {
  if (plan.way === 'cron' && !plan.cron.trim()) return 'A cron expression is needed.';
  if (plan.way === 'once' && !plan.once) return 'A time is needed.';
  if (plan.way === 'interval' && !(Number(plan.amount) >= 1)) return 'How often is missing.';
  if (plan.most && !/^[1-9]\d*$/.test(plan.most.trim())) return 'At most so many runs: a whole number.';
  return undefined;
};

/** A plan as it goes over the wire; what does not belong to the chosen way is cleared. */
export const planBody = (plan: PlanValues, now = new Date()): object => ({
  cron_expression: plan.way === 'cron' ? plan.cron.trim() : null,
  interval: plan.way === 'interval' ? Number(plan.amount) * Number(plan.unit) : null,
  run_once_start_time: plan.way === 'once' ? fromLocal(plan.once) : null,
  start_time:
    plan.way === 'once'
      ? null
      : (fromLocal(plan.start) ?? (plan.way === 'interval' ? now.toISOString().replace('Z', '') : null)),
  end_time: plan.way === 'once' ? null : fromLocal(plan.end),
  max_runs: plan.most.trim() ? Number(plan.most) : null,
});

const cronHint = (cron: string): string => {
  const words = cronText(cron);
  return words
    ? `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
    : 'Minute, hour, day, month, day of the week; in UTC.';
};

interface Props {
  readonly value: PlanValues;
  readonly onChange: (value: PlanValues) => void;
  readonly problem: string | undefined;
}

export const PlanFields = ({ value, onChange, problem }: Props) => {
  const field = (key: keyof PlanValues) => ({
    value: value[key],
    onChange: (next: string) => onChange({ ...value, [key]: next }),
  });
  return (
    <div className="grid gap-4">
      <SelectField
        label="Repeats"
        options={[
          { value: 'cron', label: 'By a cron expression' },
          { value: 'interval', label: 'At a fixed interval' },
          { value: 'once', label: 'Not at all: once' },
        ]}
        value={value.way}
        onChange={(way) => onChange({ ...value, way: way as PlanValues['way'] })}
      />
      {value.way === 'cron' && (
        <TextField
          label="Cron expression"
          hint={cronHint(value.cron)}
          spellCheck={false}
          autoComplete="off"
          className="font-mono"
          {...field('cron')}
          problem={problem}
        />
      )}
      {value.way === 'interval' && (
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField label="Every" inputMode="numeric" {...field('amount')} problem={problem} />
          <SelectField
            label="Unit"
            options={[
              { value: '60', label: 'minutes' },
              { value: '3600', label: 'hours' },
              { value: '86400', label: 'days' },
            ]}
            {...field('unit')}
          />
        </div>
      )}
      {value.way === 'once' && (
        <TextField label="At" type="datetime-local" hint="In your time." {...field('once')} problem={problem} />
      )}
      {value.way !== 'once' && (
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField label="From" optional type="datetime-local" {...field('start')} />
          <TextField label="Until" optional type="datetime-local" {...field('end')} />
          <TextField label="At most so many runs" optional inputMode="numeric" {...field('most')} />
        </div>
      )}
    </div>
  );
};
