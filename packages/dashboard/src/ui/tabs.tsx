import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';

export interface Panel {
  readonly id: string;
  readonly label: string;
  readonly body: () => ReactNode;
}

export const Tabs = ({
  panels,
  value,
  onChange,
  label,
}: {
  readonly panels: readonly Panel[];
  readonly value: string;
  readonly onChange: (id: string) => void;
  readonly label: string;
}) => (
  <Base.Root value={value} onValueChange={(next) => onChange(String(next))}>
    <Base.List aria-label={label} className="mb-4 flex gap-1 overflow-x-auto border-b" activateOnFocus>
      {panels.map((panel) => (
        <Base.Tab
          key={panel.id}
          value={panel.id}
          className="-mb-px border-b-2 border-transparent px-2.5 py-2 text-sm font-medium whitespace-nowrap text-soft -outline-offset-2 hover:text-ink data-active:border-accent-text data-active:text-ink"
        >
          {panel.label}
        </Base.Tab>
      ))}
    </Base.List>
    {panels.map((panel) => (
      <Base.Panel key={panel.id} value={panel.id} className="rounded -outline-offset-2">
        {panel.body()}
      </Base.Panel>
    ))}
  </Base.Root>
);
