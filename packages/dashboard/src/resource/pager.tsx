import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { Page } from '../api.ts';
import { IconButton } from '../ui/button.tsx';
import type { ListState } from './list-state.ts';
import { Filter } from './toolbar.tsx';

/** Which rows one sees of how many, how many on a page, and the way to the pages before and after. */
export const Pager = <T,>({
  data,
  state,
  sizes,
}: {
  readonly data: Page<T>;
  readonly state: ListState;
  readonly sizes: readonly number[] | undefined;
}) => {
  const first = (data.index - 1) * data.max_size + 1;
  return (
    <nav aria-label="Pages" className="flex items-center justify-between gap-2 border-t px-4 py-1.5 text-sm text-soft">
      <span className="nums">
        {first}–{first + data.items.length - 1} of {data.total}
      </span>
      <span className="flex items-center gap-1">
        {sizes && (
          <Filter
            label="Rows on a page"
            options={sizes.map((size) => ({ value: String(size), label: `${size} rows` }))}
            value={String(data.max_size)}
            onChange={(size) => state.set({ size: size === String(sizes[0]) ? undefined : size })}
          />
        )}
        <IconButton label="Previous page" disabled={data.index <= 1} onClick={() => state.setPage(data.index - 1)}>
          <ChevronLeft aria-hidden />
        </IconButton>
        <IconButton
          label="Next page"
          disabled={data.index >= data.total_pages}
          onClick={() => state.setPage(data.index + 1)}
        >
          <ChevronRight aria-hidden />
        </IconButton>
      </span>
    </nav>
  );
};
