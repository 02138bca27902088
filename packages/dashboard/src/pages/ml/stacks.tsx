import { Boxes } from 'lucide-react';
import { useListState } from '../../resource/list-state.ts';
import { useList } from '../../resource/query.ts';
import { DataTable, type Column } from '../../resource/table.tsx';
import { SearchBox, Toolbar } from '../../resource/toolbar.tsx';
import { Badge, Empty } from '../../ui/bits.tsx';
import { Command } from '../../ui/copy.tsx';
import { PageBody } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import type { Stack } from './types.ts';

const Components = ({ stack }: { readonly stack: Stack }) => (
  <span className="flex flex-wrap gap-1">
    {Object.entries(stack.metadata?.components ?? {}).flatMap(([type, components]) =>
      components.map((component) => (
        <Badge key={`${type}${component.id}`} title={type.replaceAll('_', ' ')}>
          <span className="font-normal text-faint">{type.replaceAll('_', ' ')}</span> {component.name}
        </Badge>
      )),
    )}
  </span>
);

const columns: Column<Stack>[] = [
  { id: 'name', head: 'Stack', sort: 'name', cell: (stack) => <span className="font-medium">{stack.name}</span> },
  { id: 'components', head: 'Components', from: 'sm', cell: (stack) => <Components stack={stack} /> },
  {
    id: 'owner',
    head: 'Owner',
    from: 'md',
    className: 'text-soft',
    cell: (stack) => stack.resources?.user?.name ?? 'the server',
  },
  {
    id: 'updated',
    head: 'Changed',
    sort: 'updated',
    className: 'text-soft',
    cell: (stack) => <Time at={stack.body.updated} />,
  },
];

export const StacksPage = () => {
  const state = useListState();
  const { search, set } = state;
  const list = useList<Stack>('/stacks', {
    hydrate: true,
    page: state.page,
    sort_by: state.sort ?? 'asc:name',
    name: search.q && `contains:${search.q}`,
  });
  return (
    <PageBody
      title="Stacks"
      intro="What pipelines run on: an orchestrator, an artifact store and more, under one name."
    >
      <Toolbar>
        <SearchBox label="Search stacks" value={search.q ?? ''} onChange={(q) => set({ q })} />
      </Toolbar>
      <DataTable
        label="Stacks"
        columns={columns}
        data={list.data}
        error={list.error}
        retry={() => void list.refetch()}
        busy={list.isPlaceholderData}
        state={state}
        keyOf={(stack) => stack.id}
        empty={
          <Empty icon={<Boxes />} title={search.q ? 'No stack matches' : 'No stack that you can see'}>
            {!search.q && (
              <div className="mt-3 text-left">
                <Command text="zenml stack register NAME -o ORCHESTRATOR -a ARTIFACT_STORE" />
              </div>
            )}
          </Empty>
        }
      />
    </PageBody>
  );
};
