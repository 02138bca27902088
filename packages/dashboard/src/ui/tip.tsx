import { Tooltip } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';

/** A hint for mouse and keyboard. The words are also in the accessible description, since a tooltip alone is not read. */
export const Tip = ({
  text,
  children,
}: {
  readonly text: ReactNode;
  readonly children: ReactElement<Record<string, unknown>>;
}) => (
  <Tooltip.Root>
    <Tooltip.Trigger
      render={children}
      delay={350}
      closeOnClick={false}
      {...(typeof text === 'string' && !children.props['aria-label'] ? { 'aria-description': text } : {})}
    />
    <Tooltip.Portal>
      <Tooltip.Positioner sideOffset={6} className="z-60">
        <Tooltip.Popup className="max-w-72 rounded-md bg-[#24252c] px-2.5 py-1.5 text-xs text-white shadow-pop dark:bg-[#e9e9ee] dark:text-[#17181d]">
          {text}
        </Tooltip.Popup>
      </Tooltip.Positioner>
    </Tooltip.Portal>
  </Tooltip.Root>
);
