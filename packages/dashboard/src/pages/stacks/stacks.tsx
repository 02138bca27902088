import { Link } from '@tanstack/react-router';
import { Boxes, Lock, Plus, Upload } from 'lucide-react';
import { useState } from 'react';
import { useGate } from '../../access/me.ts';
import { ShareButton } from '../../access/share/share-button.tsx';
import { ListView } from '../../resource/list-view.tsx';
import type { Column } from '../../resource/table.tsx';
import { Empty } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { Command } from '../../ui/copy.tsx';
import { PageBody } from '../../ui/page.tsx';
import { GatedLink } from '../components/gated-link.tsx';
import { FlavorMark } from '../components/marks.tsx';
import type { Stack } from '../components/types.ts';
import { oneOf } from '../components/words.ts';
import { changedColumn, ownerNameColumn, visibilityColumn } from '../things/columns.tsx';
import { ImportStack } from './import-dialog.tsx';
import { componentsOf } from './parts.ts';

const Parts = ({ stack }: { readonly stack: Stack }) => (
  <ul className="flex flex-wrap gap-1">
    {componentsOf(stack).map(([type, one]) => (
      <li key={one.id} title={`${oneOf(type)}: ${one.name || 'not shared with you'}`}>
        {one.body ? (
          <FlavorMark name={one.body.flavor_name} size="sm" />
        ) : (
          <span className="grid size-6 place-items-center rounded-md bg-hover text-faint">
            <Lock className="size-3.5" aria-hidden />
          </span>
        )}
        <span className="sr-only">
          {oneOf(type)}: {one.name || 'not shared with you'}
        </span>
      </li>
    ))}
  </ul>
);

const columns: Column<Stack>[] = [
  {
    id: 'name',
    head: 'Stack',
    sort: 'name',
    cell: (stack) => (
      <>
        <Link to={`/stacks/${stack.id}`} className="rounded font-medium hover:underline">
          {stack.name}
        </Link>
        {stack.metadata?.description && (
          <span className="block max-w-80 truncate text-xs text-faint">{stack.metadata.description}</span>
        )}
      </>
    ),
  },
  { id: 'components', head: 'Components', from: 'sm', cell: (stack) => <Parts stack={stack} /> },
  visibilityColumn({ from: 'lg' }),
  ownerNameColumn('the server', { from: 'md' }),
  changedColumn(),
  {
    id: 'share',
    head: 'Actions',
    quiet: true,
    className: 'w-12',
    cell: (stack) => <ShareButton small type="stack" thing={stack} />,
  },
];

export const StacksPage = () => {
  const [importing, setImporting] = useState(false);
  const blocked = useGate()('stack:create');
  const create = (
    <GatedLink blocked={blocked} to="/stacks/create" look="primary">
      <Plus aria-hidden />
      New stack
    </GatedLink>
  );
  return (
    <PageBody
      title="Stacks"
      intro="What pipelines run on: an orchestrator, an artifact store and more, under one name."
      actions={
        <>
          <Button blocked={blocked} onClick={() => setImporting(true)}>
            <Upload aria-hidden />
            Import
          </Button>
          {create}
        </>
      }
    >
      <ListView<Stack>
        things="stacks"
        thing="stack"
        path="/stacks"
        sort="asc:name"
        columns={columns}
        icon={<Boxes />}
        empty={
          <Empty icon={<Boxes />} title="No stack that you can see" action={create}>
            <div className="mt-3 text-left">
              <Command text="zenml stack register NAME -o ORCHESTRATOR -a ARTIFACT_STORE" />
            </div>
          </Empty>
        }
      />
      <ImportStack open={importing} onClose={() => setImporting(false)} />
    </PageBody>
  );
};
