import { useNavigate, useParams } from '@tanstack/react-router';
import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { rowGate } from '../../access/me.ts';
import { AskInstead } from '../../access/share/request-form.tsx';
import { ShareButton } from '../../access/share/share-button.tsx';
import { remove, seg } from '../../api.ts';
import { useChange, useRead } from '../../resource/query.ts';
import { Until } from '../../resource/until.tsx';
import { useName } from '../../shell/names.ts';
import { Card } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Command } from '../../ui/copy.tsx';
import { Facts } from '../../ui/facts.tsx';
import { PageBody } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { Visibility } from '../components/visibility.tsx';
import { EditSecret } from './edit-secret.tsx';
import { Keys } from './keys.tsx';
import type { Secret } from './types.ts';
import { UseList, useUses } from './uses.tsx';

const Details = ({ secret }: { readonly secret: Secret }) => (
  <Card title="Details">
    <Facts
      facts={[
        ['Visibility', <Visibility hidden={secret.body.private} />],
        ['Owner', secret.resources?.user?.name ?? 'nobody'],
        ['Created', <Time at={secret.body.created} />],
        ['Changed', <Time at={secret.body.updated} />],
        ['ID', <code className="font-mono text-xs">{secret.id}</code>],
      ]}
    />
  </Card>
);

export const SecretPage = () => {
  const { secret: id = '' } = useParams({ strict: false }) as { secret?: string };
  const secret = useRead<Secret>(`/secrets/${seg(id)}`, { hydrate: true, keys_only: true });
  const { data } = secret;
  const { uses } = useUses(data?.name);
  const [editing, setEditing] = useState(false);
  const [removing, setRemoving] = useState(false);
  const navigate = useNavigate();
  useName(id, data?.name);
  const drop = useChange(() => remove(`/secrets/${seg(id)}`), {
    quiet: true,
    done: `Secret ${data?.name ?? ''} is deleted`,
    then: () => void navigate({ to: '/secrets' }),
  });
  return (
    <PageBody
      title={data?.name ?? 'Secret'}
      intro="Secret"
      actions={
        data && (
          <>
            <ShareButton type="secret" thing={data} />
            <Button blocked={rowGate(data, 'secret', 'update')} onClick={() => setEditing(true)}>
              <Pencil aria-hidden />
              Edit
            </Button>
            <Button look="danger-ghost" blocked={rowGate(data, 'secret', 'delete')} onClick={() => setRemoving(true)}>
              <Trash2 aria-hidden />
              Delete
            </Button>
          </>
        )
      }
    >
      <Until read={secret}>
        <AskInstead error={secret.error} type="secret" id={id} />
      </Until>
      {data && (
        <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_21rem]">
          <div className="grid min-w-0 grid-cols-1 gap-5">
            <Keys key={data.id} secret={data} />
            <Card title="From the command line">
              <Command
                text={`zenml secret get ${data.name}\nzenml secret update ${data.name} --KEY=VALUE`}
                label="Commands"
              />
            </Card>
          </div>
          <div className="grid min-w-0 grid-cols-1 gap-5">
            <Details secret={data} />
            <Card title="Used by" hint="Components that name it, as far as you can see them.">
              {uses?.length ? <UseList uses={uses} /> : <p className="text-sm text-soft">{uses ? 'None.' : '…'}</p>}
            </Card>
          </div>
        </div>
      )}
      {data && <EditSecret secret={data} open={editing} onClose={() => setEditing(false)} />}
      <Confirm
        open={removing}
        onClose={() => setRemoving(false)}
        title={`Delete secret ${data?.name ?? ''}?`}
        action="Delete secret"
        typed={data?.name ?? ''}
        run={() => drop.mutateAsync(undefined)}
      >
        <p>
          Its values are gone for good.{' '}
          {uses?.length
            ? `${uses.map((one) => one.name).join(', ')} ${uses.length === 1 ? 'names' : 'name'} it and will fail from then on.`
            : 'No component that you can see names it.'}
        </p>
      </Confirm>
    </PageBody>
  );
};
