import { Link } from '@tanstack/react-router';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { remove, seg } from '../api.ts';
import { useChange } from '../resource/query.ts';
import type { Held } from '../resource/types.ts';
import { Badge } from '../ui/bits.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { ago } from '../ui/time.tsx';
import { useGate, useGateSomewhere } from './me.ts';
import { needs } from './needs.ts';
import { PreviewBox } from './preview.tsx';
import { RoleForm } from './role-form.tsx';
import { scopeText, shownName } from './words.ts';

const Row = ({
  held,
  blocked,
  onTake,
}: {
  readonly held: Held;
  readonly blocked: string | null;
  readonly onTake: () => void;
}) => (
  <li className="flex min-h-11 items-center gap-2 border-t px-3 py-1.5 first:border-t-0">
    <div className="min-w-0 grow text-sm">
      <span className="font-medium">{shownName(held.role.name)}</span>{' '}
      <span className="text-soft">{scopeText(held.scope)}</span>
      {held.expires && <span className="ml-1.5 text-warn">ends {ago(held.expires)}</span>}
    </div>
    {held.via ? (
      <Link to="/people/teams/$team" params={{ team: held.via.name ?? held.via.id }} className="rounded">
        <Badge tone="plain">via team {shownName(held.via.name)}</Badge>
      </Link>
    ) : (
      <>
        <Badge tone="plain">direct</Badge>
        <IconButton
          label={`Take away ${shownName(held.role.name)} ${scopeText(held.scope)}`}
          blocked={blocked}
          onClick={onTake}
        >
          <X aria-hidden />
        </IconButton>
      </>
    )}
  </li>
);

interface Props {
  readonly roles: readonly Held[];
  readonly user?: string;
  readonly team?: string;
}

/** The roles of a person, account or team: seen, given and taken away here. */
export const HeldList = ({ roles, user, team }: Props) => {
  const [adding, setAdding] = useState(false);
  const [taking, setTaking] = useState<Held | null>(null);
  const gate = useGate();
  const blocked = useGateSomewhere()(needs.assign);
  const take = useChange((held: Held) => remove(`/role_assignments/${seg(held.assignment_id)}`), {
    quiet: true,
    done: 'Role taken away',
  });
  return (
    <div className="grid gap-3">
      <ul className="rounded-lg border border-line">
        {roles.map((held) => (
          <Row
            key={`${held.assignment_id}${held.via?.id ?? ''}`}
            held={held}
            blocked={gate(needs.unassign, held.scope.type === 'project' ? held.scope.id : null)}
            onTake={() => setTaking(held)}
          />
        ))}
        {roles.length === 0 && (
          <li className="px-3 py-3 text-sm text-soft">No role: nothing can be seen or done until one is given.</li>
        )}
      </ul>
      {adding ? (
        <RoleForm
          {...(user ? { user } : { team: team ?? '' })}
          onDone={() => setAdding(false)}
          onCancel={() => setAdding(false)}
        />
      ) : (
        <div>
          <Button size="sm" blocked={blocked} onClick={() => setAdding(true)}>
            <Plus aria-hidden />
            Give a role
          </Button>
        </div>
      )}
      <Confirm
        open={taking !== null}
        onClose={() => setTaking(null)}
        title={taking ? `Take away ${taking.role.name} ${scopeText(taking.scope)}?` : ''}
        action="Take away"
        run={async () => taking && take.mutateAsync(taking)}
      >
        <p>It holds for the next request, also with sessions and tokens that exist already.</p>
        <PreviewBox body={taking && { unassign: taking.assignment_id }} />
      </Confirm>
    </div>
  );
};
