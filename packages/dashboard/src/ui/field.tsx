import { useId, type ComponentProps, type ReactNode } from 'react';
import { cx } from './cx.ts';

export const inputClass =
  'rounded-md border border-edge bg-raised px-2.5 h-9 text-base text-ink focus-visible:outline-2 focus-visible:-outline-offset-1 focus-visible:outline-accent-text aria-invalid:border-danger [&:is(input,textarea):read-only]:bg-hover';

interface FieldProps {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly problem?: string | undefined;
  readonly optional?: boolean;
  readonly children: (ids: {
    id: string;
    'aria-describedby': string | undefined;
    'aria-invalid': true | undefined;
  }) => ReactNode;
}

export const Field = ({ label, hint, problem, optional, children }: FieldProps) => {
  const id = useId();
  const described = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ') || undefined;
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
        {optional && <span className="ml-1.5 font-normal text-faint">optional</span>}
      </label>
      {children({ id, 'aria-describedby': described, 'aria-invalid': problem ? true : undefined })}
      {problem && (
        <p id={`${id}-problem`} className="text-sm text-danger-text" role="alert">
          {problem}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="text-xs text-faint">
          {hint}
        </p>
      )}
    </div>
  );
};

type TextProps = Omit<ComponentProps<'input'>, 'onChange' | 'value'> &
  Pick<FieldProps, 'label' | 'hint' | 'problem' | 'optional'> & {
    readonly value: string;
    readonly onChange: (value: string) => void;
  };

export const TextField = ({ label, hint, problem, optional, onChange, className, ...rest }: TextProps) => (
  <Field label={label} hint={hint} problem={problem} optional={optional ?? false}>
    {(ids) => (
      <input
        {...ids}
        {...rest}
        onChange={(event) => onChange(event.target.value)}
        className={cx(inputClass, 'w-full', className)}
      />
    )}
  </Field>
);

type AreaProps = Omit<ComponentProps<'textarea'>, 'onChange' | 'value'> &
  Omit<TextProps, keyof ComponentProps<'input'>> & {
    readonly value: string;
    readonly onChange: (value: string) => void;
  };

export const AreaField = ({ label, hint, problem, optional, onChange, className, ...rest }: AreaProps) => (
  <Field label={label} hint={hint} problem={problem} optional={optional ?? false}>
    {(ids) => (
      <textarea
        {...ids}
        rows={3}
        {...rest}
        onChange={(event) => onChange(event.target.value)}
        className={cx(inputClass, 'h-auto w-full py-2', className)}
      />
    )}
  </Field>
);
