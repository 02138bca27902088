// The columns that lists of different things have in common. `more` says otherwise where a list has its own words or room.
import { Link } from '@tanstack/react-router';
import type { Envelope } from '../../api.ts';
import type { Column } from '../../resource/table.tsx';
import { Time } from '../../ui/time.tsx';
import { Visibility } from '../components/visibility.tsx';
import { OwnerName } from './parts.tsx';
import type { Owned } from './types.ts';

type More = Partial<Pick<Column<never>, 'head' | 'from' | 'className'>>;
type OwnedBy = Envelope<unknown, unknown, Pick<Owned, 'user'>>;

type WithVersions = Envelope<
  unknown,
  unknown,
  { readonly latest_version_id?: string | null; readonly latest_version_name?: string | null }
>;

/** The newest version of an artifact or a model; `pages` is where its versions have theirs. */
export const latestColumn = (pages: string): Column<WithVersions> => ({
  id: 'latest',
  head: 'Latest version',
  sort: 'latest_version',
  cell: ({ resources }) =>
    resources?.latest_version_id ? (
      <Link to={`${pages}/${resources.latest_version_id}`} className="rounded text-accent-text nums hover:underline">
        {resources.latest_version_name}
      </Link>
    ) : (
      <span className="text-faint">none</span>
    ),
});

export const ownerColumn = (more: More = {}): Column<OwnedBy> => ({
  id: 'owner',
  head: 'Owner',
  from: 'sm',
  className: 'text-soft',
  cell: ({ resources }) => <OwnerName user={resources?.user} />,
  ...more,
});

/** The same in its bare words, for what always has an owner; `nobody` is said where that one is gone. */
export const ownerNameColumn = (nobody: string, more: More = {}): Column<OwnedBy> => ({
  ...ownerColumn(more),
  cell: ({ resources }) => resources?.user?.name ?? nobody,
});

export const visibilityColumn = (more: More = {}): Column<Envelope<{ private?: boolean } | null>> => ({
  id: 'visibility',
  head: 'Visibility',
  className: 'text-soft',
  cell: ({ body }) => <Visibility hidden={body?.private} />,
  ...more,
});

export const createdColumn = (more: More = {}): Column<Envelope<{ created: string }>> => ({
  id: 'created',
  head: 'Created',
  sort: 'created',
  className: 'text-soft',
  cell: ({ body }) => <Time at={body.created} />,
  ...more,
});

export const changedColumn = (more: More = {}): Column<Envelope<{ updated: string } | null>> => ({
  id: 'updated',
  head: 'Changed',
  sort: 'updated',
  className: 'text-soft',
  cell: ({ body }) => <Time at={body?.updated} />,
  ...more,
});
