import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';

interface Props {
  readonly count: number;
  readonly columns: number;
  readonly row: (index: number) => ReactNode;
}

const height = 53;

/** The rows of a long table that are in the window, between two empty ones as high as the rest. */
export const WindowRows = ({ count, columns, row }: Props) => {
  const first = useRef<HTMLTableRowElement>(null);
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => {
    if (first.current) setOffset(first.current.getBoundingClientRect().top + scrollY);
  }, []);
  const rows = useWindowVirtualizer({ count, estimateSize: () => height, overscan: 12, scrollMargin: offset });
  const shown = rows.getVirtualItems();
  const before = (shown[0]?.start ?? offset) - offset;
  const after = rows.getTotalSize() - ((shown.at(-1)?.end ?? offset) - offset);
  return (
    <>
      <tr ref={first} aria-hidden>
        <td colSpan={columns} style={{ height: before, padding: 0 }} />
      </tr>
      {shown.map((item) => row(item.index))}
      <tr aria-hidden>
        <td colSpan={columns} style={{ height: after, padding: 0 }} />
      </tr>
    </>
  );
};
