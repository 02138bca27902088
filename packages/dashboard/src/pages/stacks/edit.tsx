import { useNavigate, useParams } from '@tanstack/react-router';
import { rowGate, useGate } from '../../access/me.ts';
import { post, put, seg } from '../../api.ts';
import { changed, filled } from '../../resource/changed.ts';
import { useUrlState, type Search } from '../../resource/list-state.ts';
import { useChange, useList, useRead } from '../../resource/query.ts';
import { useName } from '../../shell/names.ts';
import { SkeletonLines } from '../../ui/bits.tsx';
import { Failure, Notice } from '../../ui/notice.tsx';
import { PageBody } from '../../ui/page.tsx';
import type { Component, Stack } from '../components/types.ts';
import { builtinReason, componentTypes } from '../components/words.ts';
import { attachedChanges } from '../secrets/attached.tsx';
import { idsOf, partOf, partsOf, type Parts } from './parts.ts';
import { StackForm, type StackValues } from './stack-form.tsx';

export const useStack = (id: string, enabled = true) =>
  useRead<Stack>(`/stacks/${seg(id)}`, { hydrate: true }, enabled);

/** What a new stack begins with: what the address names, else what came with the server. */
const useBeginning = (search: Search): Parts | undefined => {
  const ids = componentTypes.flatMap((type) => search[type] ?? []);
  const named = useList<Component>('/components', { id: `oneof:${JSON.stringify(ids)}`, size: 50 }, ids.length > 0);
  const standard = useList<Component>('/components', { name: 'equals:default', size: 50 });
  if (!standard.data || (ids.length && !named.data)) return standard.error ? {} : undefined;
  const needed = standard.data.items.filter((one) => ['orchestrator', 'artifact_store'].includes(one.body?.type ?? ''));
  const all = [...needed, ...(named.data?.items ?? [])];
  return Object.fromEntries(all.map((one) => [one.body?.type ?? '', [partOf(one)]]));
};

const createBody = ({ labels, environment, secrets, ...needed }: StackValues, from?: readonly string[]): object => {
  const attached = secrets ? secrets.map((one) => one.value) : (from ?? []);
  return {
    ...needed,
    ...(labels ? { labels } : {}),
    ...(environment ? { environment } : {}),
    ...(attached.length ? { secrets: attached } : {}),
  };
};

/** A new stack from components that are there or made on the way, or a copy of another one. */
export const NewStackPage = () => {
  const [search] = useUrlState();
  const { from = '' } = search;
  const navigate = useNavigate();
  const source = useStack(from, Boolean(from));
  const parts = useBeginning(search);
  const blocked = useGate()('stack:create');
  const create = useChange(
    (values: StackValues) => post<Stack>('/stacks', createBody(values, source.data?.metadata?.secrets)),
    {
      quiet: true,
      done: (made) => `Stack ${made.name} is there`,
      then: (made) => void navigate({ to: `/stacks/${made.id}` }),
    },
  );
  const ready = from ? source.data : parts;
  return (
    <PageBody
      title={from ? `Copy ${source.data?.name ?? 'stack'}` : 'New stack'}
      intro="Choose what pipelines run on. Two parts are needed; everything else can be added later."
      narrow
    >
      {blocked && <Notice kind="warn">{blocked}</Notice>}
      {source.error && <Failure error={source.error} />}
      {!blocked && !ready && !source.error && <SkeletonLines lines={8} />}
      {!blocked && ready && (
        <StackForm
          {...(source.data ? { stack: source.data, name: `${source.data.name}-copy` } : { parts: parts ?? {} })}
          action={from ? 'Make the copy' : 'Create stack'}
          submit={(values) => create.mutateAsync(values)}
          onCancel={() => history.back()}
        />
      )}
    </PageBody>
  );
};

export const EditStackPage = () => {
  const { stack: id = '' } = useParams({ strict: false }) as { stack?: string };
  const stack = useStack(id);
  const navigate = useNavigate();
  const { data } = stack;
  useName(id, data?.name);
  const back = (): void => void navigate({ to: `/stacks/${id}` });
  const save = useChange((values: StackValues) => put<Stack>(`/stacks/${seg(id)}`, changes(data, values)), {
    quiet: true,
    done: 'Saved',
    then: back,
  });
  const blocked = data && (builtinReason(data) ?? rowGate(data, 'stack', 'update'));
  return (
    <PageBody title={data ? `Edit ${data.name}` : 'Edit'} narrow>
      {stack.error && <Failure error={stack.error} />}
      {!data && !stack.error && <SkeletonLines lines={8} />}
      {blocked && <Notice kind="warn">{blocked}</Notice>}
      {data && !blocked && (
        <StackForm
          key={data.id}
          stack={data}
          action="Save"
          submit={(values) => save.mutateAsync(values)}
          onCancel={back}
          visibilityBlocked={rowGate(data, 'stack', 'share')}
        />
      )}
    </PageBody>
  );
};

/** Only what differs is sent: components that one may not see stay as long as nothing else takes their place. */
const changes = (before: Stack | undefined, { secrets, ...values }: StackValues): object => {
  const old: Record<string, unknown> = {
    name: before?.name,
    description: before?.metadata?.description ?? '',
    private: before?.body.private,
    components: idsOf(partsOf(before)),
    labels: filled(before?.metadata?.labels),
    environment: filled(before?.metadata?.environment),
  };
  return { ...changed(values, old), ...attachedChanges(before?.metadata?.secrets, secrets) };
};
