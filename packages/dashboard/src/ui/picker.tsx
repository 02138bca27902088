import { X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Combo } from './combo.tsx';
import { cx } from './cx.ts';
import { Field, inputClass } from './field.tsx';
import type { Option } from './select.tsx';

interface Base {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly optional?: boolean;
  readonly options: readonly Option[];
  readonly placeholder?: string;
  readonly empty?: string;
  readonly onSearch?: (text: string) => void;
  readonly problem?: string | undefined;
}

type Many = Base & { readonly value: readonly Option[]; readonly onChange: (value: Option[]) => void };

const Chip = ({ option, onRemove }: { readonly option: Option; readonly onRemove: () => void }) => (
  <li className="flex h-6 items-center rounded bg-accent-wash pl-2 text-sm text-accent-text">
    {option.label}
    <button
      type="button"
      onClick={onRemove}
      aria-label={`Remove ${option.label}`}
      className="grid size-6 place-items-center rounded hover:text-ink"
    >
      <X className="size-3" aria-hidden />
    </button>
  </li>
);

export const PickMany = ({ label, hint, optional, options, value, onChange, placeholder, empty, onSearch }: Many) => {
  const [text, setText] = useState('');
  const type = (next: string): void => {
    setText(next);
    onSearch?.(next);
  };
  const without = (option: Option): Option[] => value.filter((one) => one.value !== option.value);
  return (
    <Field label={label} hint={hint} optional={optional ?? false}>
      {(ids) => (
        <Combo
          ids={ids}
          label={label}
          options={options}
          chosen={value}
          text={text}
          onText={type}
          onPick={(option) => {
            type('');
            onChange(value.some((one) => one.value === option.value) ? without(option) : [...value, option]);
          }}
          onBack={() => onChange(value.slice(0, -1))}
          onBlur={() => type('')}
          empty={empty}
          placeholder={value.length ? undefined : placeholder}
          className="h-6 min-w-20 grow bg-transparent text-base outline-none"
          around={(input, popupId) => (
            <div
              data-popup={popupId}
              className={cx(
                inputClass,
                'flex h-auto min-h-9 w-full flex-wrap items-center gap-1 py-1 has-[input:focus-visible]:outline-2 has-[input:focus-visible]:-outline-offset-1 has-[input:focus-visible]:outline-accent-text',
              )}
            >
              {value.length > 0 && (
                <ul aria-label={`${label}: chosen`} className="flex flex-wrap gap-1">
                  {value.map((option) => (
                    <Chip key={option.value} option={option} onRemove={() => onChange(without(option))} />
                  ))}
                </ul>
              )}
              {input}
            </div>
          )}
        />
      )}
    </Field>
  );
};

type One = Base & { readonly value: Option | null; readonly onChange: (value: Option | null) => void };

export const PickOne = (props: One) => {
  const { label, hint, optional, options, value, onChange, placeholder, empty, onSearch, problem } = props;
  // null: nothing typed since the last choice, so the choice itself stands in the box.
  const [text, setText] = useState<string | null>(null);
  const type = (next: string | null): void => {
    setText(next);
    onSearch?.(next ?? '');
  };
  return (
    <Field label={label} hint={hint} optional={optional ?? false} problem={problem}>
      {(ids) => (
        <Combo
          ids={ids}
          label={label}
          options={options}
          chosen={value ? [value] : []}
          text={text ?? value?.label ?? ''}
          onText={(next) => {
            type(next);
            if (next === '') onChange(null);
          }}
          onPick={(option) => {
            type(null);
            onChange(option);
          }}
          onBlur={() => {
            const exact = options.find((option) => option.label === text);
            if (exact) onChange(exact);
            type(null);
          }}
          empty={empty}
          placeholder={placeholder}
          className={cx(inputClass, 'w-full')}
        />
      )}
    </Field>
  );
};
