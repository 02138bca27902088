import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Archive, Pause, Pencil, Play } from 'lucide-react';
import { useState } from 'react';
import { rowGate } from '../../access/me.ts';
import { AskInstead } from '../../access/share/request-form.tsx';
import { ShareButton } from '../../access/share/share-button.tsx';
import { useProject } from '../../access/project.ts';
import { put, remove, seg, type Envelope } from '../../api.ts';
import { useChange, useRead } from '../../resource/query.ts';
import { Until } from '../../resource/until.tsx';
import { useName } from '../../shell/names.ts';
import { Card } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Facts } from '../../ui/facts.tsx';
import { PageBody } from '../../ui/page.tsx';
import { exact, Time } from '../../ui/time.tsx';
import { Visibility } from '../components/visibility.tsx';
import { RunStatus } from '../ml/run-status.tsx';
import { Attached } from './attached.tsx';
import { TriggerForm } from './trigger-form.tsx';
import type { Trigger } from './types.ts';
import { ActiveBadge, When } from './when.tsx';

const paths: Readonly<Record<string, readonly [string, string]>> = {
  pipeline: ['/pipelines', 'Pipeline'],
  pipeline_run: ['/runs', 'Run'],
  pipeline_snapshot: ['/pipeline_snapshots', 'Snapshot'],
};

const Details = ({ trigger, project }: { readonly trigger: Trigger; readonly project: string }) => {
  const { body, resources } = trigger;
  const source = body.source_entity;
  const [path = '', word = ''] = paths[source?.type ?? ''] ?? [];
  const { data } = useRead<Envelope>(`${path}/${source?.id}`, {}, Boolean(path));
  const run = resources?.latest_run;
  return (
    <Card title="Details">
      <Facts
        facts={[
          ['State', <ActiveBadge on={body.active} archived={body.is_archived} />],
          ['When', <When trigger={trigger} />],
          Boolean(body.cron_expression) && ['Cron', <code className="font-mono">{body.cron_expression}</code>],
          Boolean(body.next_occurrence) && ['Next', <Time at={body.next_occurrence} />],
          Boolean(body.start_time) && ['From', exact(body.start_time ?? '')],
          Boolean(body.end_time) && ['Until', exact(body.end_time ?? '')],
          Boolean(body.max_runs) && ['At most', `${body.max_runs} runs`],
          Boolean(word) && [word, data?.name ?? 'not to be seen by you'],
          Boolean(resources?.webhook) && ['Webhook', resources?.webhook?.name],
          Boolean(body.configuration?.target_events?.length) && [
            'Events',
            body.configuration?.target_events?.map((one) => String(one.event_type ?? one.type)).join(', '),
          ],
          ['Meanwhile', body.concurrency === 'skip' ? 'no second run at a time' : 'further runs'],
          Boolean(run) && [
            'Last run',
            <span className="flex flex-wrap items-center gap-2">
              <RunStatus status={run?.body?.status ?? ''} />
              <Link
                to={`/projects/${seg(project)}/runs/${run?.id}`}
                className="rounded text-accent-text hover:underline"
              >
                {run?.name}
              </Link>
            </span>,
          ],
          ['Visibility', <Visibility hidden={body.private} />],
          ['Owner', resources?.user?.name ?? 'nobody'],
          ['Created', <Time at={body.created} />],
        ]}
      />
    </Card>
  );
};

export const TriggerPage = () => {
  const { trigger: id = '' } = useParams({ strict: false }) as { trigger?: string };
  const project = useProject().name ?? '';
  const trigger = useRead<Trigger>(`/triggers/${seg(id)}`, { hydrate: true });
  const [editing, setEditing] = useState(false);
  const [ending, setEnding] = useState(false);
  const navigate = useNavigate();
  const { data } = trigger;
  useName(id, data?.name);
  const save = useChange((body: object) => put<Trigger>(`/triggers/${seg(id)}`, body), {
    quiet: true,
    done: 'Saved',
    then: () => setEditing(false),
  });
  const turn = useChange((active: boolean) => put<Trigger>(`/triggers/${seg(id)}`, { active }), {
    done: (saved) => (saved.body.active ? 'It is active again' : 'It is paused'),
  });
  const end = useChange(() => remove(`/triggers/${seg(id)}`, { soft: !data?.body.is_archived }), {
    quiet: true,
    done: `Trigger ${data?.name ?? ''} is ${data?.body.is_archived ? 'deleted' : 'archived'}`,
    then: () => void navigate({ to: `/projects/${seg(project)}/triggers` }),
  });
  const archived = data?.body.is_archived ?? false;
  const changing = data && (archived ? 'It is archived and stays as it is.' : rowGate(data, 'trigger', 'update'));
  return (
    <PageBody
      title={data?.name ?? 'Trigger'}
      intro={data && <When trigger={data} />}
      actions={
        data && (
          <>
            <ShareButton type="trigger" thing={data} />
            <Button blocked={changing} busy={turn.isPending} onClick={() => turn.mutate(!data.body.active)}>
              {data.body.active ? <Pause aria-hidden /> : <Play aria-hidden />}
              {data.body.active ? 'Pause' : 'Resume'}
            </Button>
            <Button blocked={changing} onClick={() => setEditing(true)}>
              <Pencil aria-hidden />
              Edit
            </Button>
            <Button look="danger-ghost" blocked={rowGate(data, 'trigger', 'delete')} onClick={() => setEnding(true)}>
              <Archive aria-hidden />
              {archived ? 'Delete' : 'Archive'}
            </Button>
          </>
        )
      }
    >
      <Until read={trigger}>
        <AskInstead error={trigger.error} type="trigger" id={id} />
      </Until>
      {data && (
        <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_21rem]">
          <Attached trigger={data} project={project} />
          <Details trigger={data} project={project} />
        </div>
      )}
      {data && (
        <Dialog open={editing} onClose={() => setEditing(false)} title={`Edit ${data.name}`} wide>
          <TriggerForm
            project={project}
            trigger={data}
            action="Save"
            submit={(body) => save.mutateAsync(body)}
            onCancel={() => setEditing(false)}
          />
        </Dialog>
      )}
      <Confirm
        open={ending}
        onClose={() => setEnding(false)}
        title={`${archived ? 'Delete' : 'Archive'} trigger ${data?.name ?? ''}?`}
        action={archived ? 'Delete it' : 'Archive it'}
        run={() => end.mutateAsync(undefined)}
      >
        <p>
          {archived
            ? 'It goes for good; the runs that it started stay and no longer tell what started them.'
            : 'It starts nothing any more, its snapshots are detached, and its name becomes free. This cannot be undone. The runs that it started still tell of it.'}
        </p>
      </Confirm>
    </PageBody>
  );
};
