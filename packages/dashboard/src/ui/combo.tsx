import { Check } from 'lucide-react';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { cx } from './cx.ts';
import { popupClass, usePopover } from './popover.ts';
import type { Option } from './select.tsx';

interface Props {
  readonly ids: object;
  readonly label: string;
  readonly options: readonly Option[];
  readonly chosen: readonly Option[];
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onPick: (option: Option) => void;
  readonly onBlur?: () => void;
  /** Backspace in an empty box. */
  readonly onBack?: () => void;
  readonly placeholder?: string | undefined;
  readonly empty?: string | undefined;
  readonly className: string;
  /** The element that the list hangs under; by default the box itself. */
  readonly around?: (input: ReactNode, popupId: string) => ReactNode;
}

const matching = (options: readonly Option[], text: string): readonly Option[] => {
  const words = text.trim().toLowerCase();
  return words
    ? options.filter((option) => `${option.label} ${option.text ?? ''}`.toLowerCase().includes(words))
    : options;
};

/** A box that suggests: the editable combobox of the ARIA practices. Focus stays in the box. */
export const Combo = (props: Props) => {
  const { options, chosen, text, onText, onPick, onBack, label } = props;
  const { id, open, show, hide, popup } = usePopover('start', undefined, 'manual');
  const [active, setActive] = useState(0);
  const settled = chosen.some((one) => one.label === text);
  const shown = settled ? options : matching(options, text);
  const at = Math.min(active, shown.length - 1);
  const pick = (option: Option | undefined): void => {
    if (!option) return;
    onPick(option);
    setActive(0);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
    if (to !== undefined) {
      show();
      if (open) setActive((to + shown.length) % Math.max(1, shown.length));
    } else if (event.key === 'Enter' && open) {
      pick(shown[at]);
      hide();
    } else if (event.key === 'Escape' && open) hide();
    else {
      if (event.key === 'Backspace' && text === '') onBack?.();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const input = (
    <input
      {...props.ids}
      role="combobox"
      aria-autocomplete="list"
      aria-expanded={open}
      aria-controls={id}
      aria-activedescendant={open && shown.length ? `${id}${at}` : undefined}
      autoComplete="off"
      spellCheck={false}
      value={text}
      placeholder={props.placeholder}
      className={props.className}
      {...(props.around ? {} : { 'data-popup': id })}
      onChange={(event) => {
        onText(event.target.value);
        setActive(0);
        show();
      }}
      onClick={() => show()}
      onKeyDown={onKeyDown}
      onBlur={() => {
        hide();
        props.onBlur?.();
      }}
    />
  );
  return (
    <>
      {props.around ? props.around(input, id) : input}
      <div
        {...popup}
        role="listbox"
        aria-label={open ? label : undefined}
        aria-multiselectable={Boolean(props.around) || undefined}
        className={cx(popupClass, 'w-0')}
      >
        {open &&
          shown.map((option, index) => {
            const on = chosen.some((one) => one.value === option.value);
            return (
              <div
                key={option.value}
                id={`${id}${index}`}
                role="option"
                aria-selected={on}
                ref={(element) => {
                  if (index === at) element?.scrollIntoView({ block: 'nearest' });
                }}
                // The box keeps the focus: losing it would close the list before the click arrives.
                onPointerDown={(event) => event.preventDefault()}
                onPointerMove={() => setActive(index)}
                onClick={() => {
                  pick(option);
                  hide();
                }}
                className={cx(
                  'flex min-h-8 items-start gap-2 rounded-md px-2 py-1.5 text-sm select-none',
                  index === at && 'bg-hover',
                )}
              >
                <span className="min-w-0 grow">
                  <span className="block truncate">{option.label}</span>
                  {option.text && <span className="block text-xs text-faint">{option.text}</span>}
                </span>
                {on && <Check className="mt-0.5 size-4 shrink-0 text-accent-text" aria-hidden />}
              </div>
            );
          })}
        {open && shown.length === 0 && (
          <div role="option" aria-disabled aria-selected={false} className="px-2 py-2 text-sm text-faint">
            {props.empty ?? 'Nothing matches.'}
          </div>
        )}
      </div>
    </>
  );
};
