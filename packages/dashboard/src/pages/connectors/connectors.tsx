import { Link } from '@tanstack/react-router';
import { Cable, Plus } from 'lucide-react';
import { useGate } from '../../access/me.ts';
import { ListPage } from '../../resource/list-view.tsx';
import type { Column } from '../../resource/table.tsx';
import { Empty } from '../../ui/bits.tsx';
import { Command } from '../../ui/copy.tsx';
import { GatedLink } from '../components/gated-link.tsx';
import { FlavorMark } from '../components/marks.tsx';
import { changedColumn, ownerNameColumn, visibilityColumn } from '../things/columns.tsx';
import { typeName, type Connector } from './types.ts';

const columns: Column<Connector>[] = [
  {
    id: 'name',
    head: 'Connector',
    sort: 'name',
    cell: (one) => (
      <Link to={`/connectors/${one.id}`} className="flex items-center gap-3 rounded font-medium hover:underline">
        <FlavorMark name={typeName(one)} />
        {one.name}
      </Link>
    ),
  },
  { id: 'type', head: 'Type', className: 'text-soft', cell: typeName },
  {
    id: 'opens',
    head: 'Opens',
    from: 'lg',
    className: 'max-w-64 text-soft',
    cell: (one) => one.body.resource_id ?? one.body.resource_types.join(', '),
  },
  visibilityColumn({ from: 'md' }),
  ownerNameColumn('nobody'),
  changedColumn({ from: 'md' }),
];

export const ConnectorsPage = () => {
  const button = (
    <GatedLink blocked={useGate()('service_connector:create')} to="/connectors/types" look="primary">
      <Plus aria-hidden />
      New connector
    </GatedLink>
  );
  return (
    <ListPage<Connector>
      title="Service connectors"
      intro="Credentials for clouds, clusters and registries, kept once and named by the components that need them."
      actions={button}
      things="connectors"
      thing="connector"
      label="Service connectors"
      path="/service_connectors"
      sort="asc:name"
      columns={columns}
      icon={<Cable />}
      empty={
        <Empty icon={<Cable />} title="No connector that you can see" action={button}>
          <div className="mt-3 text-left">
            <Command text="zenml service-connector register NAME --type=docker -i" />
          </div>
        </Empty>
      }
    />
  );
};
