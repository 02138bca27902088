import { Plus, UsersRound, X } from 'lucide-react';
import { useState } from 'react';
import { useGate } from '../../access/me.ts';
import { needs } from '../../access/needs.ts';
import { usePeopleOptions, useAccountOptions, useTeamOptions } from '../../access/options.ts';
import { PreviewBox } from '../../access/preview.tsx';
import { RoleForm } from '../../access/role-form.tsx';
import { shownName } from '../../access/words.ts';
import { remove, seg } from '../../api.ts';
import { useChange } from '../../resource/query.ts';
import type { Project } from '../../resource/types.ts';
import { Avatar, Badge, Card, Empty } from '../../ui/bits.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { PickOne } from '../../ui/picker.tsx';
import type { Option } from '../../ui/select.tsx';
import { ago } from '../../ui/time.tsx';

type Member = NonNullable<NonNullable<Project['resources']>['members']>[number];

const Row = ({
  member,
  blocked,
  onTake,
}: {
  readonly member: Member;
  readonly blocked: string | null;
  readonly onTake: () => void;
}) => (
  <li className="flex min-h-12 items-center gap-2.5 border-t px-3 py-1.5 first:border-t-0">
    {member.principal.kind === 'team' ? (
      <UsersRound className="mx-1 size-5 shrink-0 text-faint" aria-label="team" />
    ) : (
      <Avatar name={shownName(member.principal.name)} />
    )}
    <span className="min-w-0 grow truncate text-sm font-medium">{shownName(member.principal.name)}</span>
    {member.expires && <span className="text-xs text-warn">ends {ago(member.expires)}</span>}
    {member.via && <Badge>via team {shownName(member.via.name)}</Badge>}
    <Badge tone="accent">{shownName(member.role.name)}</Badge>
    {!member.via && (
      <IconButton
        label={`Take ${shownName(member.role.name)} from ${shownName(member.principal.name)}`}
        blocked={blocked}
        onClick={onTake}
      >
        <X aria-hidden />
      </IconButton>
    )}
  </li>
);

const Adder = ({ project, onDone }: { readonly project: string; readonly onDone: () => void }) => {
  const teams = useTeamOptions().map((team) => ({ ...team, value: `team:${team.value}`, text: 'team' }));
  const options = [...teams, ...usePeopleOptions(), ...useAccountOptions()];
  const [who, setWho] = useState<Option | null>(null);
  const team = who?.value.startsWith('team:');
  return (
    <div className="grid gap-3">
      <PickOne
        label="Person, team or service account"
        options={options}
        value={who}
        onChange={setWho}
        placeholder="Name"
      />
      {who && (
        <RoleForm
          key={who.value}
          project={project}
          {...(team ? { team: who.label } : { user: who.value })}
          onDone={onDone}
          onCancel={onDone}
        />
      )}
      {!who && (
        <div className="flex justify-end">
          <Button size="sm" look="ghost" onClick={onDone}>
            Cancel
          </Button>
        </div>
      )}
    </div>
  );
};

export const ProjectMembers = ({ project }: { readonly project: Project }) => {
  const members = project.resources?.members ?? [];
  const blocked = useGate()(needs.assign, project.id);
  const untake = useGate()(needs.unassign, project.id);
  const [adding, setAdding] = useState(false);
  const [taking, setTaking] = useState<Member | null>(null);
  const take = useChange((member: Member) => remove(`/role_assignments/${seg(member.assignment_id)}`), {
    quiet: true,
    done: 'Role taken away',
  });
  return (
    <Card
      title="Members of this project"
      hint="Roles that hold only here. People with a role everywhere can work here too and are not listed."
      action={
        <Button size="sm" blocked={blocked} onClick={() => setAdding(true)}>
          <Plus aria-hidden />
          Add
        </Button>
      }
    >
      <div className="grid gap-4">
        {adding && <Adder project={project.name} onDone={() => setAdding(false)} />}
        {members.length > 0 ? (
          <ul className="rounded-lg border border-line">
            {members.map((member) => (
              <Row
                key={`${member.assignment_id}${member.principal.id}`}
                member={member}
                blocked={untake}
                onTake={() => setTaking(member)}
              />
            ))}
          </ul>
        ) : (
          !adding && (
            <Empty icon={<UsersRound />} title="Nobody has a role only here">
              Add somebody to let them work in this project without opening the others.
            </Empty>
          )
        )}
      </div>
      <Confirm
        open={taking !== null}
        onClose={() => setTaking(null)}
        title={`Take ${taking?.role.name ?? ''} from ${taking?.principal.name ?? ''}?`}
        action="Take away"
        run={async () => taking && take.mutateAsync(taking)}
      >
        <PreviewBox body={taking && { unassign: taking.assignment_id }} />
      </Confirm>
    </Card>
  );
};
