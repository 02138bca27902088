import { cloneElement, type KeyboardEvent, type ReactElement, type ReactNode } from 'react';
import { cx } from './cx.ts';
import { popupClass, usePopover } from './popover.ts';

interface MenuEntry {
  readonly label: string;
  readonly icon?: ReactNode;
  readonly onSelect?: () => void;
  readonly danger?: boolean;
  /** Why it cannot be chosen; shown under the label. */
  readonly blocked?: string | null | undefined;
  readonly link?: ReactElement<Record<string, unknown>>;
  readonly checked?: boolean;
}

export interface MenuProps {
  readonly trigger: ReactElement<Record<string, unknown>>;
  readonly label: string;
  readonly entries: readonly (MenuEntry | 'line' | false | null | undefined)[];
  readonly header?: ReactNode;
}

const items = (menu: HTMLElement): HTMLElement[] => [...menu.querySelectorAll<HTMLElement>('[data-item]')];

const move = (event: KeyboardEvent<HTMLElement>, close: () => void): void => {
  const all = items(event.currentTarget);
  const at = all.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 + (at <= 0 ? all.length : 0), Home: 0, End: all.length - 1 }[
    event.key
  ];
  if (to !== undefined) all[to % all.length]?.focus();
  else if (event.key === 'Escape' || event.key === 'Tab') close();
  else if (event.key.length === 1 && event.key !== ' ') {
    const letter = event.key.toLowerCase();
    [...all.slice(at + 1), ...all].find((item) => item.textContent?.trim().toLowerCase().startsWith(letter))?.focus();
    return;
  } else return;
  event.preventDefault();
  event.stopPropagation();
};

const Entry = ({ entry, close }: { readonly entry: MenuEntry; readonly close: () => void }) => {
  const off = Boolean(entry.blocked);
  const shared = {
    role: entry.checked === undefined ? 'menuitem' : 'menuitemradio',
    'aria-checked': entry.checked,
    'aria-disabled': off || undefined,
    'data-item': true,
    tabIndex: -1,
    className: cx(
      'flex min-h-8 w-full items-start gap-2 rounded-md px-2 py-1.5 text-left text-sm outline-none select-none hover:bg-hover focus:bg-hover',
      off ? 'text-faint' : entry.danger ? 'text-danger-text' : 'text-ink',
    ),
    onClick: () => {
      if (off) return;
      close();
      entry.onSelect?.();
    },
    children: (
      <>
        {entry.icon && <span className="mt-0.5 [&_svg]:size-4">{entry.icon}</span>}
        <span className="min-w-0 grow">
          {entry.label}
          {entry.blocked && <span className="block max-w-60 text-xs">{entry.blocked}</span>}
        </span>
        {entry.checked && <span aria-hidden>✓</span>}
      </>
    ),
  };
  return entry.link && !off ? cloneElement(entry.link, shared) : <button type="button" {...(shared as object)} />;
};

export const Menu = ({ trigger, label, entries, header }: MenuProps) => {
  const { open, show, close, popup, id } = usePopover('end', (element) => items(element)[0]?.focus());
  return (
    <>
      {cloneElement(trigger, {
        popoverTarget: id,
        'aria-haspopup': 'menu',
        'aria-expanded': open,
        onKeyDown: (event: KeyboardEvent) => {
          if (event.key !== 'ArrowDown' || open) return;
          event.preventDefault();
          show();
        },
      })}
      <div {...popup} className={cx(popupClass, 'w-max max-w-80 min-w-48!')}>
        {open && (
          <>
            {header}
            <div role="menu" aria-label={label} onKeyDown={(event) => move(event, close)}>
              {entries.map((entry, index) => {
                if (!entry) return null;
                if (entry === 'line') return <div key={index} role="separator" className="my-1 h-px bg-line" />;
                return <Entry key={entry.label} entry={entry} close={close} />;
              })}
            </div>
          </>
        )}
      </div>
    </>
  );
};
