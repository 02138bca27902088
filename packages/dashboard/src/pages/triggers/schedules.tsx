import { Link } from '@tanstack/react-router';
import { CalendarClock, Pause, Play, Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { rowGate } from '../../access/me.ts';
import { useProject } from '../../access/project.ts';
import { put, remove, seg, type Envelope } from '../../api.ts';
import { useListState } from '../../resource/list-state.ts';
import { useChange, useList, useProjectList } from '../../resource/query.ts';
import { RowMenu } from '../../resource/row-menu.tsx';
import { ListTable, type Column } from '../../resource/table.tsx';
import { SearchBox, Toolbar } from '../../resource/toolbar.tsx';
import { Empty } from '../../ui/bits.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Command } from '../../ui/copy.tsx';
import { Time } from '../../ui/time.tsx';
import { ownerNameColumn } from '../things/columns.tsx';
import { TriggerFrame } from './frame.tsx';
import type { Schedule } from './types.ts';
import { planText, secondsOf } from './words.ts';
import { ActiveBadge } from './when.tsx';

const columns = (
  project: string,
  names: ReadonlyMap<string, string>,
  menu: (one: Schedule) => ReactNode,
): Column<Schedule>[] => [
  { id: 'name', head: 'Schedule', sort: 'name', cell: (one) => <span className="font-medium">{one.name}</span> },
  {
    id: 'pipeline',
    head: 'Pipeline',
    from: 'sm',
    cell: ({ metadata }) =>
      metadata?.pipeline_id && names.has(metadata.pipeline_id) ? (
        <Link
          to={`/projects/${seg(project)}/pipelines/${metadata.pipeline_id}`}
          className="rounded text-accent-text hover:underline"
        >
          {names.get(metadata.pipeline_id)}
        </Link>
      ) : (
        <span className="text-faint">none</span>
      ),
  },
  {
    id: 'when',
    head: 'When',
    className: 'text-soft',
    cell: ({ body }) => planText({ ...body, interval: secondsOf(body.interval_second) }),
  },
  {
    id: 'state',
    head: 'State',
    from: 'sm',
    cell: ({ body }) => <ActiveBadge on={body.active} archived={body.is_archived} />,
  },
  { id: 'until', head: 'Until', from: 'lg', className: 'text-soft', cell: ({ body }) => <Time at={body.end_time} /> },
  ownerNameColumn('nobody', { from: 'md' }),
  { id: 'menu', head: 'Actions', quiet: true, className: 'w-12 text-right', cell: menu },
];

export const SchedulesPage = () => {
  const { name } = useProject();
  const state = useListState();
  const { search, set } = state;
  const [removing, setRemoving] = useState<Schedule | null>(null);
  const list = useProjectList<Schedule>('/schedules', name, {
    hydrate: true,
    page: state.page,
    sort_by: state.sort ?? 'asc:name',
    name: search.q && `contains:${search.q}`,
  });
  const ids = [...new Set(list.data?.items.flatMap((one) => one.metadata?.pipeline_id ?? []))];
  const pipelines = useList<Envelope>(
    '/pipelines',
    { project: name ?? undefined, id: `oneof:${JSON.stringify(ids)}`, size: 200 },
    ids.length > 0,
  );
  const names = new Map(pipelines.data?.items.map((one) => [one.id, one.name]));
  const turn = useChange((one: Schedule) => put<Schedule>(`/schedules/${one.id}`, { active: !one.body.active }), {
    done: (saved) => (saved.body.active ? 'Marked as active' : 'Marked as paused'),
  });
  const drop = useChange((one: Schedule) => remove(`/schedules/${one.id}`), { quiet: true, done: 'Schedule deleted' });
  const menu = (one: Schedule) => (
    <RowMenu
      name={one.name}
      entries={[
        {
          label: one.body.active ? 'Mark as paused' : 'Mark as active',
          icon: one.body.active ? <Pause aria-hidden /> : <Play aria-hidden />,
          blocked: rowGate(one, 'schedule', 'update'),
          onSelect: () => turn.mutate(one),
        },
        {
          label: 'Delete',
          icon: <Trash2 aria-hidden />,
          danger: true,
          blocked: rowGate(one, 'schedule', 'delete'),
          onSelect: () => setRemoving(one),
        },
      ]}
    />
  );
  return (
    <TriggerFrame
      project={name ?? ''}
      title="Schedules"
      intro="Schedules that orchestrators keep. The server knows of them but does not start their runs; triggers are started by the server itself."
    >
      <Toolbar>
        <SearchBox label="Search schedules" value={search.q ?? ''} onChange={(q) => set({ q })} />
      </Toolbar>
      <ListTable
        label="Schedules"
        columns={columns(name ?? '', names, menu)}
        list={list}
        state={state}
        empty={
          <Empty icon={<CalendarClock />} title={search.q ? 'No schedule matches' : 'No schedule yet'}>
            {!search.q && (
              <>
                <p>A pipeline gets one in its code, on a stack whose orchestrator can keep it:</p>
                <div className="mt-3 text-left">
                  <Command
                    text={'my_pipeline.with_options(schedule=Schedule(cron_expression="0 6 * * *"))()'}
                    label="Code"
                  />
                </div>
              </>
            )}
          </Empty>
        }
      />
      <Confirm
        open={removing !== null}
        onClose={() => setRemoving(null)}
        title={`Delete schedule ${removing?.name ?? ''}?`}
        action="Delete schedule"
        run={async () => removing && drop.mutateAsync(removing)}
      >
        <p>
          Only what the server knows of it goes. The orchestrator still starts its runs until the schedule is deleted
          there too, which the client does:
        </p>
        <Command text={`zenml pipeline schedule delete ${removing?.name ?? ''}`} />
      </Confirm>
    </TriggerFrame>
  );
};
