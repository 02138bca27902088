import { Link } from '@tanstack/react-router';
import { Eraser, Package } from 'lucide-react';
import { useState } from 'react';
import { useProject } from '../../access/project.ts';
import { seg } from '../../api.ts';
import { useUrlState } from '../../resource/list-state.ts';
import { ListView } from '../../resource/list-view.tsx';
import type { Column } from '../../resource/table.tsx';
import { Badge, Empty } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { Command } from '../../ui/copy.tsx';
import { PageBody } from '../../ui/page.tsx';
import { createdColumn, latestColumn, ownerColumn } from '../things/columns.tsx';
import { PrivateMark } from '../things/parts.tsx';
import { tagsColumn } from '../things/tag-chips.tsx';
import { TagFilter } from '../things/tag-filter.tsx';
import { PruneDialog } from './prune.tsx';
import { kindOf, type Artifact } from './types.ts';

const columns = (project: string): Column<Artifact>[] => [
  {
    id: 'name',
    head: 'Artifact',
    sort: 'name',
    className: 'max-w-44 sm:max-w-80',
    cell: (artifact) => (
      <span className="flex items-center gap-2">
        <Link
          to={`/projects/${seg(project)}/artifacts/${artifact.id}`}
          className="min-w-0 truncate rounded font-medium hover:underline"
        >
          {artifact.name}
        </Link>
        <PrivateMark on={artifact.body.private} />
      </span>
    ),
  },
  latestColumn(`/projects/${seg(project)}/artifact-versions`),
  {
    id: 'kind',
    head: 'Kind',
    from: 'sm',
    cell: ({ resources }) =>
      resources?.latest_version_type ? <Badge>{kindOf(resources.latest_version_type)}</Badge> : null,
  },
  tagsColumn(),
  ownerColumn(),
  createdColumn({ from: 'lg' }),
];

export const ArtifactsPage = () => {
  const [search, set] = useUrlState();
  const project = useProject();
  const [pruning, setPruning] = useState(false);
  return (
    <PageBody
      title="Artifacts"
      intro="What steps wrote and read: data, models and more. Each time a step writes one, it gets a version."
      actions={
        <Button onClick={() => setPruning(true)}>
          <Eraser aria-hidden />
          Remove unused…
        </Button>
      }
    >
      <ListView<Artifact>
        things="artifacts"
        thing="artifact"
        path="/artifacts"
        project={project.name}
        query={{ hydrate: false, tags: search.tag && `equals:${search.tag}`, user: search.owner }}
        sort="desc:latest_version"
        columns={columns(project.name ?? '')}
        icon={<Package />}
        filters={<TagFilter type="artifact" value={search.tag} onChange={(tag) => set({ tag, page: undefined })} />}
        filtered={Boolean(search.tag || search.owner)}
        empty={
          <Empty icon={<Package />} title="No artifacts yet">
            What a step returns shows up here. Outside of a pipeline:
            <div className="mt-3 text-left">
              <Command
                label="Python to save an artifact"
                text={'from zenml import save_artifact\nsave_artifact(data, name="my_data")'}
              />
            </div>
          </Empty>
        }
      />
      {project.name && <PruneDialog project={project.name} open={pruning} onClose={() => setPruning(false)} />}
    </PageBody>
  );
};
