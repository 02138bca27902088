import { KeyRound, Link2, Pause, Play, Plus, Trash2, Webhook as Icon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { rowGate, useGate } from '../../access/me.ts';
import { useProject } from '../../access/project.ts';
import { put, remove } from '../../api.ts';
import { ListView } from '../../resource/list-view.tsx';
import { useChange } from '../../resource/query.ts';
import { RowMenu } from '../../resource/row-menu.tsx';
import type { Column } from '../../resource/table.tsx';
import { Badge, Empty } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { copyText } from '../../ui/copy.tsx';
import { Time } from '../../ui/time.tsx';
import { toast } from '../../ui/toast.tsx';
import { ownerNameColumn } from '../things/columns.tsx';
import { TriggerFrame } from './frame.tsx';
import type { Webhook } from './types.ts';
import { NewSecretFor, NewWebhook, senders } from './webhook-dialogs.tsx';
import { ActiveBadge } from './when.tsx';

const Counts = ({ hook }: { readonly hook: Webhook }) => {
  const stats = hook.metadata?.stats;
  const refused = (stats?.auth_failed_count ?? 0) + (stats?.invalid_payload_count ?? 0);
  return (
    <span className="flex flex-wrap items-center gap-1.5 nums">
      {stats?.accepted_count ?? 0} taken
      {refused > 0 && (
        <Badge tone="bad" title={stats?.last_error_summary ?? ''}>
          {refused} refused
        </Badge>
      )}
    </span>
  );
};

type RowMenu = (hook: Webhook) => ReactNode;
const columns = (menu: RowMenu): Column<Webhook>[] => [
  { id: 'name', head: 'Webhook', sort: 'name', cell: (hook) => <span className="font-medium">{hook.name}</span> },
  {
    id: 'type',
    head: 'From',
    from: 'sm',
    className: 'text-soft',
    cell: (hook) => senders[hook.body.webhook_type] ?? hook.body.webhook_type,
  },
  { id: 'state', head: 'State', cell: (hook) => <ActiveBadge on={hook.body.active} /> },
  { id: 'events', head: 'Events', from: 'sm', className: 'text-soft', cell: (hook) => <Counts hook={hook} /> },
  {
    id: 'last',
    head: 'Last',
    from: 'md',
    className: 'text-soft',
    cell: (hook) => <Time at={hook.metadata?.stats.last_received_at} />,
  },
  ownerNameColumn('nobody', { from: 'lg' }),
  { id: 'menu', head: 'Actions', quiet: true, className: 'w-12 text-right', cell: menu },
];

const copyAddress = async (hook: Webhook): Promise<void> => {
  if (await copyText(hook.body.endpoint_url)) toast.good('The address is copied');
};

export const WebhooksPage = () => {
  const { name } = useProject();
  const [making, setMaking] = useState(false);
  const [rotating, setRotating] = useState<Webhook | null>(null);
  const [removing, setRemoving] = useState<Webhook | null>(null);
  const turn = useChange((hook: Webhook) => put<Webhook>(`/webhooks/${hook.id}`, { active: !hook.body.active }), {
    done: (saved) => (saved.body.active ? 'It takes events again' : 'It takes no events'),
  });
  const drop = useChange((hook: Webhook) => remove(`/webhooks/${hook.id}`), { quiet: true, done: 'Webhook deleted' });
  const button = (
    <Button look="primary" blocked={useGate()('webhook:create', name)} onClick={() => setMaking(true)}>
      <Plus aria-hidden />
      New webhook
    </Button>
  );
  const menu: RowMenu = (hook) => {
    const changing = rowGate(hook, 'webhook', 'update');
    return (
      <RowMenu
        name={hook.name}
        entries={[
          { label: 'Copy the address', icon: <Link2 aria-hidden />, onSelect: () => void copyAddress(hook) },
          { label: 'New secret', icon: <KeyRound aria-hidden />, blocked: changing, onSelect: () => setRotating(hook) },
          {
            label: hook.body.active ? 'Pause' : 'Resume',
            icon: hook.body.active ? <Pause aria-hidden /> : <Play aria-hidden />,
            blocked: changing,
            onSelect: () => turn.mutate(hook),
          },
          'line',
          {
            label: 'Delete',
            icon: <Trash2 aria-hidden />,
            danger: true,
            blocked: rowGate(hook, 'webhook', 'delete'),
            onSelect: () => setRemoving(hook),
          },
        ]}
      />
    );
  };
  return (
    <TriggerFrame
      project={name ?? ''}
      title="Webhooks"
      intro="Addresses to which other systems send events. Triggers listen to them."
      action={button}
    >
      <ListView<Webhook>
        things="webhooks"
        thing="webhook"
        path="/webhooks"
        project={name}
        sort="asc:name"
        columns={columns(menu)}
        icon={<Icon />}
        empty={
          <Empty icon={<Icon />} title="No webhook yet" action={button}>
            GitHub, Slack, ClickUp or a script of yours can tell this server that something has happened.
          </Empty>
        }
      />
      <NewWebhook project={name ?? ''} open={making} onClose={() => setMaking(false)} />
      <NewSecretFor webhook={rotating} onClose={() => setRotating(null)} />
      <Confirm
        open={removing !== null}
        onClose={() => setRemoving(null)}
        title={`Delete webhook ${removing?.name ?? ''}?`}
        action="Delete webhook"
        run={async () => removing && drop.mutateAsync(removing)}
      >
        <p>
          Events sent to its address are refused from then on, and those that came are no longer kept. While a trigger
          listens to it, it cannot be deleted.
        </p>
      </Confirm>
    </TriggerFrame>
  );
};
