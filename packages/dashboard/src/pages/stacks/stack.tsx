import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Copy, Download, Lock, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { rowGate, useGate } from '../../access/me.ts';
import { AskInstead } from '../../access/share/request-form.tsx';
import { ShareButton } from '../../access/share/share-button.tsx';
import { messageOf, remove, seg, type Envelope } from '../../api.ts';
import { useChange, useList } from '../../resource/query.ts';
import { Until } from '../../resource/until.tsx';
import { useName } from '../../shell/names.ts';
import { Badge, Card } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Command } from '../../ui/copy.tsx';
import { Facts, Pairs } from '../../ui/facts.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageBody } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { toast } from '../../ui/toast.tsx';
import { GatedLink } from '../components/gated-link.tsx';
import { FlavorMark, TypeIcon } from '../components/marks.tsx';
import type { Component, Stack } from '../components/types.ts';
import { Visibility } from '../components/visibility.tsx';
import { builtinReason, oneOf } from '../components/words.ts';
import { AttachedSecrets } from '../secrets/attached.tsx';
import { useStack } from './edit.tsx';
import { exportStack } from './export.ts';
import { componentsOf } from './parts.ts';
import { StackRuns, useRunsOf } from './stack-runs.tsx';

/** A component that one may not see: that it is there, and nothing else. */
const Shell = ({ type }: { readonly type: string }) => (
  <li className="flex items-center gap-3 rounded-xl border border-dashed border-line p-3 text-soft">
    <span className="grid size-9 shrink-0 place-items-center rounded-lg bg-hover text-faint">
      <Lock className="size-4" aria-hidden />
    </span>
    <span className="min-w-0 text-sm">
      <span className="block font-medium">{oneOf(type)}</span>
      <span className="block text-xs text-faint">Not shared with you</span>
    </span>
  </li>
);

const Part = ({ type, component }: { readonly type: string; readonly component: Component }) =>
  component.body ? (
    <li>
      <Link
        to={`/components/${type}/${component.id}`}
        className="flex h-full items-center gap-3 rounded-xl border border-line bg-panel p-3 transition-colors hover:border-edge"
      >
        <FlavorMark name={component.body.flavor_name} />
        <span className="min-w-0 grow">
          <span className="flex items-center gap-1.5 text-xs text-faint">
            <TypeIcon type={type} className="size-3.5 shrink-0" />
            <span className="truncate">{oneOf(type)}</span>
          </span>
          <span className="block truncate text-sm font-medium">{component.name}</span>
          <span className="block truncate text-xs text-soft">{component.body.flavor_name}</span>
        </span>
        {component.body.private && <Badge>private</Badge>}
      </Link>
    </li>
  ) : (
    <Shell type={type} />
  );

const Details = ({ stack }: { readonly stack: Stack }) => (
  <Card title="Details">
    <Facts
      facts={[
        ['Visibility', <Visibility hidden={stack.body.private} />],
        ['Owner', stack.resources?.user?.name ?? 'the server'],
        ['Created', <Time at={stack.body.created} />],
        ['Changed', <Time at={stack.body.updated} />],
        Boolean(Object.keys(stack.metadata?.labels ?? {}).length) && ['Labels', <Pairs of={stack.metadata?.labels} />],
        Boolean(Object.keys(stack.metadata?.environment ?? {}).length) && [
          'Environment',
          <Pairs of={stack.metadata?.environment} />,
        ],
        Boolean(stack.metadata?.secrets?.length) && ['Secrets', <AttachedSecrets ids={stack.metadata?.secrets} />],
        ['ID', <code className="font-mono text-xs">{stack.id}</code>],
      ]}
    />
  </Card>
);

