import { Link, useNavigate } from '@tanstack/react-router';
import { Plus, Zap } from 'lucide-react';
import { useState } from 'react';
import { useGate } from '../../access/me.ts';
import { useProject } from '../../access/project.ts';
import { post, seg } from '../../api.ts';
import { useListState } from '../../resource/list-state.ts';
import { ListView } from '../../resource/list-view.tsx';
import { useChange } from '../../resource/query.ts';
import type { Column } from '../../resource/table.tsx';
import { Filter } from '../../resource/toolbar.tsx';
import { Badge, Empty } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { Command } from '../../ui/copy.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Time } from '../../ui/time.tsx';
import { ownerNameColumn } from '../things/columns.tsx';
import { TriggerFrame } from './frame.tsx';
import { TriggerForm } from './trigger-form.tsx';
import type { Trigger } from './types.ts';
import { ActiveBadge, When } from './when.tsx';

const troubled = (trigger: Trigger): boolean =>
  Object.values(trigger.resources?.snapshot_dispatch_states ?? {}).some((state) => state.last_status === 'ERROR');

const columns = (project: string): Column<Trigger>[] => [
  {
    id: 'name',
    head: 'Trigger',
    sort: 'name',
    cell: (one) => (
      <Link to={`/projects/${seg(project)}/triggers/${one.id}`} className="rounded font-medium hover:underline">
        {one.name}
      </Link>
    ),
  },
  { id: 'when', head: 'When', from: 'sm', className: 'text-soft', cell: (one) => <When trigger={one} /> },
  {
    id: 'state',
    head: 'State',
    cell: (one) => (
      <span className="flex flex-wrap gap-1">
        <ActiveBadge on={one.body.active} archived={one.body.is_archived} />
        {troubled(one) && <Badge tone="bad">failing</Badge>}
      </span>
    ),
  },
  {
    id: 'next',
    head: 'Next',
    from: 'md',
    className: 'text-soft',
    cell: (one) => <Time at={one.body.next_occurrence} />,
  },
  {
    id: 'starts',
    head: 'Starts',
    from: 'lg',
    className: 'max-w-56 truncate text-soft',
    cell: (one) => one.resources?.snapshots?.map((snapshot) => snapshot.name || 'a hidden snapshot').join(', '),
  },
  ownerNameColumn('nobody', { from: 'lg' }),
];

export const TriggersPage = () => {
  const { name } = useProject();
  const project = name ?? '';
  const { search, set } = useListState();
  const navigate = useNavigate();
  const [making, setMaking] = useState(false);
  const create = useChange((body: object) => post<Trigger>('/triggers', body), {
    quiet: true,
    done: (made) => `Trigger ${made.name} is there`,
    then: (made) => void navigate({ to: `/projects/${seg(project)}/triggers/${made.id}` }),
  });
  const button = (
    <Button look="primary" blocked={useGate()('trigger:create', name)} onClick={() => setMaking(true)}>
      <Plus aria-hidden />
      New trigger
    </Button>
  );
  return (
    <TriggerFrame
      project={project}
      title="Triggers"
      intro="Start runs by the clock, after other runs, or on events from outside."
      action={button}
    >
      <ListView<Trigger>
        things="triggers"
        thing="trigger"
        path="/triggers"
        project={name}
        query={{ is_archived: search.archived ? undefined : false, type: search.type }}
        sort="asc:name"
        columns={columns(project)}
        icon={<Zap />}
        filters={
          <>
            <Filter
              label="Type"
              all="All types"
              options={[
                { value: 'schedule', label: 'By the clock' },
                { value: 'platform_event', label: 'After other runs' },
                { value: 'webhook', label: 'On an event' },
              ]}
              value={search.type}
              onChange={(type) => set({ type })}
            />
            <Filter
              label="Archived"
              all="Not archived"
              options={[{ value: 'yes', label: 'With archived ones' }]}
              value={search.archived}
              onChange={(archived) => set({ archived })}
            />
          </>
        }
        filtered={Boolean(search.type)}
        empty={
          <Empty icon={<Zap />} title="No trigger yet" action={button}>
            <p>
              A trigger starts runs of snapshots that are attached to it. Give a pipeline a snapshot with a name first:
            </p>
            <div className="mt-3 text-left">
              <Command text="zenml pipeline snapshot create my_module.my_pipeline --name=nightly" />
            </div>
          </Empty>
        }
      />
      <Dialog open={making} onClose={() => setMaking(false)} title="New trigger" wide>
        <TriggerForm
          project={project}
          action="Create trigger"
          submit={(body) => create.mutateAsync(body)}
          onCancel={() => setMaking(false)}
        />
      </Dialog>
    </TriggerFrame>
  );
};
