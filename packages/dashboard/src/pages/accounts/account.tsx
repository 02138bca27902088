import { useNavigate, useParams } from '@tanstack/react-router';
import { Power, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { HeldList } from '../../access/held-list.tsx';
import { rowGate } from '../../access/me.ts';
import { put, remove, seg } from '../../api.ts';
import { useChange, useRead } from '../../resource/query.ts';
import type { User } from '../../resource/types.ts';
import { Until } from '../../resource/until.tsx';
import { Badge, Card } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { PageBody } from '../../ui/page.tsx';
import { EffectiveAccess } from '../people/effective-access.tsx';
import { PersonTeams } from '../people/person-teams.tsx';
import { ApiKeys } from './api-keys.tsx';

const Actions = ({ account, onRemove }: { readonly account: User; readonly onRemove: () => void }) => {
  const { active } = account.body;
  const toggle = useChange(() => put(`/service_accounts/${seg(account.id)}`, { active: !active }), {
    done: active ? 'Deactivated: its keys stop working at once' : 'Active again',
  });
  return (
    <>
      <Button
        blocked={rowGate(account, 'service_account', 'manage')}
        busy={toggle.isPending}
        onClick={() => toggle.mutate(undefined)}
      >
        <Power aria-hidden />
        {active ? 'Deactivate' : 'Reactivate'}
      </Button>
      <Button look="danger-ghost" blocked={rowGate(account, 'service_account', 'delete')} onClick={onRemove}>
        <Trash2 aria-hidden />
        Remove
      </Button>
    </>
  );
};

export const AccountPage = () => {
  const { account: name = '' } = useParams({ strict: false }) as { account?: string };
  const account = useRead<User>(`/service_accounts/${seg(name)}`, { hydrate: true });
  const [removing, setRemoving] = useState(false);
  const navigate = useNavigate();
  const drop = useChange(() => remove(`/service_accounts/${seg(name)}`), {
    quiet: true,
    done: `${name} is removed`,
    then: () => void navigate({ to: '/people/service-accounts' }),
  });
  const data = account.data;
  return (
    <PageBody
      title={data?.name ?? name}
      intro={
        <span className="flex items-center gap-2">
          {data?.metadata?.description || 'Service account'}
          {data && !data.body.active && <Badge>Deactivated</Badge>}
        </span>
      }
      actions={data && <Actions account={data} onRemove={() => setRemoving(true)} />}
    >
      <Until read={account} />
      {data && (
        <div className="grid gap-5">
          <ApiKeys account={data} />
          <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-2">
            <Card title="Roles">
              <HeldList roles={data.resources?.roles ?? []} user={data.name} />
            </Card>
            <Card title="Teams">
              <PersonTeams user={data} account />
            </Card>
          </div>
          <Card title="Effective access" hint="Everything that this account may do, by where.">
            <EffectiveAccess principal={data.name} />
          </Card>
        </div>
      )}
      <Confirm
        open={removing}
        onClose={() => setRemoving(false)}
        title={`Remove ${name}?`}
        action="Remove for good"
        typed={name}
        run={() => drop.mutateAsync(undefined)}
      >
        <p>
          All its API keys stop working at once and whatever runs with them fails. To try that first, deactivate it.
        </p>
      </Confirm>
    </PageBody>
  );
};
