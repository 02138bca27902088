import { Badge } from '../../ui/bits.tsx';
import type { Trigger } from './types.ts';
import { eventsText, planText } from './words.ts';

const things: Readonly<Record<string, string>> = {
  pipeline: 'a run of a pipeline',
  pipeline_run: 'a certain run',
  pipeline_snapshot: 'a run of a snapshot',
};

/** When a trigger comes due, in a line. */
export const When = ({ trigger }: { readonly trigger: Trigger }) => {
  const { body, resources } = trigger;
  if (body.type === 'schedule') return <>{planText(body)}</>;
  if (body.type === 'webhook') return <>on events of {resources?.webhook?.name || 'a webhook'}</>;
  return (
    <>
      when {things[body.source_entity?.type ?? ''] ?? 'something'} {eventsText(body.target_events)}
    </>
  );
};

export const ActiveBadge = ({ on, archived }: { readonly on: boolean; readonly archived?: boolean }) =>
  archived ? <Badge>archived</Badge> : on ? <Badge tone="good">active</Badge> : <Badge tone="warn">paused</Badge>;
