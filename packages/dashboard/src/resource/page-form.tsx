import type { FormEvent, ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { Problem } from '../ui/notice.tsx';

interface PageFormProps {
  /** What `useForm` gave. */
  readonly form: { readonly onSubmit: (event: FormEvent) => Promise<void>; readonly busy: boolean };
  readonly action: string;
  readonly onCancel: () => void;
  /** What is to be said above the buttons; null where a field says it already. */
  readonly failure: unknown;
  /** Another button, before these. */
  readonly beside?: ReactNode;
  readonly children: ReactNode;
}

/**
 * The form that is a page: its cards, what went wrong, and the buttons. Parts of it may check themselves (a configuration by
 * its schema), so the first field that is wrong is looked for once all of them have said so.
 */
export const PageForm = ({ form, action, onCancel, failure, beside, children }: PageFormProps) => (
  <form
    className="grid gap-5"
    noValidate
    onSubmit={(event) => {
      // It may stand in a dialog over another form.
      event.stopPropagation();
      const { currentTarget } = event;
      void form.onSubmit(event).then(() => focusProblem(currentTarget));
    }}
  >
    {children}
    <Problem error={failure} />
    <div className="flex flex-wrap justify-end gap-2">
      {beside}
      <Button onClick={onCancel}>Cancel</Button>
      <Button type="submit" look="primary" busy={form.busy}>
        {action}
      </Button>
    </div>
  </form>
);

const focusProblem = (form: HTMLElement): void => {
  requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
};
