import { useList } from '../../resource/query.ts';
import { Filter } from '../../resource/toolbar.tsx';
import type { Tag } from './types.ts';

/** Chooses among the tags that things of one type carry. */
export const TagFilter = ({
  type,
  value,
  onChange,
}: {
  readonly type: string;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}) => {
  const tags = useList<Tag>('/tags', { size: 200, sort_by: 'asc:name', resource_type: type });
  const names = new Set([...(value ? [value] : []), ...(tags.data?.items ?? []).map((tag) => tag.name)]);
  if (names.size === 0) return null;
  return (
    <Filter
      label="Tag"
      all="Any tag"
      options={[...names].map((name) => ({ value: name, label: name }))}
      value={value}
      onChange={onChange}
    />
  );
};
