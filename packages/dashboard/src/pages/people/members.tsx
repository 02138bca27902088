import { UsersRound } from 'lucide-react';
import { useState } from 'react';
import { useRoleOptions, useTeamOptions } from '../../access/options.ts';
import { RoleChips } from '../../access/roles.tsx';
import { useListState, type Search } from '../../resource/list-state.ts';
import { useList } from '../../resource/query.ts';
import { ListTable, type Column } from '../../resource/table.tsx';
import { Filter, SearchBox, Toolbar } from '../../resource/toolbar.tsx';
import type { User } from '../../resource/types.ts';
import { Avatar, Badge, Empty } from '../../ui/bits.tsx';
import { Time } from '../../ui/time.tsx';
import { InviteButton, PeopleFrame } from './frame.tsx';
import { MemberDialogs, type Doing } from './member-dialogs.tsx';
import { MemberMenu } from './member-menu.tsx';
import { PersonDrawer } from './person-drawer.tsx';
import { StatusBadge, statusOptions } from './status.tsx';

const query = ({ q, status, role, team, sort, page }: Search) => ({
  hydrate: true,
  size: 20,
  page: page ?? 1,
  sort_by: sort ?? 'asc:name',
  name: q && `contains:${q}`,
  // Alone, the words are looked for in the full name too; together with a filter `or` would undo the filter.
  ...(q && !status && !role && !team && { full_name: `contains:${q}`, logical_operator: 'or' }),
  status,
  role,
  team,
});

const columns = (open: (user: User) => void, act: (doing: Doing) => void): Column<User>[] => [
  {
    id: 'name',
    head: 'Person',
    sort: 'name',
    cell: (user) => (
      <button
        type="button"
        onClick={() => open(user)}
        className="flex max-w-64 items-center gap-2.5 rounded-md py-0.5 pr-2 text-left"
      >
        <Avatar name={user.body.full_name || user.name} />
        <span className="min-w-0">
          <span className="block truncate font-medium hover:underline">{user.body.full_name || user.name}</span>
          {user.body.full_name && <span className="block truncate text-xs text-faint">{user.name}</span>}
        </span>
      </button>
    ),
  },
  {
    id: 'email',
    head: 'E-mail',
    from: 'xl',
    cell: (user) => <span className="text-soft">{user.metadata?.email ?? ''}</span>,
  },
  { id: 'roles', head: 'Roles', from: 'sm', cell: (user) => <RoleChips roles={user.resources?.roles} /> },
  {
    id: 'teams',
    head: 'Teams',
    from: 'lg',
    cell: (user) => (
      <span className="flex flex-wrap gap-1">
        {user.resources?.teams?.slice(0, 3).map((team) => (
          <Badge key={team.id}>{team.name}</Badge>
        ))}
        {(user.resources?.teams?.length ?? 0) > 3 && <Badge>+{(user.resources?.teams?.length ?? 0) - 3}</Badge>}
      </span>
    ),
  },
  { id: 'status', head: 'Status', cell: (user) => <StatusBadge status={user.body.status} /> },
  {
    id: 'seen',
    head: 'Last seen',
    from: 'md',
    className: 'text-soft',
    cell: (user) => <Time at={user.body.last_seen} never="never" />,
  },
  {
    id: 'menu',
    head: 'Actions',
    quiet: true,
    className: 'w-10 text-right',
    cell: (user) => <MemberMenu user={user} open={open} act={act} />,
  },
];

export const MembersPage = () => {
  const state = useListState();
  const { search, set } = state;
  const list = useList<User>('/users', query(search));
  const roles = useRoleOptions();
  const teams = useTeamOptions();
  const [doing, setDoing] = useState<Doing | null>(null);
  const open = (user: User): void => set({ person: user.name, page: search.page });
  const filtered = search.q || search.status || search.role || search.team;
  return (
    <PeopleFrame title="People" intro="Everybody with an account here, what they may do, and through what.">
      <Toolbar>
        <SearchBox label="Search people" value={search.q ?? ''} onChange={(q) => set({ q })} />
        <Filter
          label="Status"
          all="Any status"
          options={statusOptions}
          value={search.status}
          onChange={(status) => set({ status })}
        />
        <Filter
          label="Role"
          all="Any role"
          options={roles.map(({ value, label }) => ({ value, label }))}
          value={search.role}
          onChange={(role) => set({ role })}
        />
        {teams.length > 0 && (
          <Filter
            label="Team"
            all="Any team"
            options={teams.map(({ value, label }) => ({ value, label }))}
            value={search.team}
            onChange={(team) => set({ team })}
          />
        )}
      </Toolbar>
      <ListTable
        label="Members"
        columns={columns(open, setDoing)}
        list={list}
        state={state}
        empty={
          filtered ? (
            <Empty icon={<UsersRound />} title="Nobody matches">
              Try fewer filters or another spelling.
            </Empty>
          ) : (
            <Empty icon={<UsersRound />} title="Nobody here yet" action={<InviteButton />}>
              Invite people by user name and send them the link.
            </Empty>
          )
        }
      />
      <PersonDrawer
        name={search.person}
        tab={search.tab}
        onTab={(tab) => set({ tab, page: search.page })}
        onClose={() => set({ person: undefined, tab: undefined, page: search.page })}
        act={setDoing}
      />
      <MemberDialogs
        doing={doing}
        onClose={() => setDoing(null)}
        onGone={() => set({ person: undefined, tab: undefined })}
      />
    </PeopleFrame>
  );
};
