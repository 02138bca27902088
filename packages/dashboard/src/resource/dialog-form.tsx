import type { FormEvent, ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { DialogActions } from '../ui/dialog.tsx';
import { Problem } from '../ui/notice.tsx';

interface DialogFormProps {
  /** What `useForm` gave. */
  readonly form: {
    readonly onSubmit: (event?: FormEvent) => Promise<void>;
    readonly failure: Error | null;
    readonly busy: boolean;
  };
  /** What the button that sends it says. */
  readonly action: ReactNode;
  readonly onCancel: () => void;
  /** The words for that, where one goes back rather than out. */
  readonly cancel?: string;
  /** It takes something away. */
  readonly danger?: boolean;
  /** It failed, but a field says why already. */
  readonly told?: boolean;
  /** For fields that are larger than a line. */
  readonly roomy?: boolean;
  readonly children: ReactNode;
}

/** The form in a dialog: its fields, what went wrong, and the way out before the way on. */
export const DialogForm = ({
  form,
  action,
  onCancel,
  cancel = 'Cancel',
  danger,
  told,
  roomy,
  children,
}: DialogFormProps) => (
  <form
    className={cx('grid grid-cols-1', roomy ? 'gap-5' : 'gap-4')}
    onSubmit={(event) => void form.onSubmit(event)}
    noValidate
  >
    {children}
    <Problem error={told ? null : form.failure} />
    <DialogActions>
      <Button onClick={onCancel}>{cancel}</Button>
      <Button type="submit" look={danger ? 'danger' : 'primary'} busy={form.busy}>
        {action}
      </Button>
    </DialogActions>
  </form>
);
