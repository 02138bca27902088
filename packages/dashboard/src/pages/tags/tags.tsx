import { Link } from '@tanstack/react-router';
import { Plus, Tag as TagIcon } from 'lucide-react';
import { useState } from 'react';
import { rowGate, useGate } from '../../access/me.ts';
import { useProject } from '../../access/project.ts';
import { remove, seg } from '../../api.ts';
import { useChange } from '../../resource/query.ts';
import { ListView } from '../../resource/list-view.tsx';
import { RowMenu } from '../../resource/row-menu.tsx';
import type { Column } from '../../resource/table.tsx';
import { Badge, Empty } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { PageBody } from '../../ui/page.tsx';
import { createdColumn, ownerColumn } from '../things/columns.tsx';
import { TagDot } from '../things/tag-dot.tsx';
import type { Tag } from '../things/types.ts';
import { TagDialog } from './tag-dialog.tsx';

interface Doing {
  readonly edit: (tag: Tag) => void;
  readonly drop: (tag: Tag) => void;
  readonly project: string | null | undefined;
}

const Actions = ({ tag, edit, drop, project }: Doing & { readonly tag: Tag }) => {
  const shown = (what: string) =>
    project
      ? {
          label: `Show ${what} with it`,
          link: <Link to={`/projects/${seg(project)}/${what}`} search={{ tag: tag.name }} />,
        }
      : null;
  return (
    <RowMenu
      name={tag.name}
      entries={[
        shown('artifacts'),
        shown('models'),
        'line',
        { label: 'Edit', blocked: rowGate(tag, 'tag', 'update'), onSelect: () => edit(tag) },
        { label: 'Delete', danger: true, blocked: rowGate(tag, 'tag', 'delete'), onSelect: () => drop(tag) },
      ]}
    />
  );
};

const columns = (doing: Doing): Column<Tag>[] => [
  {
    id: 'name',
    head: 'Tag',
    sort: 'name',
    className: 'max-w-80',
    cell: (tag) => (
      <span className="flex items-center gap-2">
        <TagDot color={tag.body.color} />
        <span className="truncate font-medium">{tag.name}</span>
        {tag.body.exclusive && <Badge title="Sits on one run or version at a time">exclusive</Badge>}
      </span>
    ),
  },
  {
    id: 'count',
    head: 'On',
    className: 'nums text-soft',
    cell: (tag) => {
      const count = tag.metadata?.tagged_count ?? 0;
      return count === 1 ? '1 thing' : `${count} things`;
    },
  },
  ownerColumn({ head: 'Made by' }),
  createdColumn({ from: 'md' }),
  { id: 'menu', head: 'Actions', quiet: true, className: 'w-12', cell: (tag) => <Actions tag={tag} {...doing} /> },
];

export const TagsPage = () => {
  const project = useProject();
  const [editing, setEditing] = useState<Tag | null | undefined>(undefined);
  const [dropping, setDropping] = useState<Tag | null>(null);
  const drop = useChange((tag: Tag) => remove(`/tags/${tag.id}`), { quiet: true, done: 'Tag deleted' });
  const count = dropping?.metadata?.tagged_count ?? 0;
  const button = (
    <Button look="primary" blocked={useGate()('tag:create')} onClick={() => setEditing(null)}>
      <Plus aria-hidden />
      New tag
    </Button>
  );
  return (
    <PageBody
      title="Tags"
      intro="Words that pipelines, runs, artifacts and models carry, in all projects."
      actions={button}
    >
      <ListView<Tag>
        things="tags"
        thing="tag"
        path="/tags"
        sort="asc:name"
        columns={columns({ edit: setEditing, drop: setDropping, project: project.name })}
        icon={<TagIcon />}
        empty={
          <Empty icon={<TagIcon />} title="No tags yet">
            Put one on an artifact or a model, or let a pipeline do it.
          </Empty>
        }
      />
      <TagDialog tag={editing} onClose={() => setEditing(undefined)} />
      <Confirm
        open={dropping !== null}
        onClose={() => setDropping(null)}
        title={`Delete the tag ${dropping?.name ?? ''}?`}
        action="Delete"
        run={async () => dropping && drop.mutateAsync(dropping)}
      >
        <p>
          {count > 0
            ? `It comes off ${count === 1 ? 'the one thing' : `the ${count} things`} that you see it on, and off those that you do not see. The things stay.`
            : 'Nothing that you can see carries it.'}
        </p>
      </Confirm>
    </PageBody>
  );
};
