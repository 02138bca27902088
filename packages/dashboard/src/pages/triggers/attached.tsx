import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { rowGate } from '../../access/me.ts';
import { put, remove } from '../../api.ts';
import { useChange, useList } from '../../resource/query.ts';
import { Badge, Card } from '../../ui/bits.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Command } from '../../ui/copy.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { Notice, Problem } from '../../ui/notice.tsx';
import { PickOne } from '../../ui/picker.tsx';
import type { Option } from '../../ui/select.tsx';
import { Time } from '../../ui/time.tsx';
import type { DispatchState, Snapshot, Trigger } from './types.ts';
import { outcomes } from './words.ts';

const State = ({ state }: { readonly state: DispatchState | undefined }) => {
  if (!state?.last_status) return <span className="text-faint">not tried yet</span>;
  const said = outcomes[state.last_status];
  return (
    <span className="flex flex-wrap items-center gap-2 text-faint">
      <Badge tone={said?.tone ?? 'plain'}>{said?.label ?? state.last_status}</Badge>
      <Time at={state.last_status_at} />
    </span>
  );
};

const Attach = ({ trigger, project, onClose }: { trigger: Trigger; project: string; onClose: () => void }) => {
  const [chosen, setChosen] = useState<Option | null>(null);
  const list = useList<Snapshot>('/pipeline_snapshots', { project, named_only: true, hydrate: true, size: 100 });
  const add = useChange(() => put(`/triggers/${trigger.id}/pipeline_snapshots/${chosen?.value}`, {}), {
    quiet: true,
    done: 'Attached',
    then: onClose,
  });
  const ready = (list.data?.items ?? []).filter((one) => one.body.runnable);
  return (
    <form
      className="grid grid-cols-1 gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen) add.mutate(undefined);
      }}
    >
      {list.data && ready.length === 0 && (
        <div className="grid grid-cols-1 gap-2 text-sm text-soft">
          <p>No snapshot here can be started: it needs a name, a stack that is not local, and a build of its images.</p>
          <Command text="zenml pipeline snapshot create my_module.my_pipeline --name=nightly" />
        </div>
      )}
      <PickOne
        label="Snapshot"
        options={ready.map((one) => ({ value: one.id, label: one.name, text: one.resources?.pipeline?.name }))}
        value={chosen}
        onChange={setChosen}
        placeholder="Name of a snapshot"
      />
      <p className="text-sm text-soft">Its runs will be yours: they run with your rights as long as you have them.</p>
      <Problem error={add.error} />
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" disabled={!chosen} busy={add.isPending}>
          Attach
        </Button>
      </DialogActions>
    </form>
  );
};

/** The snapshots that a trigger starts, and how it went. */
export const Attached = ({ trigger, project }: { readonly trigger: Trigger; readonly project: string }) => {
  const [adding, setAdding] = useState(false);
  const blocked = rowGate(trigger, 'trigger', 'update') ?? (trigger.body.is_archived ? 'It is archived.' : null);
  const snapshots = trigger.resources?.snapshots ?? [];
  const states = trigger.resources?.snapshot_dispatch_states ?? {};
  const out = useChange((id: string) => remove(`/triggers/${trigger.id}/pipeline_snapshots/${id}`), {
    done: 'Detached',
  });
  const clear = useChange(() => remove(`/triggers/${trigger.id}/dispatch_state`), { done: 'Errors are forgotten' });
  const failing = snapshots.some((one) => states[one.id]?.last_error_message);
  return (
    <Card
      title="Starts"
      hint="Snapshots of pipelines, each with a run of its own."
      action={
        <>
          {failing && (
            <Button size="sm" look="ghost" blocked={blocked} onClick={() => clear.mutate(undefined)}>
              Forget errors
            </Button>
          )}
          <Button size="sm" blocked={blocked} onClick={() => setAdding(true)}>
            <Plus aria-hidden />
            Attach
          </Button>
        </>
      }
    >
      {snapshots.length === 0 && <p className="text-sm text-soft">Nothing is attached, so it starts nothing.</p>}
      <ul className="-my-2">
        {snapshots.map((one) => {
          const state = states[one.id];
          return (
            <li key={one.id} className="grid gap-2 border-t py-2.5 text-sm first:border-t-0">
              <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <span className="min-w-0 grow font-medium wrap-anywhere">
                  {one.name || 'A snapshot that is not shared with you'}
                </span>
                <State state={state} />
                <IconButton label={`Detach ${one.name}`} blocked={blocked} onClick={() => out.mutate(one.id)}>
                  <X aria-hidden />
                </IconButton>
              </span>
              {state?.last_error_message && (
                <Notice kind="bad">
                  {state.last_error_message}
                  {state.last_error_count > 1 && ` (${state.last_error_count} times)`}
                </Notice>
              )}
            </li>
          );
        })}
      </ul>
      <Dialog open={adding} onClose={() => setAdding(false)} title="Attach a snapshot">
        <Attach trigger={trigger} project={project} onClose={() => setAdding(false)} />
      </Dialog>
    </Card>
  );
};
