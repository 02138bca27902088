import { Link } from '@tanstack/react-router';
import { Check, Circle, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useGate, useMe } from '../../access/me.ts';
import { needs } from '../../access/needs.ts';
import { openInvite } from '../../shell/invite-store.ts';
import { IconButton } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import type { Started } from './overview.ts';

const key = 'zendo-checklist';
const wasHidden = (): boolean => {
  try {
    return localStorage.getItem(key) === 'hidden';
  } catch {
    return false;
  }
};

const Item = ({ done, children }: { readonly done: boolean; readonly children: ReactNode }) => (
  <li className={cx('flex items-center gap-2.5 text-sm', done && 'text-faint')}>
    {done ? (
      <Check className="size-4 shrink-0 text-good" aria-label="done" />
    ) : (
      <Circle className="size-4 shrink-0 text-edge" aria-label="to do" />
    )}
    <span className={done ? 'line-through' : undefined}>{children}</span>
  </li>
);

const linkLook = 'rounded font-medium text-accent-text hover:underline';

/** Shown to whoever can invite, until everything is done or they close it. */
export const Checklist = ({ started }: { readonly started: Started | undefined }) => {
  const [hidden, setHidden] = useState(wasHidden);
  const { data: me } = useMe();
  const gate = useGate();
  const wanted = !hidden && me !== undefined && !me.local && gate(needs.invite) === null;
  if (!wanted || started === undefined) return null;
  const steps = [started.people, started.teams, started.runs];
  if (steps.every(Boolean)) return null;
  const hide = (): void => {
    setHidden(true);
    try {
      localStorage.setItem(key, 'hidden');
    } catch {
      // Closed for this visit only.
    }
  };
  return (
    <section aria-labelledby="start" className="rounded-xl border border-line bg-panel px-4 py-3">
      <div className="mb-2 flex items-center justify-between">
        <h2 id="start" className="font-semibold">
          Get your team going
        </h2>
        <IconButton label="Hide this list" onClick={hide}>
          <X aria-hidden />
        </IconButton>
      </div>
      <ul className="grid gap-2.5 pb-1">
        <Item done>Set up the server</Item>
        <Item done={steps[0] ?? false}>
          {steps[0] ? (
            'Invite somebody'
          ) : (
            <button type="button" onClick={openInvite} className={linkLook}>
              Invite somebody
            </button>
          )}
        </Item>
        <Item done={steps[1] ?? false}>
          {steps[1] ? (
            'Make a team'
          ) : (
            <Link to="/people/teams" className={linkLook}>
              Make a team
            </Link>
          )}
        </Item>
        <Item done={steps[2] ?? false}>Connect a client and run a pipeline</Item>
      </ul>
    </section>
  );
};
