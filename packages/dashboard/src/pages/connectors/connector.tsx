import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Pencil, PlugZap, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { rowGate } from '../../access/me.ts';
import { AskInstead } from '../../access/share/request-form.tsx';
import { ShareButton } from '../../access/share/share-button.tsx';
import { put, remove, seg } from '../../api.ts';
import { useChange, useList } from '../../resource/query.ts';
import { Until } from '../../resource/until.tsx';
import { useName } from '../../shell/names.ts';
import { Card } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Command } from '../../ui/copy.tsx';
import { Facts, Pairs } from '../../ui/facts.tsx';
import { Problem } from '../../ui/notice.tsx';
import { PageBody } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { GatedLink } from '../components/gated-link.tsx';
import { FlavorMark } from '../components/marks.tsx';
import type { Component } from '../components/types.ts';
import { Visibility } from '../components/visibility.tsx';
import { oneOf } from '../components/words.ts';
import { useConnector } from './edit.tsx';
import { Tried } from './tried.tsx';
import {
  resourceName,
  shortName,
  typeName,
  useConnectorTypes,
  type Connector,
  type ConnectorType,
  type Opened,
} from './types.ts';

const Try = ({ connector, type }: { readonly connector: Connector; readonly type: ConnectorType | undefined }) => {
  const attempt = useChange(() => put<Opened>(`/service_connectors/${connector.id}/verify`), { quiet: true });
  if (!type?.remote) {
    return (
      <Card title="Try it">
        <p className="mb-3 text-sm text-soft">
          This server cannot sign in to {shortName(type) || typeName(connector)} itself. A client that has the packages
          can:
        </p>
        <Command text={`zenml service-connector verify ${connector.name}`} />
      </Card>
    );
  }
  return (
    <Card
      title="Try it"
      action={
        <Button size="sm" busy={attempt.isPending} onClick={() => attempt.mutate(undefined)}>
          <PlugZap aria-hidden />
          Try now
        </Button>
      }
    >
      {!attempt.data && !attempt.error && (
        <p className="text-sm text-soft">Signs in with the stored credentials and says what they open.</p>
      )}
      {attempt.data && <Tried opened={attempt.data} type={type} />}
      <Problem error={attempt.error} />
    </Card>
  );
};

const Configured = ({
  connector,
  type,
}: {
  readonly connector: Connector;
  readonly type: ConnectorType | undefined;
}) => {
  const method = type?.auth_methods.find((one) => one.auth_method === connector.body.auth_method);
  const values = connector.metadata?.configuration ?? {};
  const kept = Object.keys(method?.config_schema.properties ?? {}).filter(
    (name) => values[name] === undefined && method?.config_schema.required?.includes(name),
  );
  return (
    <Card title="Configuration" hint={method?.name ?? connector.body.auth_method}>
      <Facts
        wide
        facts={[
          ...Object.entries(values).map(
            ([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)] as const,
          ),
          ...kept.map((name) => [name, <span className="text-faint">•••••••• encrypted</span>] as const),
        ]}
      />
    </Card>
  );
};

const Uses = ({ connector }: { readonly connector: Connector }) => {
  const { data } = useList<Component>('/components', { connector_id: connector.id, size: 50, sort_by: 'asc:name' });
  return (
    <Card title="Used by" hint="Components, as far as you can see them.">
      {data?.items.length === 0 && <p className="text-sm text-soft">None.</p>}
      <ul className="grid gap-1.5 text-sm">
        {data?.items.map((one) => (
          <li key={one.id}>
            <Link to={`/components/${one.body?.type}/${one.id}`} className="rounded font-medium hover:underline">
              {one.name}
            </Link>{' '}
            <span className="text-faint">{oneOf(one.body?.type ?? '')}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
};

const Details = ({ connector, type }: { readonly connector: Connector; readonly type: ConnectorType | undefined }) => {
  const { body, metadata, resources } = connector;
  return (
    <Card title="Details">
      <Facts
        facts={[
          ['Type', shortName(type) || typeName(connector)],
          ['Opens', body.resource_types.map((one) => resourceName(type, one)).join(', ')],
          ['Only', body.resource_id],
          ['Visibility', <Visibility hidden={body.private} />],
          ['Owner', resources?.user?.name ?? 'nobody'],
          Boolean(body.expires_at) && ['Expires', <Time at={body.expires_at} />],
          Boolean(metadata?.expiration_seconds) && ['Lifetime', `${metadata?.expiration_seconds} seconds`],
          ['Created', <Time at={body.created} />],
          ['Changed', <Time at={body.updated} />],
          Boolean(Object.keys(metadata?.labels ?? {}).length) && ['Labels', <Pairs of={metadata?.labels} />],
          ['ID', <code className="font-mono text-xs">{connector.id}</code>],
        ]}
      />
    </Card>
  );
};

export const ConnectorPage = () => {
  const { connector: id = '' } = useParams({ strict: false }) as { connector?: string };
  const connector = useConnector(id);
  const types = useConnectorTypes();
  const [removing, setRemoving] = useState(false);
  const navigate = useNavigate();
  const { data } = connector;
  useName(id, data?.name);
  const type = types.data?.find((one) => data && one.connector_type === typeName(data));
  const drop = useChange(() => remove(`/service_connectors/${seg(id)}`), {
    quiet: true,
    done: `Connector ${data?.name ?? ''} is deleted`,
    then: () => void navigate({ to: '/connectors' }),
  });
  return (
    <PageBody
      title={data?.name ?? 'Service connector'}
      lead={data && <FlavorMark name={typeName(data)} size="lg" />}
      intro={data && (data.body.description || `Service connector, type ${typeName(data)}`)}
      actions={
        data && (
          <>
            <ShareButton type="service_connector" thing={data} />
            <GatedLink blocked={rowGate(data, 'service_connector', 'update')} to={`/connectors/${id}/edit`}>
              <Pencil aria-hidden />
              Edit
            </GatedLink>
            <Button
              look="danger-ghost"
              blocked={rowGate(data, 'service_connector', 'delete')}
              onClick={() => setRemoving(true)}
            >
              <Trash2 aria-hidden />
              Delete
            </Button>
          </>
        )
      }
    >
      <Until read={connector} lines={8}>
        <AskInstead error={connector.error} type="service_connector" id={id} />
      </Until>
      {data && (
        <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_21rem]">
          <div className="grid min-w-0 grid-cols-1 gap-5">
            <Configured connector={data} type={type} />
            {types.data && <Try connector={data} type={type} />}
            <Card title="From the command line">
              <Command text={`zenml service-connector describe ${data.name}`} label="Describe" />
            </Card>
          </div>
          <div className="grid min-w-0 grid-cols-1 gap-5">
            <Details connector={data} type={type} />
            <Uses connector={data} />
          </div>
        </div>
      )}
      <Confirm
        open={removing}
        onClose={() => setRemoving(false)}
        title={`Delete connector ${data?.name ?? ''}?`}
        action="Delete connector"
        run={() => drop.mutateAsync(undefined)}
      >
        <p>
          Its credentials are gone for good; they stay valid at the service itself until you revoke them there. While a
          component uses it, it cannot be deleted.
        </p>
      </Confirm>
    </PageBody>
  );
};
