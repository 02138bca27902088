import { useNavigate, useParams } from '@tanstack/react-router';
import { rowGate, useGate } from '../../access/me.ts';
import { post, put, seg } from '../../api.ts';
import { useUrlState } from '../../resource/list-state.ts';
import { changed } from '../../resource/changed.ts';
import { useChange, useRead } from '../../resource/query.ts';
import { useName } from '../../shell/names.ts';
import { SkeletonLines } from '../../ui/bits.tsx';
import { Failure, Notice } from '../../ui/notice.tsx';
import { PageBody } from '../../ui/page.tsx';
import { FlavorMark } from '../components/marks.tsx';
import { ConnectorForm } from './connector-form.tsx';
import { shortName, typeName, useConnectorTypes, type Connector } from './types.ts';

/** Without its secrets: pages do not show them. */
export const useConnector = (id: string) =>
  useRead<Connector>(`/service_connectors/${seg(id)}`, { hydrate: true, expand_secrets: false });

export const NewConnectorPage = () => {
  const [{ type: name = '' }] = useUrlState();
  const navigate = useNavigate();
  const types = useConnectorTypes();
  const type = types.data?.find((one) => one.connector_type === name);
  const blocked = useGate()('service_connector:create');
  const create = useChange((body: object) => post<Connector>('/service_connectors', body), {
    quiet: true,
    done: (made) => `Connector ${made.name} is there`,
    then: (made) => void navigate({ to: `/connectors/${made.id}` }),
  });
  return (
    <PageBody
      title={`New ${shortName(type) || name} connector`}
      intro={type?.description}
      narrow
      lead={type && <FlavorMark name={shortName(type)} size="lg" />}
    >
      {blocked && <Notice kind="warn">{blocked}</Notice>}
      {types.error && <Failure error={types.error} />}
      {types.data && !type && <Notice kind="warn">There is no type of connector called {name}.</Notice>}
      {!blocked && !types.data && !types.error && <SkeletonLines lines={8} />}
      {!blocked && type && (
        <ConnectorForm
          type={type}
          action="Create connector"
          submit={(body) => create.mutateAsync(body)}
          onCancel={() => history.back()}
        />
      )}
    </PageBody>
  );
};

export const EditConnectorPage = () => {
  const { connector: id = '' } = useParams({ strict: false }) as { connector?: string };
  const connector = useConnector(id);
  const types = useConnectorTypes();
  const navigate = useNavigate();
  const { data } = connector;
  useName(id, data?.name);
  const type = types.data?.find((one) => data && one.connector_type === typeName(data));
  const back = (): void => void navigate({ to: `/connectors/${id}` });
  const save = useChange(
    (body: Record<string, unknown>) => put<Connector>(`/service_connectors/${seg(id)}`, changes(data, body)),
    {
      quiet: true,
      done: 'Saved',
      then: back,
    },
  );
  const blocked = data && rowGate(data, 'service_connector', 'update');
  return (
    <PageBody title={data ? `Edit ${data.name}` : 'Edit'} narrow>
      {(connector.error ?? types.error) && <Failure error={connector.error ?? types.error} />}
      {blocked && <Notice kind="warn">{blocked}</Notice>}
      {!connector.error && !types.error && !(data && types.data) && <SkeletonLines lines={8} />}
      {data && types.data && !type && (
        <Notice kind="warn">
          This server does not know the type {typeName(data)}; change it with the client that made it.
        </Notice>
      )}
      {data && type && !blocked && (
        <ConnectorForm
          key={data.id}
          type={type}
          connector={data}
          action="Save"
          submit={(body) => save.mutateAsync(body)}
          onCancel={back}
          visibilityBlocked={rowGate(data, 'service_connector', 'share')}
        />
      )}
    </PageBody>
  );
};

/** Only what differs is sent, and a configuration whenever one was given. */
const changes = (before: Connector | undefined, body: Record<string, unknown>): object => {
  const old: Record<string, unknown> = {
    ...before?.body,
    name: before?.name,
    connector_type: before && typeName(before),
    expiration_seconds: before?.metadata?.expiration_seconds ?? null,
    labels: before?.metadata?.labels,
    // All kinds are meant by naming none.
    resource_types: before?.body.resource_types.length === 1 ? before.body.resource_types : [],
  };
  return { ...changed(body, old), ...(body.configuration !== undefined && { configuration: body.configuration }) };
};
