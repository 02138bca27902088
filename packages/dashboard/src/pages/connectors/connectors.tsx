import { Link } from '@tanstack/react-router';
import { Cable, Plus } from 'lucide-react';
import { useGate } from '../../access/me.ts';
import { useListState } from '../../resource/list-state.ts';
import { useList } from '../../resource/query.ts';
import { ListTable, type Column } from '../../resource/table.tsx';
import { SearchBox, Toolbar } from '../../resource/toolbar.tsx';
import { Empty } from '../../ui/bits.tsx';
import { Command } from '../../ui/copy.tsx';
import { PageBody } from '../../ui/page.tsx';
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
  const state = useListState();
  const { search, set } = state;
  const list = useList<Connector>('/service_connectors', {
    hydrate: true,
    page: state.page,
    sort_by: state.sort ?? 'asc:name',
    name: search.q && `contains:${search.q}`,
  });
  const button = (
    <GatedLink blocked={useGate()('service_connector:create')} to="/connectors/types" look="primary">
      <Plus aria-hidden />
      New connector
    </GatedLink>
  );
  return (
    <PageBody
      title="Service connectors"
      intro="Credentials for clouds, clusters and registries, kept once and named by the components that need them."
      actions={button}
    >
      <Toolbar>
        <SearchBox label="Search connectors" value={search.q ?? ''} onChange={(q) => set({ q })} />
      </Toolbar>
      <ListTable
        label="Service connectors"
        columns={columns}
        list={list}
        state={state}
        empty={
          <Empty
            icon={<Cable />}
            title={search.q ? 'No connector matches' : 'No connector that you can see'}
            action={!search.q && button}
          >
            {!search.q && (
              <div className="mt-3 text-left">
                <Command text="zenml service-connector register NAME --type=docker -i" />
              </div>
            )}
          </Empty>
        }
      />
    </PageBody>
  );
};
