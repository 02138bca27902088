import { Menu as Base } from '@base-ui/react/menu';
import type { ReactElement, ReactNode } from 'react';
import { cx } from './cx.ts';

export interface MenuEntry {
  readonly label: string;
  readonly icon?: ReactNode;
  readonly onSelect?: () => void;
  readonly danger?: boolean;
  /** Why it cannot be chosen; shown under the label. */
  readonly blocked?: string | null | undefined;
  readonly link?: ReactElement;
  readonly checked?: boolean;
}

interface MenuProps {
  readonly trigger: ReactElement;
  readonly entries: readonly (MenuEntry | 'line' | false | null | undefined)[];
  readonly header?: ReactNode;
  readonly align?: 'start' | 'end';
}

const Row = ({ entry }: { readonly entry: MenuEntry }) => (
  <>
    {entry.icon && <span className="mt-0.5 [&_svg]:size-4">{entry.icon}</span>}
    <span className="min-w-0 grow">
      {entry.label}
      {entry.blocked && <span className="block max-w-56 text-xs whitespace-normal text-faint">{entry.blocked}</span>}
    </span>
    {entry.checked && <span aria-hidden>✓</span>}
  </>
);

const item = (entry: MenuEntry): string =>
  cx(
    'flex items-start gap-2 rounded-md px-2 py-1.5 text-sm outline-none select-none data-highlighted:bg-hover',
    entry.blocked ? 'text-faint' : entry.danger ? 'text-danger-text' : 'text-ink',
  );

export const Menu = ({ trigger, entries, header, align = 'end' }: MenuProps) => (
  <Base.Root modal={false}>
    <Base.Trigger render={trigger} />
    <Base.Portal>
      <Base.Positioner align={align} sideOffset={4} className="z-60 outline-none">
        <Base.Popup className="min-w-48 rounded-lg border border-line bg-raised p-1 shadow-pop outline-none transition-opacity duration-100 data-ending-style:opacity-0">
          {header}
          {entries.map((entry, index) => {
            if (!entry) return null;
            if (entry === 'line') return <Base.Separator key={index} className="my-1 h-px bg-line" />;
            return (
              <Base.Item
                key={entry.label}
                disabled={Boolean(entry.blocked)}
                {...(entry.link && !entry.blocked ? { render: entry.link } : {})}
                {...(entry.onSelect ? { onClick: entry.onSelect } : {})}
                className={item(entry)}
              >
                <Row entry={entry} />
              </Base.Item>
            );
          })}
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  </Base.Root>
);
