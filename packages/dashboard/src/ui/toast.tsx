import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { useSyncExternalStore } from 'react';

interface Message {
  readonly id: number;
  readonly text: string;
  readonly bad: boolean;
}

let messages: readonly Message[] = [];
let next = 1;
const listeners = new Set<() => void>();
const change = (to: readonly Message[]): void => {
  messages = to;
  for (const listener of listeners) listener();
};
const drop = (id: number): void => change(messages.filter((message) => message.id !== id));
const say = (text: string, bad: boolean): void => {
  const id = next++;
  change([...messages.filter((message) => message.text !== text), { id, text, bad }].slice(-3));
  setTimeout(() => drop(id), bad ? 9000 : 4500);
};

export const toast = { good: (text: string) => say(text, false), bad: (text: string) => say(text, true) };

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The live regions are always there: a screen reader announces only what changes inside a region that it already knows. */
export const Toaster = () => {
  const shown = useSyncExternalStore(subscribe, () => messages);
  return (
    <section
      aria-label="Notifications"
      className="pointer-events-none fixed inset-x-3 bottom-3 z-70 grid justify-items-end gap-2 sm:left-auto"
    >
      {[true, false].map((bad) => (
        <div key={String(bad)} aria-live={bad ? 'assertive' : 'polite'} className="grid justify-items-end gap-2">
          {shown
            .filter((message) => message.bad === bad)
            .map((message) => (
              <div
                key={message.id}
                className="pointer-events-auto flex max-w-sm items-start gap-2.5 rounded-lg border border-line bg-raised py-2 pr-1.5 pl-3 text-sm shadow-pop"
              >
                {bad ? (
                  <CircleAlert className="mt-1.5 size-4 shrink-0 text-danger-text" aria-hidden />
                ) : (
                  <CircleCheck className="mt-1.5 size-4 shrink-0 text-good" aria-hidden />
                )}
                <span className="grow py-1 wrap-anywhere">{message.text}</span>
                <button
                  type="button"
                  aria-label="Dismiss"
                  onClick={() => drop(message.id)}
                  className="grid size-7 shrink-0 place-items-center rounded-md text-faint hover:bg-hover hover:text-ink"
                >
                  <X className="size-3.5" aria-hidden />
                </button>
              </div>
            ))}
        </div>
      ))}
    </section>
  );
};
