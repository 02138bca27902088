import { post, put } from '../../api.ts';
import { DialogForm } from '../../resource/dialog-form.tsx';
import { useForm } from '../../resource/form.ts';
import { useChange } from '../../resource/query.ts';
import { Check } from '../../ui/choice.tsx';
import { cx } from '../../ui/cx.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { TagDot, tagColors } from '../things/tag-dot.tsx';
import type { Tag } from '../things/types.ts';

interface Props {
  /** The one to edit; null where one is made; undefined while the dialog is closed. */
  readonly tag: Tag | null | undefined;
  readonly onClose: () => void;
}

export const TagDialog = (props: Props) => (
  <Dialog
    open={props.tag !== undefined}
    onClose={props.onClose}
    title={props.tag ? `Edit ${props.tag.name}` : 'New tag'}
  >
    <Body {...props} />
  </Dialog>
);

const Body = ({ tag, onClose }: Props) => {
  const save = useChange((body: object) => (tag ? put(`/tags/${tag.id}`, body) : post('/tags', body)), {
    quiet: true,
    done: tag ? 'Saved' : 'Tag created',
    then: onClose,
  });
  const form = useForm({
    initial: { name: tag?.name ?? '', color: tag?.body.color ?? 'blue', exclusive: tag?.body.exclusive ?? false },
    check: ({ name }) => ({ ...(!name.trim() && { name: 'Give it a name.' }) }),
    submit: (values) => save.mutateAsync({ ...values, name: values.name.trim() }),
  });
  return (
    <DialogForm form={form} action={tag ? 'Save' : 'Create tag'} onCancel={onClose}>
      <TextField label="Name" data-first autoComplete="off" spellCheck={false} {...form.text('name')} />
      <fieldset>
        <legend className="text-sm font-medium">Colour</legend>
        <div className="mt-2 flex flex-wrap gap-1.5">
          {tagColors.map((color) => (
            <label
              key={color}
              className={cx(
                'flex h-8 items-center gap-2 rounded-md border px-2.5 text-sm has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-text',
                form.values.color === color ? 'border-accent-text bg-accent-wash' : 'border-line hover:border-edge',
              )}
            >
              <input
                type="radio"
                name="color"
                value={color}
                checked={form.values.color === color}
                onChange={() => form.set('color', color)}
                className="sr-only"
              />
              <TagDot color={color} />
              {color}
            </label>
          ))}
        </div>
      </fieldset>
      <Check
        label="Exclusive"
        text="Sits on one run of a pipeline, or one version of an artifact, at a time: put on another, it leaves the first."
        checked={form.values.exclusive}
        onChange={(on) => form.set('exclusive', on)}
      />
    </DialogForm>
  );
};
