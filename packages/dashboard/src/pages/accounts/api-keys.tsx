import { Ellipsis, KeyRound, Plus, Power, RotateCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { rowGate } from '../../access/me.ts';
import { put, remove, seg } from '../../api.ts';
import { useChange, useList } from '../../resource/query.ts';
import type { ApiKey, User } from '../../resource/types.ts';
import { Badge, Card, Empty, SkeletonLines } from '../../ui/bits.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Menu } from '../../ui/menu.tsx';
import { Failure } from '../../ui/notice.tsx';
import { Time } from '../../ui/time.tsx';
import { KeyDialog } from './key-dialog.tsx';

interface RowProps {
  readonly apiKey: ApiKey;
  readonly blocked: string | null;
  readonly onRotate: () => void;
  readonly onToggle: () => void;
  readonly onRemove: () => void;
}

const Row = ({ apiKey, blocked, onRotate, onToggle, onRemove }: RowProps) => (
  <li className="flex min-h-13 items-center gap-3 border-t px-3 py-2 first:border-t-0">
    <KeyRound className="size-4 shrink-0 text-faint" aria-hidden />
    <div className="min-w-0 grow text-sm">
      <p className="flex items-center gap-2">
        <span className="truncate font-medium">{apiKey.name}</span>
        {!apiKey.body.active && <Badge>Deactivated</Badge>}
      </p>
      <p className="text-xs text-faint">
        Created <Time at={apiKey.body.created} />, used <Time at={apiKey.metadata?.last_login} never="never" />
        {apiKey.metadata?.last_rotated && (
          <>
            , rotated <Time at={apiKey.metadata.last_rotated} />
          </>
        )}
      </p>
    </div>
    <Menu
      label={`Actions for key ${apiKey.name}`}
      trigger={
        <IconButton label={`Actions for key ${apiKey.name}`} tip={false}>
          <Ellipsis aria-hidden />
        </IconButton>
      }
      entries={[
        { label: 'Rotate', icon: <RotateCw aria-hidden />, blocked, onSelect: onRotate },
        {
          label: apiKey.body.active ? 'Deactivate' : 'Reactivate',
          icon: <Power aria-hidden />,
          blocked,
          onSelect: onToggle,
        },
        'line',
        { label: 'Delete', icon: <Trash2 aria-hidden />, danger: true, blocked, onSelect: onRemove },
      ]}
    />
  </li>
);

export const ApiKeys = ({ account }: { readonly account: User }) => {
  const base = `/service_accounts/${seg(account.id)}/api_keys`;
  const blocked = rowGate(account, 'service_account', 'manage');
  const keys = useList<ApiKey>(base, { hydrate: true, size: 100 }, blocked === null);
  const [doing, setDoing] = useState<'new' | ApiKey | null>(null);
  const [removing, setRemoving] = useState<ApiKey | null>(null);
  const toggle = useChange((key: ApiKey) => put(`${base}/${seg(key.id)}`, { active: !key.body.active }), {
    done: 'Saved',
  });
  const drop = useChange((key: ApiKey) => remove(`${base}/${seg(key.id)}`), { quiet: true, done: 'Key deleted' });
  const create = (
    <Button size="sm" blocked={blocked} onClick={() => setDoing('new')}>
      <Plus aria-hidden />
      New key
    </Button>
  );
  return (
    <Card
      title="API keys"
      hint="A client logs in with one of these: ZENML_STORE_API_KEY, or zenml login with --api-key."
      action={create}
    >
      {keys.error && <Failure error={keys.error} retry={() => void keys.refetch()} />}
      {blocked && <p className="text-sm text-soft">{blocked}</p>}
      {!blocked && !keys.data && !keys.error && <SkeletonLines lines={2} />}
      {keys.data && keys.data.items.length === 0 && (
        <Empty icon={<KeyRound />} title="No key yet">
          The value of a key is shown once, when it is made.
        </Empty>
      )}
      {keys.data && keys.data.items.length > 0 && (
        <ul className="rounded-lg border border-line">
          {keys.data.items.map((key) => (
            <Row
              key={key.id}
              apiKey={key}
              blocked={blocked}
              onRotate={() => setDoing(key)}
              onToggle={() => toggle.mutate(key)}
              onRemove={() => setRemoving(key)}
            />
          ))}
        </ul>
      )}
      <KeyDialog base={base} doing={doing} onClose={() => setDoing(null)} />
      <Confirm
        open={removing !== null}
        onClose={() => setRemoving(null)}
        title={`Delete key ${removing?.name ?? ''}?`}
        action="Delete"
        run={async () => removing && drop.mutateAsync(removing)}
      >
        <p>Whatever logs in with it fails from now on.</p>
      </Confirm>
    </Card>
  );
};
