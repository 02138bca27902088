import { GitBranch, Pencil, Plus, Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { rowGate, useGate } from '../../access/me.ts';
import { ShareButton } from '../../access/share/share-button.tsx';
import { useProject } from '../../access/project.ts';
import { remove } from '../../api.ts';
import { ListView } from '../../resource/list-view.tsx';
import { useChange } from '../../resource/query.ts';
import { RowMenu } from '../../resource/row-menu.tsx';
import type { Column } from '../../resource/table.tsx';
import { Empty } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Command } from '../../ui/copy.tsx';
import { PageBody } from '../../ui/page.tsx';
import { createdColumn, ownerNameColumn, visibilityColumn } from '../things/columns.tsx';
import { RepositoryDialog } from './repository-dialog.tsx';
import { kindOf, kinds, sourceText, type Repository } from './types.ts';

/** `owner/repository`, or what the class of one's own is called. */
const where = (one: Repository): string => {
  const config = one.metadata?.config ?? {};
  const path = [config.owner ?? config.group, config.repository ?? config.project].filter(Boolean).join('/');
  return path || sourceText(one.body.source);
};

const columns = (menu: (one: Repository) => ReactNode): Column<Repository>[] => [
  {
    id: 'name',
    head: 'Repository',
    sort: 'name',
    cell: (one) => (
      <>
        <span className="font-medium">{one.name}</span>
        {one.metadata?.description && (
          <span className="block max-w-80 truncate text-xs text-faint">{one.metadata.description}</span>
        )}
      </>
    ),
  },
  { id: 'kind', head: 'Kind', from: 'sm', className: 'text-soft', cell: (one) => kinds[kindOf(one)]?.label },
  { id: 'where', head: 'Where', className: 'max-w-72 truncate font-mono text-soft', cell: where },
  visibilityColumn({ from: 'lg' }),
  ownerNameColumn('nobody', { from: 'md' }),
  createdColumn({ head: 'Connected', from: 'md' }),
  {
    id: 'share',
    head: 'Share',
    quiet: true,
    className: 'w-12',
    cell: (one) => <ShareButton small type="code_repository" thing={one} />,
  },
  { id: 'menu', head: 'Actions', quiet: true, className: 'w-12 text-right', cell: menu },
];

export const RepositoriesPage = () => {
  const { name: project } = useProject();
  const [editing, setEditing] = useState<{ readonly one: Repository | null } | null>(null);
  const [removing, setRemoving] = useState<Repository | null>(null);
  const drop = useChange((one: Repository) => remove(`/code_repositories/${one.id}`), {
    quiet: true,
    done: 'Disconnected',
  });
  const button = (
    <Button
      look="primary"
      blocked={useGate()('code_repository:create', project)}
      onClick={() => setEditing({ one: null })}
    >
      <Plus aria-hidden />
      Connect a repository
    </Button>
  );
  const menu = (one: Repository) => (
    <RowMenu
      name={one.name}
      entries={[
        {
          label: 'Edit',
          icon: <Pencil aria-hidden />,
          blocked: rowGate(one, 'code_repository', 'update'),
          onSelect: () => setEditing({ one }),
        },
        {
          label: 'Disconnect',
          icon: <Trash2 aria-hidden />,
          danger: true,
          blocked: rowGate(one, 'code_repository', 'delete'),
          onSelect: () => setRemoving(one),
        },
      ]}
    />
  );
  return (
    <PageBody
      title="Code repositories"
      intro="Where the code of pipelines lives, so that each run can say which commit it ran."
      actions={button}
    >
      <ListView<Repository>
        things="repositories"
        thing="repository"
        label="Code repositories"
        path="/code_repositories"
        project={project}
        sort="asc:name"
        columns={columns(menu)}
        icon={<GitBranch />}
        empty={
          <Empty icon={<GitBranch />} title="No repository that you can see" action={button}>
            <div className="mt-3 text-left">
              <Command text="zenml code-repository register NAME --type=github --owner=OWNER --repository=REPOSITORY" />
            </div>
          </Empty>
        }
      />
      <RepositoryDialog
        project={project ?? ''}
        repository={editing?.one ?? null}
        open={editing !== null}
        onClose={() => setEditing(null)}
      />
      <Confirm
        open={removing !== null}
        onClose={() => setRemoving(null)}
        title={`Disconnect ${removing?.name ?? ''}?`}
        action="Disconnect"
        run={async () => removing && drop.mutateAsync(removing)}
      >
        <p>
          The repository itself stays as it is. Runs that were started from it keep their commit but no longer lead to
          it, and snapshots that take their code from it can no longer be run.
        </p>
      </Confirm>
    </PageBody>
  );
};
