import { useId, type ReactNode } from 'react';
import { cx } from './cx.ts';

interface Choice {
  readonly value: string;
  readonly label: string;
  readonly text?: ReactNode;
  readonly blocked?: string | null;
}

interface Props {
  readonly legend: ReactNode;
  readonly hint?: ReactNode;
  readonly choices: readonly Choice[];
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly columns?: boolean;
}

/** One of a few, each with an explanation: radio buttons drawn as cards. */
export const ChoiceCards = ({ legend, hint, choices, value, onChange, columns }: Props) => {
  const name = useId();
  return (
    <fieldset>
      <legend className="text-sm font-medium">{legend}</legend>
      {hint && <p className="mt-0.5 text-xs text-faint">{hint}</p>}
      <div className={cx('mt-2 grid gap-2', columns && (choices.length === 2 ? 'sm:grid-cols-2' : 'sm:grid-cols-3'))}>
        {choices.map((choice) => (
          <label
            key={choice.value}
            className={cx(
              'flex gap-2.5 rounded-lg border p-3 transition-colors has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-text',
              value === choice.value ? 'border-accent-text bg-accent-wash' : 'border-line hover:border-edge',
            )}
          >
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={value === choice.value}
              disabled={Boolean(choice.blocked)}
              onChange={() => onChange(choice.value)}
              className="mt-0.75 size-4 shrink-0 accent-(--accent) outline-none"
            />
            <span className="min-w-0">
              <span className="block text-sm font-medium">{choice.label}</span>
              {(choice.blocked || choice.text) && (
                <span className="mt-0.5 block text-xs text-soft">{choice.blocked ?? choice.text}</span>
              )}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
};

export const Check = (props: {
  readonly label: ReactNode;
  readonly text?: ReactNode;
  readonly checked: boolean;
  readonly onChange: (on: boolean) => void;
}) => (
  <label className="flex min-h-6 items-start gap-2.5 text-sm">
    <input
      type="checkbox"
      checked={props.checked}
      onChange={(event) => props.onChange(event.target.checked)}
      className="mt-0.75 size-4 shrink-0 accent-(--accent)"
    />
    <span>
      <span className="font-medium">{props.label}</span>
      {props.text && <span className="block text-xs text-soft">{props.text}</span>}
    </span>
  </label>
);
