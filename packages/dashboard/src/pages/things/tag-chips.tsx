import type { Envelope } from '../../api.ts';
import type { Column } from '../../resource/table.tsx';
import { TagDot } from './tag-dot.tsx';
import type { Owned, Tag } from './types.ts';

const TagChip = ({ tag }: { readonly tag: Tag }) => (
  <span className="inline-flex h-5.5 max-w-44 items-center gap-1.5 rounded bg-hover px-1.5 text-xs font-medium text-soft">
    <TagDot color={tag.body?.color} />
    <span className="truncate">{tag.name || '(hidden)'}</span>
  </span>
);

/** The tags of a row of a list: as many as fit, and how many more there are. */
export const TagChips = ({ tags, most = 3 }: { readonly tags: readonly Tag[] | undefined; readonly most?: number }) => (
  <span className="flex flex-wrap gap-1">
    {tags?.slice(0, most).map((tag) => (
      <TagChip key={tag.id} tag={tag} />
    ))}
    {(tags?.length ?? 0) > most && (
      <span className="text-xs leading-5.5 text-faint">+{(tags?.length ?? 0) - most}</span>
    )}
  </span>
);

export const tagsColumn = (most?: number): Column<Envelope<unknown, unknown, Owned>> => ({
  id: 'tags',
  head: 'Tags',
  from: 'md',
  cell: ({ resources }) => <TagChips tags={resources?.tags} {...(most !== undefined && { most })} />,
});
