import { Link } from '@tanstack/react-router';
import { Bot, Plus, X } from 'lucide-react';
import { useState } from 'react';
import { rowGate } from '../../access/me.ts';
import { useAccountOptions, usePeopleOptions } from '../../access/options.ts';
import { PreviewBox } from '../../access/preview.tsx';
import { put, seg } from '../../api.ts';
import { useChange } from '../../resource/query.ts';
import type { Team, User } from '../../resource/types.ts';
import { Avatar, Card } from '../../ui/bits.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { PickMany } from '../../ui/picker.tsx';
import type { Option } from '../../ui/select.tsx';

const Member = ({
  member,
  blocked,
  onOut,
}: {
  readonly member: User;
  readonly blocked: string | null;
  readonly onOut: () => void;
}) => {
  const machine = member.body.is_service_account;
  const to = machine ? `/people/service-accounts/${encodeURIComponent(member.name)}` : '/people';
  return (
    <li className="flex min-h-12 items-center gap-2.5 border-t px-3 first:border-t-0">
      {machine ? (
        <Bot className="mx-1 size-5 shrink-0 text-faint" aria-label="service account" />
      ) : (
        <Avatar name={member.body.full_name || member.name} />
      )}
      <Link to={to} {...(!machine && { search: { person: member.name } })} className="min-w-0 grow rounded text-sm">
        <span className="block truncate font-medium hover:underline">{member.body.full_name || member.name}</span>
        {member.body.full_name && <span className="block truncate text-xs text-faint">{member.name}</span>}
      </Link>
      <IconButton label={`Take ${member.name} out`} blocked={blocked} onClick={onOut}>
        <X aria-hidden />
      </IconButton>
    </li>
  );
};

const Adder = ({ team, onDone }: { readonly team: Team; readonly onDone: () => void }) => {
  const here = new Set(team.resources?.members?.map((one) => one.name));
  const free = [...usePeopleOptions(), ...useAccountOptions()].filter((one) => !here.has(one.value));
  const [chosen, setChosen] = useState<Option[]>([]);
  const names = chosen.map((one) => one.value);
  const add = useChange(() => put(`/teams/${seg(team.id)}`, { add_members: names }), { done: 'Added', then: onDone });
  return (
    <div className="grid gap-3 rounded-lg border border-line p-3">
      <PickMany
        label="Add to the team"
        options={free}
        value={chosen}
        onChange={setChosen}
        placeholder="People and service accounts"
        empty="Everybody is in it already."
      />
      <PreviewBox body={names.length ? { team: team.name, add_members: names } : null} />
      <div className="flex justify-end gap-2">
        <Button size="sm" look="ghost" onClick={onDone}>
          Cancel
        </Button>
        <Button
          size="sm"
          look="primary"
          disabled={names.length === 0}
          busy={add.isPending}
          onClick={() => add.mutate(undefined)}
        >
          Add
        </Button>
      </div>
    </div>
  );
};

export const TeamMembers = ({ team }: { readonly team: Team }) => {
  const members = team.resources?.members ?? [];
  const blocked = rowGate(team, 'team', 'update');
  const [adding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<User | null>(null);
  const out = useChange((member: User) => put(`/teams/${seg(team.id)}`, { remove_members: [member.name] }), {
    quiet: true,
    done: 'Taken out',
  });
  return (
    <Card
      title="Members"
      hint={members.length === 1 ? '1 member' : `${members.length} members`}
      action={
        <Button size="sm" blocked={blocked} onClick={() => setAdding(true)}>
          <Plus aria-hidden />
          Add
        </Button>
      }
    >
      <div className="grid gap-3">
        {adding && <Adder team={team} onDone={() => setAdding(false)} />}
        <ul className="rounded-lg border border-line">
          {members.map((member) => (
            <Member key={member.id} member={member} blocked={blocked} onOut={() => setLeaving(member)} />
          ))}
          {members.length === 0 && (
            <li className="px-3 py-3 text-sm text-soft">
              Nobody yet. Add people and service accounts; you see what it opens before you save.
            </li>
          )}
        </ul>
      </div>
      <Confirm
        open={leaving !== null}
        onClose={() => setLeaving(null)}
        title={`Take ${leaving?.name ?? ''} out of ${team.name}?`}
        action="Take out"
        run={async () => leaving && out.mutateAsync(leaving)}
      >
        <PreviewBox body={leaving && { team: team.name, remove_members: [leaving.name] }} />
      </Confirm>
    </Card>
  );
};
