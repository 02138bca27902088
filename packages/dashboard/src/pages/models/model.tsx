import { useParams } from '@tanstack/react-router';
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { rowGate } from '../../access/me.ts';
import { AskInstead } from '../../access/share/request-form.tsx';
import { ShareButton } from '../../access/share/share-button.tsx';
import { useProject } from '../../access/project.ts';
import { seg } from '../../api.ts';
import { useRead } from '../../resource/query.ts';
import { Until } from '../../resource/until.tsx';
import { useName } from '../../shell/names.ts';
import { Card } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { Command } from '../../ui/copy.tsx';
import { Facts } from '../../ui/facts.tsx';
import { PageBody } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { DeleteButton } from '../things/delete-button.tsx';
import { OwnerName, PrivateMark, quoted } from '../things/parts.tsx';
import { TagsCard } from '../things/tags.tsx';
import { ModelDialog } from './model-dialog.tsx';
import { ModelVersions } from './model-versions.tsx';
import { aboutFields, type Model } from './types.ts';

export const ModelPage = () => {
  const { model: id = '' } = useParams({ strict: false }) as { model?: string };
  const project = useProject().name ?? '';
  const model = useRead<Model>(`/models/${seg(id)}`, { hydrate: true });
  const { data } = model;
  useName(id, data?.name);
  const told = aboutFields.filter(([key]) => key !== 'description' && data?.metadata?.[key]);
  return (
    <PageBody
      title={data?.name ?? 'Model'}
      lead={data && <PrivateMark on={data.body.private} />}
      intro={data?.metadata?.description || 'A model and its versions'}
      actions={data && <Actions model={data} project={project} />}
    >
      <Until read={model}>
        <AskInstead error={model.error} type="model" id={id} />
      </Until>
      {data && (
        <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_21rem]">
          <ModelVersions model={data} project={project} />
          <div className="grid min-w-0 gap-4">
            <TagsCard path={`/models/${data.id}`} thing={data} type="model" />
            <Card title="About it">
              <Facts
                facts={[
                  ['Owner', <OwnerName key="owner" user={data.resources?.user} />],
                  ['Created', <Time key="created" at={data.body.created} />],
                  ...told.map(
                    ([key, label]) =>
                      [
                        label,
                        <span key={key} className="whitespace-pre-line">
                          {data.metadata?.[key]}
                        </span>,
                      ] as const,
                  ),
                ]}
              />
            </Card>
            <Card title="Use it in Python">
              <Command
                label="Python to use the model"
                text={`from zenml import Model, pipeline\n\n@pipeline(model=Model(\n    name=${quoted(data.name)}\n))\ndef train(): ...`}
              />
            </Card>
          </div>
        </div>
      )}
    </PageBody>
  );
};

const Actions = ({ model, project }: { readonly model: Model; readonly project: string }) => {
  const [editing, setEditing] = useState(false);
  return (
    <>
      <ShareButton type="model" thing={model} />
      <Button blocked={rowGate(model, 'model', 'update')} onClick={() => setEditing(true)}>
        <Pencil aria-hidden />
        Edit
      </Button>
      <ModelDialog
        model={model}
        project={project}
        open={editing}
        onClose={() => setEditing(false)}
        onDone={() => undefined}
      />
      <DeleteButton
        thing={model}
        type="model"
        path={`/models/${model.id}`}
        name={model.name}
        typed={model.name}
        back={`/projects/${seg(project)}/models`}
      >
        <p>
          The model goes with all its versions, their stages, metadata and links. Runs and artifacts stay. This cannot
          be undone.
        </p>
      </DeleteButton>
    </>
  );
};
