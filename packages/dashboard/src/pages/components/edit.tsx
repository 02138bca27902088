import { Link, Navigate, useNavigate, useParams } from '@tanstack/react-router';
import { rowGate, useGate } from '../../access/me.ts';
import { post, put, seg } from '../../api.ts';
import { useUrlState } from '../../resource/list-state.ts';
import { changed, filled } from '../../resource/changed.ts';
import { useChange, useRead } from '../../resource/query.ts';
import { useName } from '../../shell/names.ts';
import { SkeletonLines } from '../../ui/bits.tsx';
import { Failure, Notice } from '../../ui/notice.tsx';
import { PageBody } from '../../ui/page.tsx';
import { useFlavor } from '../flavors/use-flavor.ts';
import { connectedChanges, connectedOf } from '../connectors/connector-field.tsx';
import { attachedChanges } from '../secrets/attached.tsx';
import { ComponentForm, type ComponentValues } from './component-form.tsx';
import { FlavorMark } from './marks.tsx';
import type { Component } from './types.ts';
import { aOf, builtinReason, inText, oneOf } from './words.ts';

/** What a client sends for a new component. */
export const createBody = (type: string, flavor: string, values: ComponentValues, from?: readonly string[]): object => {
  const { labels, environment, secrets, connected, ...needed } = values;
  const attached = secrets ? secrets.map((one) => one.value) : (from ?? []);
  return {
    ...needed,
    type,
    flavor,
    ...(labels ? { labels } : {}),
    ...(environment ? { environment } : {}),
    ...(attached.length ? { secrets: attached } : {}),
    ...connectedChanges(connectedOf(undefined), connected),
  };
};

const useComponent = (id: string, enabled = true) =>
  useRead<Component>(`/components/${seg(id)}`, { hydrate: true }, enabled);

/** A new component of the flavor in the address, or a copy of another component. */
export const NewComponentPage = () => {
  const [search] = useUrlState();
  const { type = '', flavor: name = '', from = '' } = search;
  const navigate = useNavigate();
  const source = useComponent(from, Boolean(from));
  const found = useFlavor(type, name);
  const blocked = useGate()('stack_component:create');
  const create = useChange(
    (values: ComponentValues) =>
      post<Component>('/components', createBody(type, name, values, source.data?.metadata?.secrets)),
    {
      quiet: true,
      done: (made) => `${oneOf(type)} ${made.name} is registered`,
      then: (made) => void navigate({ to: `/components/${type}/${made.id}` }),
    },
  );
  if (!type || !name) return <Navigate to="/flavors" search={type ? { type } : {}} replace />;
  const title = from ? `Copy ${source.data?.name ?? inText(type)}` : `Register ${aOf(type)}`;
  const ready = found.flavor && (!from || source.data);
  return (
    <PageBody
      title={title}
      narrow
      lead={found.flavor && <FlavorMark name={found.flavor.body.display_name || name} size="lg" />}
      intro={
        <>
          Flavor{' '}
          <Link to={`/flavors/${type}/${seg(name)}`} className="rounded font-medium text-accent-text hover:underline">
            {found.flavor?.body.display_name || name}
          </Link>
        </>
      }
    >
      {blocked && <Notice kind="warn">{blocked}</Notice>}
      {(found.error ?? source.error) && <Failure error={found.error ?? source.error} />}
      {found.flavor === null && (
        <Notice kind="warn">
          There is no such flavor that you can see. <Link to="/flavors">All flavors</Link>
        </Notice>
      )}
      {!blocked && !ready && found.flavor !== null && !found.error && !source.error && <SkeletonLines lines={8} />}
      {!blocked && ready && found.flavor && (
        <ComponentForm
          key={found.flavor.id}
          flavor={found.flavor}
          {...(source.data && { component: source.data, name: `${source.data.name}-copy` })}
          action={from ? 'Make the copy' : 'Register'}
          submit={(values) => create.mutateAsync(values)}
          onCancel={() => history.back()}
        />
      )}
    </PageBody>
  );
};

export const EditComponentPage = () => {
  const { type = '', component: id = '' } = useParams({ strict: false }) as { type?: string; component?: string };
  const component = useComponent(id);
  const navigate = useNavigate();
  const { data } = component;
  useName(id, data?.name);
  const { flavor, ...asked } = useFlavor(type, data?.body?.flavor_name ?? '');
  const back = (): void => void navigate({ to: `/components/${type}/${id}` });
  const save = useChange((values: ComponentValues) => put<Component>(`/components/${seg(id)}`, changes(data, values)), {
    quiet: true,
    done: 'Saved',
    then: back,
  });
  const blocked = data && (builtinReason(data) ?? rowGate(data, 'stack_component', 'update'));
  const error = component.error ?? asked.error;
  return (
    <PageBody
      title={data ? `Edit ${data.name}` : 'Edit'}
      narrow
      lead={data && <FlavorMark name={data.body?.flavor_name ?? ''} size="lg" />}
      intro={`${oneOf(type)}, flavor ${data?.body?.flavor_name ?? '…'}`}
    >
      {error && <Failure error={error} />}
      {blocked && <Notice kind="warn">{blocked}</Notice>}
      {flavor === null && (
        <Notice kind="warn">Its flavor is not shared with you, so the form for its settings cannot be shown.</Notice>
      )}
      {!error && !blocked && flavor === undefined && <SkeletonLines lines={8} />}
      {!blocked && data && flavor && (
        <ComponentForm
          key={data.id}
          flavor={flavor}
          component={data}
          action="Save"
          submit={(values) => save.mutateAsync(values)}
          onCancel={back}
          visibilityBlocked={rowGate(data, 'stack_component', 'share')}
        />
      )}
    </PageBody>
  );
};

/** Only what differs is sent: who may edit but not share can still save the rest. */
const changes = (before: Component | undefined, { secrets, connected, ...values }: ComponentValues): object => {
  const old: Record<string, unknown> = {
    name: before?.name,
    private: before?.body?.private,
    configuration: before?.metadata?.configuration,
    labels: filled(before?.metadata?.labels),
    environment: filled(before?.metadata?.environment),
  };
  return {
    ...changed(values, old),
    ...attachedChanges(before?.metadata?.secrets, secrets),
    ...connectedChanges(connectedOf(before), connected),
  };
};
