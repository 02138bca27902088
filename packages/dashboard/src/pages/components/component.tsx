import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Copy, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { rowGate, useGate } from '../../access/me.ts';
import { AskInstead } from '../../access/share/request-form.tsx';
import { ShareButton } from '../../access/share/share-button.tsx';
import { remove, seg } from '../../api.ts';
import { useChange, useList, useRead } from '../../resource/query.ts';
import { Until } from '../../resource/until.tsx';
import { useName } from '../../shell/names.ts';
import { Card } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Command } from '../../ui/copy.tsx';
import { Facts, Pairs } from '../../ui/facts.tsx';
import { PageBody } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { AttachedSecrets } from '../secrets/attached.tsx';
import { ConfigurationView } from './configuration-view.tsx';
import { GatedLink } from './gated-link.tsx';
import { FlavorMark } from './marks.tsx';
import type { Component, Stack } from './types.ts';
import { Visibility } from './visibility.tsx';
import { asCommand, builtinReason, inText, oneOf } from './words.ts';

const Stacks = ({ component }: { readonly component: Component }) => {
  const stacks = useList<Stack>('/stacks', { component_id: component.id, size: 20, sort_by: 'asc:name' });
  const items = stacks.data?.items ?? [];
  return (
    <Card title="Part of these stacks">
      {stacks.error && <p className="text-sm text-soft">They cannot be read.</p>}
      {stacks.data && items.length === 0 && (
        <p className="text-sm text-soft">
          No stack that you can see uses it.{' '}
          <Link
            to="/stacks/create"
            search={{ [component.body?.type ?? '']: component.id }}
            className="rounded text-accent-text hover:underline"
          >
            Make one with it
          </Link>
        </p>
      )}
      <ul className="grid gap-1.5 text-sm">
        {items.map((stack) => (
          <li key={stack.id}>
            <Link to={`/stacks/${stack.id}`} className="rounded font-medium hover:underline">
              {stack.name}
            </Link>
          </li>
        ))}
      </ul>
      {(stacks.data?.total ?? 0) > items.length && (
        <p className="mt-2 text-sm text-faint">and {(stacks.data?.total ?? 0) - items.length} more</p>
      )}
    </Card>
  );
};

const Details = ({ component }: { readonly component: Component }) => {
  const { body, metadata, resources } = component;
  const flavor = `/flavors/${body?.type}/${seg(body?.flavor_name ?? '')}`;
  return (
    <Card title="Details">
      <Facts
        facts={[
          [
            'Flavor',
            <Link to={flavor} className="rounded text-accent-text hover:underline">
              {body?.flavor_name}
            </Link>,
          ],
          ['Visibility', <Visibility hidden={body?.private} />],
          ['Owner', resources?.user?.name ?? 'the server'],
          ['Created', <Time at={body?.created} />],
          ['Changed', <Time at={body?.updated} />],
          Boolean(metadata?.connector) && [
            'Connector',
            metadata?.connector?.permission_denied ? (
              'not shared with you'
            ) : (
              <Link to={`/connectors/${metadata?.connector?.id}`} className="rounded text-accent-text hover:underline">
                {metadata?.connector?.name}
              </Link>
            ),
          ],
          Boolean(metadata?.connector_resource_id) && ['Resource', metadata?.connector_resource_id],
          Boolean(Object.keys(metadata?.labels ?? {}).length) && ['Labels', <Pairs of={metadata?.labels} />],
          Boolean(Object.keys(metadata?.environment ?? {}).length) && [
            'Environment',
            <Pairs of={metadata?.environment} />,
          ],
          Boolean(metadata?.secrets?.length) && ['Secrets', <AttachedSecrets ids={metadata?.secrets} />],
          ['ID', <code className="font-mono text-xs">{component.id}</code>],
        ]}
      />
    </Card>
  );
};

export const ComponentPage = () => {
  const { type = '', component: id = '' } = useParams({ strict: false }) as { type?: string; component?: string };
  const component = useRead<Component>(`/components/${seg(id)}`, { hydrate: true });
  const [removing, setRemoving] = useState(false);
  const navigate = useNavigate();
  const gate = useGate();
  const { data } = component;
  useName(id, data?.name);
  const flavor = data?.body?.flavor_name ?? '';
  const drop = useChange(() => remove(`/components/${seg(id)}`), {
    quiet: true,
    done: `${oneOf(type)} ${data?.name ?? ''} is deleted`,
    then: () => void navigate({ to: `/components/${type}` }),
  });
  return (
    <PageBody
      title={data?.name ?? oneOf(type)}
      lead={data && <FlavorMark name={flavor} size="lg" />}
      intro={data && `${oneOf(type)}, flavor ${flavor}`}
      actions={
        data && (
          <>
            <ShareButton type="stack_component" thing={data} />
            <GatedLink
              blocked={builtinReason(data) ?? rowGate(data, 'stack_component', 'update')}
              to={`/components/${type}/${id}/edit`}
            >
              <Pencil aria-hidden />
              Edit
            </GatedLink>
            <GatedLink
              blocked={gate('stack_component:create')}
              to="/components/create"
              search={{ type, flavor, from: id }}
            >
              <Copy aria-hidden />
              Copy
            </GatedLink>
            <Button
              look="danger-ghost"
              blocked={builtinReason(data) ?? rowGate(data, 'stack_component', 'delete')}
              onClick={() => setRemoving(true)}
            >
              <Trash2 aria-hidden />
              Delete
            </Button>
          </>
        )
      }
    >
      <Until read={component} lines={8}>
        <AskInstead error={component.error} type="stack_component" id={id} />
      </Until>
      {data && (
        <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_21rem]">
          <div className="grid min-w-0 grid-cols-1 gap-5">
            <ConfigurationView values={data.metadata?.configuration ?? {}} />
            <Card title="From the command line">
              <Command
                text={`zenml stack register STACK --${type}=${data.name}\nzenml ${asCommand(type)} describe ${data.name}`}
                label="Commands"
              />
            </Card>
          </div>
          <div className="grid min-w-0 grid-cols-1 gap-5">
            <Details component={data} />
            <Stacks component={data} />
          </div>
        </div>
      )}
      <Confirm
        open={removing}
        onClose={() => setRemoving(false)}
        title={`Delete ${inText(type)} ${data?.name ?? ''}?`}
        action="Delete it"
        run={() => drop.mutateAsync(undefined)}
      >
        <p>
          Its configuration goes for good. While a stack uses it, it cannot be deleted. What was made with it, such as
          files in an artifact store, stays where it is.
        </p>
      </Confirm>
    </PageBody>
  );
};
