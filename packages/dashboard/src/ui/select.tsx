import { Check, ChevronsUpDown } from 'lucide-react';
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { cx } from './cx.ts';
import { Field, inputClass } from './field.tsx';
import { popupClass, usePopover } from './popover.ts';

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
  readonly className?: string;
  readonly ids?: { id: string; 'aria-describedby': string | undefined };
  readonly disabled?: boolean | undefined;
}

/** Letters typed within half a second belong together. */
const useTyped = () => {
  const typed = useRef({ text: '', at: 0 });
  return (key: string): string => {
    const now = performance.now();
    typed.current = { text: now - typed.current.at > 500 ? key : typed.current.text + key, at: now };
    return typed.current.text.toLowerCase();
  };
};

/** The select-only combobox of the ARIA practices: focus stays on the button, which names the active option. */
const useKeys = (props: Props, open: boolean, show: () => void, close: () => void) => {
  const [active, setActive] = useState(0);
  const type = useTyped();
  const last = props.options.length - 1;
  const go = (index: number): void => setActive(Math.max(0, Math.min(last, index)));
  const choose = (index: number): void => {
    const option = props.options[index];
    if (option) props.onChange(option.value);
    close();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      Home: 0,
      End: last,
      PageDown: active + 10,
      PageUp: active - 10,
    }[event.key];
    if (!open) {
      if (!['ArrowDown', 'ArrowUp', 'Enter', ' '].includes(event.key)) return;
      show();
    } else if (to !== undefined) go(to);
    else if (event.key === 'Enter' || event.key === ' ') choose(active);
    else if (event.key === 'Escape') close();
    else if (event.key === 'Tab') return choose(active);
    else if (event.key.length === 1) {
      const text = type(event.key);
      const found = props.options.findIndex((option) => option.label.toLowerCase().startsWith(text));
      if (found >= 0) go(found);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return { active, setActive, choose, onKeyDown };
};

export const SelectBox = (props: Props) => {
  const { label, options, value, placeholder, className, ids, disabled } = props;
  const chosen = options.findIndex((option) => option.value === value);
  const { open, show, close, popup, id } = usePopover('start', (element) => {
    keys.setActive(Math.max(0, chosen));
    element.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });
  const keys = useKeys(props, open, show, close);
  return (
    <>
      <button
        type="button"
        role="combobox"
        {...ids}
        {...(ids ? {} : { 'aria-label': label })}
        popoverTarget={id}
        aria-haspopup="listbox"
        aria-controls={id}
        aria-expanded={open}
        aria-activedescendant={open ? `${id}${keys.active}` : undefined}
        disabled={disabled}
        onKeyDown={keys.onKeyDown}
        className={cx(
          inputClass,
          'flex items-center justify-between gap-2 text-left disabled:opacity-60',
          className ?? 'w-full',
        )}
      >
        <span className={cx('truncate', chosen < 0 && !value && 'text-faint')}>
          {options[chosen]?.label ?? (value || placeholder || 'Choose…')}
        </span>
        <ChevronsUpDown className="size-3.5 shrink-0 text-faint" aria-hidden />
      </button>
      <div
        {...popup}
        role="listbox"
        aria-label={open ? label : undefined}
        tabIndex={-1}
        className={cx(popupClass, 'w-max max-w-[min(22rem,calc(100vw-1rem))]')}
      >
        {open &&
          options.map((option, index) => (
            <div
              key={option.value}
              id={`${id}${index}`}
              role="option"
              aria-selected={index === chosen}
              ref={(element) => {
                if (index === keys.active) element?.scrollIntoView({ block: 'nearest' });
              }}
              onPointerMove={() => keys.setActive(index)}
              onClick={() => keys.choose(index)}
              className={cx(
                'flex min-h-8 items-start gap-2 rounded-md py-1.5 pr-3 pl-2 text-sm select-none',
                index === keys.active && 'bg-hover',
              )}
            >
              <Check
                className={cx('mt-0.5 size-4 shrink-0 text-accent-text', index !== chosen && 'invisible')}
                aria-hidden
              />
              <span className="min-w-0">
                {option.label}
                {option.text && <span className="block text-xs text-faint">{option.text}</span>}
              </span>
            </div>
          ))}
      </div>
    </>
  );
};

export const SelectField = ({
  hint,
  problem,
  optional,
  ...rest
}: Props & {
  readonly hint?: ReactNode;
  readonly problem?: string | undefined;
  readonly optional?: boolean;
}) => (
  <Field label={rest.label} hint={hint} problem={problem} optional={optional ?? false}>
    {(ids) => <SelectBox {...rest} ids={ids} />}
  </Field>
);