const Buttons = ({ stack, onRemove }: { readonly stack: Stack; readonly onRemove: () => void }) => {
  const gate = useGate();
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      const left = await exportStack(stack);
      toast.good(
        left ? `Saved, without ${left} components that are not shared with you` : `Saved as ${stack.name}.yaml`,
      );
    } catch (error) {
      toast.bad(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <ShareButton type="stack" thing={stack} />
      <Button busy={busy} onClick={() => void save()}>
        <Download aria-hidden />
        Export
      </Button>
      <GatedLink blocked={gate('stack:create')} to="/stacks/create" search={{ from: stack.id }}>
        <Copy aria-hidden />
        Copy
      </GatedLink>
      <GatedLink blocked={builtinReason(stack) ?? rowGate(stack, 'stack', 'update')} to={`/stacks/${stack.id}/edit`}>
        <Pencil aria-hidden />
        Edit
      </GatedLink>
      <Button
        look="danger-ghost"
        blocked={builtinReason(stack) ?? rowGate(stack, 'stack', 'delete')}
        onClick={onRemove}
      >
        <Trash2 aria-hidden />
        Delete
      </Button>
    </>
  );
};

export const StackPage = () => {
  const { stack: id = '' } = useParams({ strict: false }) as { stack?: string };
  const stack = useStack(id);
  const runs = useRunsOf(id);
  const schedules = useList<Envelope>('/pipeline_snapshots', { stack_id: id, size: 1 });
  const [removing, setRemoving] = useState(false);
  const navigate = useNavigate();
  const { data } = stack;
  useName(id, data?.name);
  const drop = useChange(() => remove(`/stacks/${seg(id)}`), {
    quiet: true,
    done: `Stack ${data?.name ?? ''} is deleted`,
    then: () => void navigate({ to: '/stacks' }),
  });
  const parts = data ? componentsOf(data) : [];
  const count = runs.data?.total ?? 0;
  return (
    <PageBody
      title={data?.name ?? 'Stack'}
      intro={data && (data.metadata?.description || 'Stack')}
      actions={data && <Buttons stack={data} onRemove={() => setRemoving(true)} />}
    >
      <Until read={stack} lines={8}>
        <AskInstead error={stack.error} type="stack" id={id} />
      </Until>
      {data && (
        <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_21rem]">
          <div className="grid min-w-0 grid-cols-1 gap-5">
            {parts.some(([, one]) => !one.body) && (
              <Notice kind="warn" title="Some components are not shared with you">
                Pipelines that you start on this stack will fail, because your client cannot read them. Ask{' '}
                {data.resources?.user?.name ?? 'whoever owns them'} to share them.
              </Notice>
            )}
            <section aria-labelledby="parts">
              <h2 id="parts" className="mb-2.5 font-semibold">
                Components
              </h2>
              <ul className="grid grid-cols-[repeat(auto-fill,minmax(14rem,1fr))] gap-2.5">
                {parts.map(([type, one]) => (
                  <Part key={one.id} type={type} component={one} />
                ))}
              </ul>
            </section>
            <StackRuns runs={runs} stack={data} />
          </div>
          <div className="grid min-w-0 grid-cols-1 gap-5">
            <Card title="Use it">
              <div className="grid grid-cols-1 gap-3">
                <Command text={`zenml stack set ${data.name}`} label="Make it yours" />
                <Command text={`zenml stack describe ${data.name}`} label="Describe" />
              </div>
            </Card>
            <Details stack={data} />
          </div>
        </div>
      )}
      <Confirm
        open={removing}
        onClose={() => setRemoving(false)}
        title={`Delete stack ${data?.name ?? ''}?`}
        action="Delete stack"
        run={() => drop.mutateAsync(undefined)}
      >
        <p>
          {count > 0
            ? `${count === 1 ? 'One run that you can see was' : `${count} runs that you can see were`} made with it. They stay, and no longer say which stack that was. `
            : 'No run that you can see was made with it. '}
          {(schedules.data?.total ?? 0) > 0 && 'Snapshots made for it can no longer be run. '}
          Its components stay. Whoever has set it as the active stack must choose another one.
        </p>
      </Confirm>
    </PageBody>
  );
};
