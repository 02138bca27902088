import { Rocket } from 'lucide-react';
import { asPage } from '../../api.ts';
import { DataTable, type Column } from '../../resource/table.tsx';
import { Badge, Empty, type Tone } from '../../ui/bits.tsx';
import { Time } from '../../ui/time.tsx';
import { Hidden } from '../things/parts.tsx';
import type { ModelVersion, Service } from './types.ts';

const tones: Readonly<Record<string, Tone>> = {
  active: 'good',
  error: 'bad',
  pending_startup: 'accent',
  pending_shutdown: 'warn',
};

const columns: Column<Service>[] = [
  {
    id: 'name',
    head: 'Service',
    className: 'max-w-44 truncate font-medium sm:max-w-80',
    cell: (service) => (service.permission_denied ? <Hidden what="a service" /> : service.name),
  },
  {
    id: 'state',
    head: 'State',
    cell: ({ body }) =>
      body?.state ? <Badge tone={tones[body.state] ?? 'plain'}>{body.state.replaceAll('_', ' ')}</Badge> : null,
  },
  {
    id: 'kind',
    head: 'Kind',
    from: 'md',
    className: 'text-soft',
    cell: ({ body }) => [body?.service_type?.flavor, body?.service_type?.type].filter(Boolean).join(' · '),
  },
  {
    id: 'created',
    head: 'Created',
    from: 'sm',
    className: 'text-soft',
    cell: ({ body }) => <Time at={body?.created} />,
  },
];

export const VersionServices = ({ version }: { readonly version: ModelVersion }) => (
  <DataTable
    label="Deployments"
    columns={columns}
    data={asPage(version.resources?.services?.items ?? [])}
    error={null}
    keyOf={(service) => service.id}
    empty={
      <Empty icon={<Rocket />} title="Not deployed">
        What a model deployer keeps running for this version shows here.
      </Empty>
    }
  />
);
