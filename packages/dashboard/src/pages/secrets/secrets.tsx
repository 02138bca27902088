import { Link, useNavigate } from '@tanstack/react-router';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { useGate } from '../../access/me.ts';
import { useListState } from '../../resource/list-state.ts';
import { useList } from '../../resource/query.ts';
import { DataTable, type Column } from '../../resource/table.tsx';
import { Filter, SearchBox, Toolbar } from '../../resource/toolbar.tsx';
import { Empty } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { Command } from '../../ui/copy.tsx';
import { PageBody } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { Visibility } from '../components/visibility.tsx';
import { NewSecret } from './new-secret.tsx';
import type { Secret } from './types.ts';

const columns: Column<Secret>[] = [
  {
    id: 'name',
    head: 'Secret',
    sort: 'name',
    cell: (secret) => (
      <Link to={`/secrets/${secret.id}`} className="rounded font-medium hover:underline">
        {secret.name}
      </Link>
    ),
  },
  {
    id: 'visibility',
    head: 'Visibility',
    className: 'text-soft',
    cell: (secret) => <Visibility hidden={secret.body.private} />,
  },
  {
    id: 'owner',
    head: 'Owner',
    from: 'sm',
    className: 'text-soft',
    cell: (secret) => secret.resources?.user?.name ?? 'nobody',
  },
  {
    id: 'updated',
    head: 'Changed',
    sort: 'updated',
    from: 'sm',
    className: 'text-soft',
    cell: (secret) => <Time at={secret.body.updated} />,
  },
];

export const SecretsPage = () => {
  const state = useListState();
  const { search, set } = state;
  const [making, setMaking] = useState(false);
  const navigate = useNavigate();
  const list = useList<Secret>('/secrets', {
    hydrate: true,
    page: state.page,
    sort_by: state.sort ?? 'asc:name',
    name: search.q && `contains:${search.q}`,
    private: search.private,
  });
  const button = (
    <Button look="primary" blocked={useGate()('secret:create')} onClick={() => setMaking(true)}>
      <Plus aria-hidden />
      New secret
    </Button>
  );
  const filtered = search.q || search.private;
  return (
    <PageBody
      title="Secrets"
      intro="Passwords, keys and tokens that components use. This page never shows a value unless you ask for it."
      actions={button}
    >
      <Toolbar>
        <SearchBox label="Search secrets" value={search.q ?? ''} onChange={(q) => set({ q })} />
        <Filter
          label="Visibility"
          all="Private and shared"
          options={[
            { value: 'false', label: 'Shared' },
            { value: 'true', label: 'Private' },
          ]}
          value={search.private}
          onChange={(next) => set({ private: next })}
        />
      </Toolbar>
      <DataTable
        label="Secrets"
        columns={columns}
        data={list.data}
        error={list.error}
        retry={() => void list.refetch()}
        busy={list.isPlaceholderData}
        state={state}
        keyOf={(secret) => secret.id}
        empty={
          <Empty
            icon={<KeyRound />}
            title={filtered ? 'No secret matches' : 'No secret that you can see'}
            action={!filtered && button}
          >
            {!filtered && (
              <div className="mt-3 text-left">
                <Command text="zenml secret create NAME --KEY=VALUE" />
              </div>
            )}
          </Empty>
        }
      />
      <NewSecret
        open={making}
        onClose={() => setMaking(false)}
        onMade={(secret) => void navigate({ to: `/secrets/${secret.id}` })}
      />
    </PageBody>
  );
};
