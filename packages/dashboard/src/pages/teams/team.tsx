import { useNavigate, useParams } from '@tanstack/react-router';
import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { HeldList } from '../../access/held-list.tsx';
import { rowGate } from '../../access/me.ts';
import { remove, seg } from '../../api.ts';
import { useChange, useRead } from '../../resource/query.ts';
import type { Team } from '../../resource/types.ts';
import { Until } from '../../resource/until.tsx';
import { Card } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { PageBody } from '../../ui/page.tsx';
import { EditTeam } from './edit-team.tsx';
import { TeamMembers } from './team-members.tsx';

export const TeamPage = () => {
  const { team: name = '' } = useParams({ strict: false }) as { team?: string };
  const team = useRead<Team>(`/teams/${seg(name)}`, { hydrate: true });
  const [editing, setEditing] = useState(false);
  const [removing, setRemoving] = useState(false);
  const navigate = useNavigate();
  const drop = useChange(() => remove(`/teams/${seg(name)}`), {
    quiet: true,
    done: `Team ${name} is removed`,
    then: () => void navigate({ to: '/people/teams' }),
  });
  const data = team.data;
  return (
    <PageBody
      title={data?.name ?? name}
      intro={data?.body.description || data?.metadata?.description || 'Team'}
      actions={
        data && (
          <>
            <Button blocked={rowGate(data, 'team', 'update')} onClick={() => setEditing(true)}>
              <Pencil aria-hidden />
              Edit
            </Button>
            <Button look="danger-ghost" blocked={rowGate(data, 'team', 'delete')} onClick={() => setRemoving(true)}>
              <Trash2 aria-hidden />
              Remove
            </Button>
          </>
        )
      }
    >
      <Until read={team} />
      {data && (
        <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-2">
          <TeamMembers team={data} />
          <Card title="Roles of the team" hint="Everybody in the team has them.">
            <HeldList roles={data.resources?.roles ?? []} team={data.name} />
          </Card>
        </div>
      )}
      {data && <EditTeam team={data} open={editing} onClose={() => setEditing(false)} />}
      <Confirm
        open={removing}
        onClose={() => setRemoving(false)}
        title={`Remove team ${name}?`}
        action="Remove team"
        typed={name}
        run={() => drop.mutateAsync(undefined)}
      >
        <p>
          {data?.body.member_count ?? 0} members lose the roles that they have through this team, at once. The people
          themselves and what they own stay.
        </p>
      </Confirm>
    </PageBody>
  );
};
