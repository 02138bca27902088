import { Link } from '@tanstack/react-router';
import { GitCompareArrows, Tag, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { rowGate } from '../../access/me.ts';
import { put, remove, seg } from '../../api.ts';
import { DialogForm } from '../../resource/dialog-form.tsx';
import { useForm } from '../../resource/form.ts';
import { useChange } from '../../resource/query.ts';
import type { Selection } from '../../resource/selection.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { buttonClass } from '../../ui/button-class.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import type { Run } from '../ml/types.ts';

/** More than these do not fit beside each other. */
const most = 8;

interface Props {
  readonly project: string;
  readonly selection: Selection<Run>;
}

/** Why it cannot be done with all of them; null when it can. */
const allMay = (runs: readonly Run[], action: string): string | null => {
  const refused = runs.filter((run) => rowGate(run, 'run', action));
  if (refused.length === 0) return null;
  const which = refused.length === runs.length ? 'these runs' : `${refused.length} of these runs`;
  return `You may not ${action} ${which}: you need the permission run:${action} on each.`;
};

/** One after another, so that what was refused can be told; what worked has worked. */
const each = async (runs: readonly Run[], act: (run: Run) => Promise<unknown>): Promise<void> => {
  let done = 0;
  for (const run of runs) {
    try {
      await act(run);
      done += 1;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(done === 0 ? reason : `${done} of ${runs.length} done, then: ${reason}`, { cause: error });
    }
  }
};

const TagRuns = ({ runs, onClose }: { readonly runs: readonly Run[]; readonly onClose: () => void }) => {
  const change = useChange((tag: string) => each(runs, (run) => put(`/runs/${run.id}`, { add_tags: [tag] })), {
    quiet: true,
    done: 'Tagged',
    then: onClose,
  });
  const form = useForm({
    initial: { tag: '' },
    check: (values) => ({ ...(!values.tag.trim() && { tag: 'Name the tag.' }) }),
    submit: (values) => change.mutateAsync(values.tag.trim()),
  });
  return (
    <DialogForm form={form} action={`Put on ${runs.length}`} onCancel={onClose}>
      <TextField
        label="Tag"
        hint="A tag that does not exist yet is made."
        data-first
        autoComplete="off"
        spellCheck={false}
        {...form.text('tag')}
      />
    </DialogForm>
  );
};

/** What can be done with several runs at once; nothing as long as none is chosen. */
export const RunBulk = ({ project, selection }: Props) => {
  const { rows } = selection;
  const [open, setOpen] = useState<'tag' | 'delete' | null>(null);
  const close = (): void => setOpen(null);
  const drop = useChange(() => each(rows, (run) => remove(`/runs/${run.id}`)), {
    quiet: true,
    done: 'Deleted',
    then: selection.clear,
  });
  const things = `${rows.length} ${rows.length === 1 ? 'run' : 'runs'}`;
  const comparable = rows.length >= 2 && rows.length <= most;
  return (
    <>
      {rows.length > 0 && (
        <div
          role="group"
          aria-label="Chosen runs"
          className="sticky top-14 z-10 mb-3 flex flex-wrap items-center gap-2 rounded-lg border border-accent-text/40 bg-accent-wash px-3 py-1.5"
        >
          <span className="mr-auto text-sm font-medium text-accent-text nums" aria-live="polite">
            {things} chosen
          </span>
          {comparable ? (
            <Link
              to={`/projects/${seg(project)}/runs/compare`}
              search={{ ids: rows.map((run) => run.id).join(',') }}
              className={buttonClass({ size: 'sm' })}
            >
              <GitCompareArrows aria-hidden />
              Compare
            </Link>
          ) : (
            <Button size="sm" blocked={`Choose 2 to ${most} runs to compare them.`}>
              <GitCompareArrows aria-hidden />
              Compare
            </Button>
          )}
          <Button size="sm" blocked={allMay(rows, 'update')} onClick={() => setOpen('tag')}>
            <Tag aria-hidden />
            Tag
          </Button>
          <Button size="sm" look="danger-ghost" blocked={allMay(rows, 'delete')} onClick={() => setOpen('delete')}>
            <Trash2 aria-hidden />
            Delete
          </Button>
          <IconButton label="Choose none" onClick={selection.clear}>
            <X aria-hidden />
          </IconButton>
        </div>
      )}
      <Dialog open={open === 'tag'} onClose={close} title={`Tag ${things}`}>
        <TagRuns runs={rows} onClose={close} />
      </Dialog>
      <Confirm
        open={open === 'delete'}
        onClose={close}
        title={`Delete ${things}?`}
        action="Delete for good"
        run={() => drop.mutateAsync(undefined)}
      >
        <p>Their steps, logs and metadata go with them and cannot be brought back. Artifacts that they made stay.</p>
        <ul className="max-h-40 list-inside list-disc overflow-y-auto text-ink">
          {rows.map((run) => (
            <li key={run.id} className="truncate">
              {run.name}
            </li>
          ))}
        </ul>
      </Confirm>
    </>
  );
};
