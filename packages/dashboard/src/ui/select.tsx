import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronsUpDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { Field, inputClass } from './field.tsx';

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly text?: string | undefined;
}

interface Props {
  readonly label: string;
  readonly options: readonly Option[];
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  /** No visible label and a lower height: for filters above a table. */
  readonly bare?: boolean;
  readonly className?: string;
  readonly ids?: { id: string; 'aria-describedby': string | undefined };
  readonly disabled?: boolean | undefined;
}

const Popup = ({ options }: { readonly options: readonly Option[] }) => (
  <Base.Portal>
    <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-60 outline-none select-none">
      <Base.Popup className="max-h-(--available-height) min-w-(--anchor-width) overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-pop outline-none">
        <Base.List>
          {options.map((option) => (
            <Base.Item
              key={option.value}
              value={option.value}
              className="flex items-start gap-2 rounded-md py-1.5 pr-3 pl-2 text-sm outline-none data-highlighted:bg-hover"
            >
              <span className="mt-0.5 grid size-4 shrink-0 place-items-center text-accent-text">
                <Base.ItemIndicator>
                  <Check className="size-4" aria-hidden />
                </Base.ItemIndicator>
              </span>
              <span className="max-w-72 min-w-0">
                <Base.ItemText>{option.label}</Base.ItemText>
                {option.text && <span className="block text-xs text-faint">{option.text}</span>}
              </span>
            </Base.Item>
          ))}
        </Base.List>
      </Base.Popup>
    </Base.Positioner>
  </Base.Portal>
);

export const SelectBox = ({ label, options, value, onChange, placeholder, bare, className, ids, disabled }: Props) => (
  <Base.Root
    items={options as Option[]}
    value={value || null}
    onValueChange={(next) => onChange(String(next ?? ''))}
    modal={false}
    disabled={disabled ?? false}
  >
    <Base.Trigger
      {...ids}
      {...(ids ? {} : { 'aria-label': label })}
      className={cx(inputClass, 'flex items-center justify-between gap-2 text-left', bare && 'h-8 text-sm', className)}
    >
      <Base.Value className="truncate data-placeholder:text-faint" placeholder={placeholder ?? 'Choose…'} />
      <Base.Icon>
        <ChevronsUpDown className="size-3.5 text-faint" aria-hidden />
      </Base.Icon>
    </Base.Trigger>
    <Popup options={options} />
  </Base.Root>
);

export const SelectField = ({ hint, problem, optional, ...rest }: Props & { readonly hint?: ReactNode; readonly problem?: string | undefined; readonly optional?: boolean }) => (
  <Field label={rest.label} hint={hint} problem={problem} optional={optional ?? false}>
    {(ids) => <SelectBox {...rest} ids={ids} />}
  </Field>
);
