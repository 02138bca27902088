import { Link } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { useState } from 'react';
import { useGate } from '../../access/me.ts';
import { useTeamOptions } from '../../access/options.ts';
import { PreviewBox } from '../../access/preview.tsx';
import { put, seg } from '../../api.ts';
import { useChange } from '../../resource/query.ts';
import type { User } from '../../resource/types.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { SelectField } from '../../ui/select.tsx';

export const PersonTeams = ({ user, account }: { readonly user: User; readonly account?: boolean }) => {
  const blocked = useGate()('team:update');
  const mine = user.resources?.teams ?? [];
  const free = useTeamOptions().filter((team) => !mine.some((one) => one.name === team.value));
  const [team, setTeam] = useState('');
  const change = useChange(
    ({ name, ...body }: { name: string; add_members?: string[]; remove_members?: string[] }) =>
      put(`/teams/${seg(name)}`, body),
    { done: 'Teams changed' },
  );
  return (
    <div className="grid gap-3">
      <ul className="rounded-lg border border-line">
        {mine.map((one) => (
          <li key={one.id} className="flex min-h-11 items-center gap-2 border-t px-3 first:border-t-0">
            <Link
              to={`/people/teams/${encodeURIComponent(one.name)}`}
              className="min-w-0 grow rounded text-sm font-medium hover:underline"
            >
              {one.name}
            </Link>
            <IconButton
              label={`Take out of ${one.name}`}
              blocked={blocked}
              onClick={() => change.mutate({ name: one.name, remove_members: [user.name] })}
            >
              <X aria-hidden />
            </IconButton>
          </li>
        ))}
        {mine.length === 0 && (
          <li className="px-3 py-3 text-sm text-soft">
            In no team. {account ? 'A service account' : 'A person'} gets the roles of a team by being in it.
          </li>
        )}
      </ul>
      {!blocked && free.length > 0 && (
        <div className="grid gap-3 rounded-lg border border-line p-3">
          <SelectField
            label="Add to a team"
            options={free}
            value={team}
            onChange={setTeam}
            placeholder="Choose a team"
          />
          <PreviewBox body={team ? { team, add_members: [user.name] } : null} />
          <div className="flex justify-end">
            <Button
              size="sm"
              look="primary"
              disabled={!team}
              busy={change.isPending}
              onClick={() => change.mutate({ name: team, add_members: [user.name] }, { onSuccess: () => setTeam('') })}
            >
              Add
            </Button>
          </div>
        </div>
      )}
    </div>
  );
};
