import { Link, useNavigate } from '@tanstack/react-router';
import { Bot, Plus } from 'lucide-react';
import { useState } from 'react';
import { useGate } from '../../access/me.ts';
import { needs } from '../../access/needs.ts';
import { RoleChips } from '../../access/roles.tsx';
import { ListView } from '../../resource/list-view.tsx';
import type { Column } from '../../resource/table.tsx';
import type { User } from '../../resource/types.ts';
import { Badge, Empty } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { Time } from '../../ui/time.tsx';
import { PeopleFrame } from '../people/frame.tsx';
import { NewAccount } from './new-account.tsx';

const columns: Column<User>[] = [
  {
    id: 'name',
    head: 'Service account',
    sort: 'name',
    cell: (account) => (
      <Link
        to={`/people/service-accounts/${encodeURIComponent(account.name)}`}
        className="rounded font-medium hover:underline"
      >
        {account.name}
      </Link>
    ),
  },
  {
    id: 'description',
    head: 'Description',
    from: 'lg',
    className: 'max-w-80 truncate text-soft',
    cell: (account) => account.metadata?.description ?? '',
  },
  { id: 'roles', head: 'Roles', from: 'sm', cell: (account) => <RoleChips roles={account.resources?.roles} /> },
  {
    id: 'teams',
    head: 'Teams',
    from: 'lg',
    cell: (account) => (
      <span className="flex flex-wrap gap-1">
        {account.resources?.teams?.map((team) => (
          <Badge key={team.id}>{team.name}</Badge>
        ))}
      </span>
    ),
  },
  {
    id: 'active',
    head: 'Status',
    cell: (account) => (
      <Badge tone={account.body.active ? 'good' : 'plain'}>{account.body.active ? 'Active' : 'Deactivated'}</Badge>
    ),
  },
  {
    id: 'created',
    head: 'Created',
    from: 'md',
    className: 'text-soft',
    cell: (account) => <Time at={account.body.created} />,
  },
];

export const AccountsPage = () => {
  const [making, setMaking] = useState(false);
  const navigate = useNavigate();
  const button = (
    <Button look="primary" blocked={useGate()(needs.createServiceAccount)} onClick={() => setMaking(true)}>
      <Plus aria-hidden />
      New service account
    </Button>
  );
  return (
    <PeopleFrame
      title="Service accounts"
      intro="For machines: CI, schedules, notebooks on servers. They have API keys and never a password."
      action={button}
    >
      <ListView<User>
        things="service accounts"
        thing="service account"
        path="/service_accounts"
        sort="asc:name"
        columns={columns}
        icon={<Bot />}
        empty={
          <Empty icon={<Bot />} title="No service account yet" action={button}>
            Give each machine its own account, so that its key can be rotated or taken away without touching anybody
            else.
          </Empty>
        }
      />
      <NewAccount
        open={making}
        onClose={() => setMaking(false)}
        onMade={(name) => void navigate({ to: `/people/service-accounts/${encodeURIComponent(name)}` })}
      />
    </PeopleFrame>
  );
};
