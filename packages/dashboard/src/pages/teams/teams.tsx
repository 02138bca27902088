import { Link, useNavigate } from '@tanstack/react-router';
import { Plus, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { useGate } from '../../access/me.ts';
import { needs } from '../../access/needs.ts';
import { RoleChips } from '../../access/roles.tsx';
import { ListView } from '../../resource/list-view.tsx';
import type { Column } from '../../resource/table.tsx';
import type { Team } from '../../resource/types.ts';
import { Empty } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { PeopleFrame } from '../people/frame.tsx';
import { NewTeam } from './new-team.tsx';

const columns: Column<Team>[] = [
  {
    id: 'name',
    head: 'Team',
    sort: 'name',
    cell: (team) => (
      <Link to={`/people/teams/${encodeURIComponent(team.name)}`} className="rounded font-medium hover:underline">
        {team.name}
      </Link>
    ),
  },
  {
    id: 'description',
    head: 'Description',
    from: 'md',
    className: 'max-w-96 truncate text-soft',
    cell: (team) => team.body.description || team.metadata?.description || '',
  },
  { id: 'members', head: 'Members', className: 'nums', cell: (team) => team.body.member_count },
  { id: 'roles', head: 'Roles', from: 'sm', cell: (team) => <RoleChips roles={team.resources?.roles} /> },
];

export const TeamsPage = () => {
  const [making, setMaking] = useState(false);
  const navigate = useNavigate();
  const button = (
    <Button look="primary" blocked={useGate()(needs.createTeam)} onClick={() => setMaking(true)}>
      <Plus aria-hidden />
      New team
    </Button>
  );
  return (
    <PeopleFrame title="Teams" intro="A role given to a team counts for everybody in it, at once." action={button}>
      <ListView<Team>
        things="teams"
        thing="team"
        path="/teams"
        sort="asc:name"
        columns={columns}
        icon={<UsersRound />}
        empty={
          <Empty icon={<UsersRound />} title="No team yet" action={button}>
            Put people and service accounts who do the same work into a team, and give the roles to the team once.
          </Empty>
        }
      />
      <NewTeam
        open={making}
        onClose={() => setMaking(false)}
        onMade={(name) => void navigate({ to: `/people/teams/${encodeURIComponent(name)}` })}
      />
    </PeopleFrame>
  );
};
