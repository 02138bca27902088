import { Link, useNavigate } from '@tanstack/react-router';
import { BrainCircuit, GitCompareArrows, Plus } from 'lucide-react';
import { useState } from 'react';
import { rowGate } from '../../access/me.ts';
import { post, seg } from '../../api.ts';
import { DialogForm } from '../../resource/dialog-form.tsx';
import { useForm } from '../../resource/form.ts';
import { useListState } from '../../resource/list-state.ts';
import { useChange, useProjectList } from '../../resource/query.ts';
import { ListTable, type Column } from '../../resource/table.tsx';
import { Filter } from '../../resource/toolbar.tsx';
import { Empty } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { AreaField, TextField } from '../../ui/field.tsx';
import { createdColumn, ownerColumn } from '../things/columns.tsx';
import { tagsColumn } from '../things/tag-chips.tsx';
import { StageBadge } from './stage.tsx';
import { stages, type Model, type ModelVersion } from './types.ts';

interface Picking {
  readonly picked: readonly string[];
  readonly pick: (id: string) => void;
}

const columns = (project: string, { picked, pick }: Picking): Column<ModelVersion>[] => [
  {
    id: 'pick',
    head: 'Choose for comparing',
    quiet: true,
    className: 'w-9 pr-0!',
    cell: (version) => (
      <label className="-m-2 grid size-8 place-items-center">
        <input
          type="checkbox"
          className="size-4 accent-(--accent)"
          aria-label={`Compare version ${version.name}`}
          checked={picked.includes(version.id)}
          onChange={() => pick(version.id)}
        />
      </label>
    ),
  },
  {
    id: 'version',
    head: 'Version',
    sort: 'number',
    className: 'max-w-56',
    cell: (version) => (
      <Link
        to={`/projects/${seg(project)}/model-versions/${version.id}`}
        className="block truncate rounded font-medium nums hover:underline"
      >
        {version.name}
        {version.name !== String(version.body.number) && (
          <span className="font-normal text-faint"> · {version.body.number}</span>
        )}
      </Link>
    ),
  },
  { id: 'stage', head: 'Stage', cell: (version) => <StageBadge stage={version.body.stage} /> },
  tagsColumn(2),
  ownerColumn({ head: 'By', from: 'md' }),
  createdColumn(),
];

export const ModelVersions = ({ model, project }: { readonly model: Model; readonly project: string }) => {
  const state = useListState();
  const navigate = useNavigate();
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [making, setMaking] = useState(false);
  const pick = (id: string): void =>
    setPicked((before) => (before.includes(id) ? before.filter((one) => one !== id) : [...before, id]));
  const list = useProjectList<ModelVersion>('/model_versions', project, {
    model: model.id,
    stage: state.search.stage,
    page: state.page,
    sort_by: state.sort ?? 'desc:number',
  });
  return (
    <section aria-labelledby="versions" className="min-w-0">
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <h2 id="versions" className="grow font-semibold">
          Versions
        </h2>
        <Filter
          label="Stage"
          all="Any stage"
          options={stages.filter((one) => one.value !== 'none').map(({ value, label }) => ({ value, label }))}
          value={state.search.stage}
          onChange={(stage) => state.set({ stage })}
        />
        <Button
          size="sm"
          blocked={picked.length < 2 ? 'Choose two or more versions first.' : null}
          onClick={() =>
            void navigate({
              to: `/projects/${seg(project)}/models/${model.id}/compare`,
              search: { ids: picked.join(',') },
            })
          }
        >
          <GitCompareArrows aria-hidden />
          Compare{picked.length > 1 ? ` ${picked.length}` : ''}
        </Button>
        <Button size="sm" blocked={rowGate(model, 'model', 'update')} onClick={() => setMaking(true)}>
          <Plus aria-hidden />
          New version
        </Button>
      </div>
      <ListTable
        label="Versions"
        columns={columns(project, { picked, pick })}
        list={list}
        state={state}
        empty={
          <Empty icon={<BrainCircuit />} title={state.search.stage ? 'No version in this stage' : 'No versions yet'}>
            {!state.search.stage && 'The next run of a pipeline that names this model makes one.'}
          </Empty>
        }
      />
      <Dialog
        open={making}
        onClose={() => setMaking(false)}
        title={`New version of ${model.name}`}
        description="Pipelines make versions by themselves; this one is empty until something is linked to it."
      >
        <NewVersion model={model} project={project} onClose={() => setMaking(false)} />
      </Dialog>
    </section>
  );
};

const NewVersion = ({
  model,
  project,
  onClose,
}: {
  readonly model: Model;
  readonly project: string;
  readonly onClose: () => void;
}) => {
  const make = useChange((body: object) => post('/model_versions', body), {
    quiet: true,
    done: 'Version created',
    then: onClose,
  });
  const form = useForm({
    initial: { name: '', description: '' },
    submit: ({ name, description }) =>
      make.mutateAsync({
        project,
        model: model.id,
        ...(name.trim() && { name: name.trim() }),
        ...(description.trim() && { description: description.trim() }),
      }),
  });
  return (
    <DialogForm form={form} action="Create version" onCancel={onClose}>
      <TextField
        label="Name"
        optional
        hint="Without one it is called by its number."
        data-first
        autoComplete="off"
        spellCheck={false}
        {...form.text('name')}
      />
      <AreaField label="Description" optional {...form.text('description')} />
    </DialogForm>
  );
};
