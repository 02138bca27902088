import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { Button } from './button.tsx';
import { Dialog, DialogActions } from './dialog.tsx';
import { TextField } from './field.tsx';
import { Problem } from './notice.tsx';

interface ConfirmProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly children: ReactNode;
  readonly action: string;
  /** The name that has to be typed first, for what cannot be undone. */
  readonly typed?: string;
  readonly harmless?: boolean;
  readonly run: () => Promise<unknown>;
}

const Hinder = createContext<(on: boolean) => void>(() => {});

/** Says from inside of a question that something stands in the way: then there is nothing to confirm. */
export const useHinder = (on: boolean): void => {
  const hinder = useContext(Hinder);
  useEffect(() => {
    hinder(on);
    return () => hinder(false);
  }, [on, hinder]);
};

export const Confirm = (props: ConfirmProps) => (
  <Dialog open={props.open} onClose={props.onClose} title={props.title}>
    <Body {...props} />
  </Dialog>
);

const Body = ({ onClose, children, action, typed, harmless, run }: ConfirmProps) => {
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [hindered, setHindered] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const go = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await run();
      onClose();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  const wrong = typed !== undefined && text !== typed;
  return (
    <form
      className="grid grid-cols-1 gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        if (!wrong && !busy && !hindered) void go();
      }}
    >
      <div className="grid grid-cols-1 gap-3 text-sm text-soft">
        <Hinder value={setHindered}>{children}</Hinder>
      </div>
      {typed !== undefined && !hindered && (
        <TextField
          label={
            <>
              Type <span className="font-mono font-semibold text-ink">{typed}</span> to confirm
            </>
          }
          value={text}
          onChange={setText}
          data-first
          autoComplete="off"
          spellCheck={false}
        />
      )}
      <Problem error={error} />
      <DialogActions>
        <Button onClick={onClose} data-first={typed === undefined || undefined}>
          {hindered ? 'Close' : 'Cancel'}
        </Button>
        {!hindered && (
          <Button type="submit" look={harmless ? 'primary' : 'danger'} busy={busy} disabled={wrong}>
            {action}
          </Button>
        )}
      </DialogActions>
    </form>
  );
};
