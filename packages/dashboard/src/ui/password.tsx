import { Eye, EyeOff } from 'lucide-react';
import { useState, type ComponentProps, type ReactNode } from 'react';
import { cx } from './cx.ts';
import { Field, inputClass } from './field.tsx';

type Props = Omit<ComponentProps<'input'>, 'onChange' | 'value' | 'type'> & {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly problem?: string | undefined;
  readonly hint?: ReactNode;
};

export const PasswordField = ({ label, problem, hint, onChange, ...rest }: Props) => {
  const [shown, setShown] = useState(false);
  return (
    <Field label={label} problem={problem} hint={hint}>
      {(ids) => (
        <div className="relative">
          <input
            {...ids}
            {...rest}
            type={shown ? 'text' : 'password'}
            spellCheck={false}
            autoCapitalize="off"
            onChange={(event) => onChange(event.target.value)}
            className={cx(inputClass, 'w-full pr-10')}
          />
          <button
            type="button"
            onClick={() => setShown(!shown)}
            aria-pressed={shown}
            aria-label={`Show ${label.toLowerCase()}`}
            className="absolute inset-y-0.5 right-0.5 grid w-8 place-items-center rounded-md text-faint hover:text-ink"
          >
            {shown ? <EyeOff className="size-4" aria-hidden /> : <Eye className="size-4" aria-hidden />}
          </button>
        </div>
      )}
    </Field>
  );
};
