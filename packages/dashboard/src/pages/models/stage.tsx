import { useState } from 'react';
import { rowGate } from '../../access/me.ts';
import { put } from '../../api.ts';
import { useChange, useProjectList } from '../../resource/query.ts';
import { Badge, type Tone } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { ChoiceCards } from '../../ui/choice.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { Notice, Problem } from '../../ui/notice.tsx';
import { stages, type ModelVersion } from './types.ts';

const tones: Readonly<Record<string, Tone>> = { production: 'good', staging: 'accent' };

export const StageBadge = ({ stage }: { readonly stage: string | null | undefined }) =>
  stage && stage !== 'none' ? <Badge tone={tones[stage] ?? 'plain'}>{stage}</Badge> : null;

/** Moves a version to another stage, and says before which version gives way. */
export const StageButton = ({ version }: { readonly version: ModelVersion }) => {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        look="primary"
        blocked={rowGate(version, 'model', 'promote') ?? rowGate(version, 'model', 'update')}
        onClick={() => setOpen(true)}
      >
        Change stage
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={`Stage of ${version.body.model.name}, version ${version.name}`}
      >
        <Body version={version} onClose={() => setOpen(false)} />
      </Dialog>
    </>
  );
};

const Body = ({ version, onClose }: { readonly version: ModelVersion; readonly onClose: () => void }) => {
  const now = version.body.stage ?? 'none';
  const [stage, setStage] = useState<string>(now);
  const single = stage === 'staging' || stage === 'production';
  const holders = useProjectList<ModelVersion>('/model_versions', version.body.project_id, {
    model: version.body.model.id,
    stage,
    size: 2,
  });
  const holder = single
    ? holders.data?.items.find((one) => one.id !== version.id && one.body.stage === stage)
    : undefined;
  const save = useChange(() => put(`/model_versions/${version.id}`, { stage, force: true }), {
    quiet: true,
    done: stage === 'none' ? 'It has no stage now' : `Now in ${stage}`,
    then: onClose,
  });
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined);
      }}
    >
      <ChoiceCards legend="Stage" choices={stages} value={stage} onChange={setStage} />
      {holder && (
        <Notice kind="warn" role="status">
          Version {holder.name} is in {stage} now. It gives way and becomes archived.
        </Notice>
      )}
      <Problem error={save.error} />
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          look="primary"
          busy={save.isPending}
          blocked={stage === now ? 'It is in this stage already.' : null}
        >
          {holder ? `Archive ${holder.name} and promote` : 'Change stage'}
        </Button>
      </DialogActions>
    </form>
  );
};
