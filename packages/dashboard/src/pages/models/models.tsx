import { Link, useNavigate } from '@tanstack/react-router';
import { BrainCircuit, Plus } from 'lucide-react';
import { useState } from 'react';
import { useGate } from '../../access/me.ts';
import { useProject } from '../../access/project.ts';
import { seg } from '../../api.ts';
import { useUrlState } from '../../resource/list-state.ts';
import { ListView } from '../../resource/list-view.tsx';
import type { Column } from '../../resource/table.tsx';
import { Empty } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { Command } from '../../ui/copy.tsx';
import { PageBody } from '../../ui/page.tsx';
import { createdColumn, latestColumn, ownerColumn } from '../things/columns.tsx';
import { PrivateMark } from '../things/parts.tsx';
import { tagsColumn } from '../things/tag-chips.tsx';
import { TagFilter } from '../things/tag-filter.tsx';
import { ModelDialog } from './model-dialog.tsx';
import type { Model } from './types.ts';

const columns = (project: string): Column<Model>[] => [
  {
    id: 'name',
    head: 'Model',
    sort: 'name',
    className: 'max-w-44 sm:max-w-80',
    cell: (model) => (
      <span className="flex items-center gap-2">
        <span className="min-w-0">
          <Link
            to={`/projects/${seg(project)}/models/${model.id}`}
            className="block truncate rounded font-medium hover:underline"
          >
            {model.name}
          </Link>
          {model.metadata?.description && (
            <span className="block truncate text-xs text-faint">{model.metadata.description}</span>
          )}
        </span>
        <PrivateMark on={model.body.private} />
      </span>
    ),
  },
  latestColumn(`/projects/${seg(project)}/model-versions`),
  tagsColumn(),
  ownerColumn(),
  createdColumn({ from: 'lg' }),
];

export const ModelsPage = () => {
  const [search, set] = useUrlState();
  const project = useProject();
  const navigate = useNavigate();
  const [making, setMaking] = useState(false);
  const button = (
    <Button look="primary" blocked={useGate()('model:create', project.name)} onClick={() => setMaking(true)}>
      <Plus aria-hidden />
      New model
    </Button>
  );
  return (
    <PageBody
      title="Models"
      intro="A model by its name: its versions, what stage each is in, and the artifacts and runs that belong to it."
      actions={button}
    >
      <ListView<Model>
        things="models"
        thing="model"
        path="/models"
        project={project.name}
        query={{ tags: search.tag && `equals:${search.tag}` }}
        sort="desc:latest_version"
        columns={columns(project.name ?? '')}
        icon={<BrainCircuit />}
        filters={<TagFilter type="model" value={search.tag} onChange={(tag) => set({ tag, page: undefined })} />}
        filtered={Boolean(search.tag)}
        empty={
          <Empty icon={<BrainCircuit />} title="No models yet">
            A pipeline that names a model makes it, and a version of it with each run:
            <div className="mt-3 text-left">
              <Command
                label="Python to name a model"
                text={'from zenml import Model, pipeline\n\n@pipeline(model=Model(name="my_model"))\ndef train(): ...'}
              />
            </div>
          </Empty>
        }
      />
      {project.name && (
        <ModelDialog
          project={project.name}
          open={making}
          onClose={() => setMaking(false)}
          onDone={(model) => void navigate({ to: `/projects/${seg(project.name ?? '')}/models/${model.id}` })}
        />
      )}
    </PageBody>
  );
};
