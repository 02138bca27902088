import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { ExternalLink, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { rowGate, useGate } from '../../access/me.ts';
import { ShareButton } from '../../access/share/share-button.tsx';
import { remove } from '../../api.ts';
import { useChange, useList } from '../../resource/query.ts';
import { Badge, Card, SkeletonLines } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Command } from '../../ui/copy.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Failure } from '../../ui/notice.tsx';
import { PageBody } from '../../ui/page.tsx';
import { GatedLink } from '../components/gated-link.tsx';
import { FlavorMark } from '../components/marks.tsx';
import type { Component, Flavor } from '../components/types.ts';
import { aOf, asCommand, builtinReason, inText, oneOf } from '../components/words.ts';
import { SettingsTable } from './settings-table.tsx';
import { useFlavor } from './use-flavor.ts';

const registerCommand = (flavor: Flavor): string => {
  const { required = [] } = flavor.metadata?.config_schema ?? {};
  const settings = required.map((name) => ` \\\n  --${name}=…`).join('');
  return `zenml ${asCommand(flavor.body.type)} register NAME --flavor=${flavor.name}${settings}`;
};

const Uses = ({ flavor }: { readonly flavor: Flavor }) => {
  const { type } = flavor.body;
  const used = useList<Component>('/components', { type, flavor: flavor.name, size: 10, sort_by: 'asc:name' });
  const items = used.data?.items ?? [];
  return (
    <Card title="Components of this flavor" hint={used.data && `${used.data.total} that you can see`}>
      {items.length === 0 ? (
        <p className="text-sm text-soft">None yet.</p>
      ) : (
        <ul className="grid gap-1.5 text-sm">
          {items.map((one) => (
            <li key={one.id}>
              <Link to={`/components/${type}/${one.id}`} className="rounded font-medium hover:underline">
                {one.name}
              </Link>
            </li>
          ))}
          {(used.data?.total ?? 0) > items.length && (
            <li>
              <Link to={`/components/${type}`} search={{ flavor: flavor.name }} className="rounded text-accent-text">
                All {used.data?.total}
              </Link>
            </li>
          )}
        </ul>
      )}
    </Card>
  );
};

const Outside = ({ to, children }: { readonly to: string; readonly children: string }) => (
  <a
    href={to}
    target="_blank"
    rel="noreferrer"
    className="inline-flex items-center gap-1 rounded text-accent-text hover:underline"
  >
    {children}
    <ExternalLink className="size-3.5" aria-hidden />
  </a>
);

const About = ({ flavor }: { readonly flavor: Flavor }) => {
  const { body, metadata } = flavor;
  const own = body.integration === 'built-in' || body.is_custom;
  return (
    <>
      <Card title="From the command line">
        <div className="grid grid-cols-1 gap-3">
          {!own && body.integration && (
            <Command text={`zenml integration install ${body.integration}`} label="Install" />
          )}
          <Command text={registerCommand(flavor)} label="Register" />
        </div>
      </Card>
      <Card title="Details">
        <Facts
          facts={[
            ['Type', oneOf(body.type)],
            ['Integration', body.integration],
            ['Source', <code className="font-mono text-xs">{body.source}</code>],
            flavor.resources?.user && ['Owner', flavor.resources.user.name],
            Boolean(metadata?.connector_resource_type) && [
              'Connector',
              `${metadata?.connector_type ? `${metadata.connector_type}, ` : ''}${metadata?.connector_resource_type}`,
            ],
            Boolean(metadata?.docs_url) && [
              'Guide',
              <Outside to={metadata?.docs_url ?? ''}>ZenML documentation</Outside>,
            ],
          ]}
        />
      </Card>
    </>
  );
};

export const FlavorPage = () => {
  const { type = '', flavor: name = '' } = useParams({ strict: false }) as { type?: string; flavor?: string };
  const found = useFlavor(type, name);
  const gate = useGate();
  const navigate = useNavigate();
  const [removing, setRemoving] = useState(false);
  const flavor = found.flavor;
  const drop = useChange(() => remove(`/flavors/${flavor?.id}`), {
    quiet: true,
    done: `Flavor ${name} is deleted`,
    then: () => void navigate({ to: '/flavors' }),
  });
  const blocked = gate('stack_component:create');
  const title = flavor?.body.display_name || name;
  return (
    <PageBody
      title={title}
      lead={<FlavorMark name={title} size="lg" />}
      intro={
        <>
          {oneOf(type)} flavor {flavor?.body.is_custom && <Badge tone="accent">custom</Badge>}
        </>
      }
      actions={
        flavor && (
          <>
            {flavor.body.is_custom && <ShareButton type="flavor" thing={flavor} />}
            {flavor.body.is_custom && (
              <Button
                look="danger-ghost"
                blocked={builtinReason(flavor) ?? rowGate(flavor, 'flavor', 'delete')}
                onClick={() => setRemoving(true)}
              >
                <Trash2 aria-hidden />
                Delete
              </Button>
            )}
            <GatedLink blocked={blocked} to="/components/create" search={{ type, flavor: name }} look="primary">
              <Plus aria-hidden />
              Register {aOf(type)}
            </GatedLink>
          </>
        )
      }
    >
      {found.error && !found.data && <Failure error={found.error} retry={() => void found.refetch()} />}
      {flavor === undefined && !found.error && <SkeletonLines lines={8} />}
      {flavor === null && (
        <p className="text-sm text-soft">
          There is no {inText(type)} flavor called {name} that you can see.{' '}
          <Link to="/flavors" search={{ type }} className="rounded text-accent-text underline">
            All of this type
          </Link>
        </p>
      )}
      {flavor && (
        <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_21rem]">
          <section className="min-w-0 overflow-hidden rounded-xl border border-line bg-panel">
            <h2 className="px-4 py-3 font-semibold">Settings</h2>
            <SettingsTable schema={flavor.metadata?.config_schema ?? {}} />
          </section>
          <div className="grid min-w-0 grid-cols-1 gap-5">
            <About flavor={flavor} />
            <Uses flavor={flavor} />
          </div>
        </div>
      )}
      <Confirm
        open={removing}
        onClose={() => setRemoving(false)}
        title={`Delete flavor ${name}?`}
        action="Delete flavor"
        run={() => drop.mutateAsync(undefined)}
      >
        <p>
          New components of it can no longer be registered. It cannot be deleted while a component uses it. Your Python
          code stays where it is, so it can be registered again.
        </p>
      </Confirm>
    </PageBody>
  );
};
