import type { Envelope } from '../../../api.ts';
import { useRead } from '../../../resource/query.ts';
import { Command } from '../../../ui/copy.tsx';
import type { RunDetail } from './data.ts';

type Snapshot = Envelope<
  unknown,
  { pipeline_spec?: { source?: { module?: string; attribute?: string } | null } | null }
>;

/** Runs start where their code is. The commands that start the same pipeline, on the same stack, in the same project. */
export const Again = ({ run, project }: { readonly run: RunDetail; readonly project: string }) => {
  const id = run.resources?.snapshot?.id;
  const snapshot = useRead<Snapshot>(`/pipeline_snapshots/${id}`, { hydrate: true }, Boolean(id));
  const source = snapshot.data?.metadata?.pipeline_spec?.source;
  const { stack, code_reference: code } = run.resources ?? {};
  const start = source?.module && source.attribute ? `zenml pipeline run ${source.module}.${source.attribute}` : null;
  const commands = [
    code && `git checkout ${code.body.commit}`,
    `zenml project set ${project}`,
    stack?.name && `zenml stack set ${stack.name}`,
    start ?? 'python your_pipeline.py',
  ];
  return (
    <div className="grid grid-cols-1 gap-3 text-sm">
      <p className="text-soft">
        A run starts where its code is. In the folder of the code, with a client that is logged in to this server:
      </p>
      <Command label="commands" text={commands.filter(Boolean).join('\n')} />
      <p className="text-soft">Steps whose code, parameters and inputs have not changed are taken from the cache.</p>
    </div>
  );
};
