import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import { cx } from './cx.ts';

interface DialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly children: ReactNode;
  readonly wide?: boolean;
}

const backdrop =
  'fixed inset-0 z-40 bg-black/35 transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0 dark:bg-black/60';
const close =
  'inline-flex size-8 shrink-0 items-center justify-center rounded-md text-soft hover:bg-hover hover:text-ink';

/**
 * The field to begin with carries `data-first`. Not `autoFocus`: that moves the focus before the dialog has noted where it
 * came from, and then it cannot be given back.
 */
export const Dialog = ({ open, onClose, title, description, children, wide }: DialogProps) => {
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={backdrop} />
        <Base.Viewport className="fixed inset-0 z-50 grid place-items-start justify-items-center overflow-y-auto p-3 pt-[6vh] sm:p-6 sm:pt-[10vh]">
          <Base.Popup
            ref={popup}
            initialFocus={() => popup.current?.querySelector<HTMLElement>('[data-first]') ?? true}
            className={cx(
              'w-full rounded-xl border border-line bg-raised shadow-pop transition duration-150 data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0',
              wide ? 'max-w-2xl' : 'max-w-lg',
            )}
          >
            <header className="flex items-start gap-3 px-5 pt-4.5">
              <div className="min-w-0 grow">
                <Base.Title className="text-lg font-semibold tracking-tight">{title}</Base.Title>
                {description && <Base.Description className="mt-1 text-sm text-soft">{description}</Base.Description>}
              </div>
              <Base.Close className={cx(close, '-mt-1 -mr-2')} aria-label="Close">
                <X className="size-4" aria-hidden />
              </Base.Close>
            </header>
            <div className="px-5 pt-4 pb-5">{children}</div>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
};

export const DialogActions = ({ children }: { readonly children: ReactNode }) => (
  <div className="mt-6 flex flex-wrap items-center justify-end gap-2">{children}</div>
);

export const Drawer = ({ open, onClose, title, description, children }: DialogProps) => {
  // The drawer itself takes the focus: its first button would be the one that closes it.
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={backdrop} />
        <Base.Popup
          ref={popup}
          initialFocus={popup}
          className="outline-none fixed inset-y-0 right-0 z-50 flex w-full max-w-xl flex-col border-l border-line bg-raised shadow-pop transition-transform duration-200 ease-out data-ending-style:translate-x-full data-starting-style:translate-x-full"
        >
          <header className="flex items-start gap-3 border-b px-5 py-4">
            <div className="min-w-0 grow">
              <Base.Title className="text-lg font-semibold tracking-tight">{title}</Base.Title>
              {description && (
                <Base.Description render={<div />} className="mt-0.5 text-sm text-soft">
                  {description}
                </Base.Description>
              )}
            </div>
            <Base.Close className={cx(close, '-mr-2')} aria-label="Close">
              <X className="size-4" aria-hidden />
            </Base.Close>
          </header>
          <div className="min-h-0 grow overflow-y-auto px-5 py-4" tabIndex={-1}>
            {children}
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
};
