import { Link, useNavigate } from '@tanstack/react-router';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { useGate } from '../../access/me.ts';
import { useUrlState } from '../../resource/list-state.ts';
import { ListView } from '../../resource/list-view.tsx';
import type { Column } from '../../resource/table.tsx';
import { Filter } from '../../resource/toolbar.tsx';
import { Empty } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { Command } from '../../ui/copy.tsx';
import { PageBody } from '../../ui/page.tsx';
import { changedColumn, ownerNameColumn, visibilityColumn } from '../things/columns.tsx';
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
  visibilityColumn(),
  ownerNameColumn('nobody'),
  changedColumn({ from: 'sm' }),
];

export const SecretsPage = () => {
  const [search, set] = useUrlState();
  const [making, setMaking] = useState(false);
  const navigate = useNavigate();
  const button = (
    <Button look="primary" blocked={useGate()('secret:create')} onClick={() => setMaking(true)}>
      <Plus aria-hidden />
      New secret
    </Button>
  );
  return (
    <PageBody
      title="Secrets"
      intro="Passwords, keys and tokens that components use. This page never shows a value unless you ask for it."
      actions={button}
    >
      <ListView<Secret>
        things="secrets"
        thing="secret"
        path="/secrets"
        query={{ private: search.private }}
        sort="asc:name"
        columns={columns}
        icon={<KeyRound />}
        filters={
          <Filter
            label="Visibility"
            all="Private and shared"
            options={[
              { value: 'false', label: 'Shared' },
              { value: 'true', label: 'Private' },
            ]}
            value={search.private}
            onChange={(next) => set({ private: next, page: undefined })}
          />
        }
        filtered={Boolean(search.private)}
        empty={
          <Empty icon={<KeyRound />} title="No secret that you can see" action={button}>
            <div className="mt-3 text-left">
              <Command text="zenml secret create NAME --KEY=VALUE" />
            </div>
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
