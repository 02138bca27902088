import { Dialog as Base } from '@base-ui/react/dialog';
import { useNavigate } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { useDeferredValue, useId, useState, type KeyboardEvent } from 'react';
import { cx } from '../ui/cx.ts';
import { useHits, type Hit } from './palette-hits.tsx';

const Row = ({
  hit,
  id,
  on,
  onOver,
  onGo,
}: {
  readonly hit: Hit;
  readonly id: string;
  readonly on: boolean;
  readonly onOver: () => void;
  readonly onGo: () => void;
}) => (
  <div
    id={id}
    role="option"
    aria-selected={on}
    ref={(element) => {
      if (on) element?.scrollIntoView({ block: 'nearest' });
    }}
    onPointerMove={onOver}
    onClick={onGo}
    className={cx(
      'flex h-9 items-center gap-2.5 rounded-md px-2.5 text-sm select-none [&_svg]:size-4 [&_svg]:text-faint',
      on && 'bg-hover',
    )}
  >
    {hit.icon}
    <span className="truncate">{hit.label}</span>
    {hit.text && <span className="truncate text-faint">{hit.text}</span>}
  </div>
);

/** One box that reaches everything: what was typed is looked up among pages at once and on the server as soon as it pauses. */
export const Palette = ({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) => (
  <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
    <Base.Portal>
      <Base.Backdrop className="fixed inset-0 z-40 bg-black/35 dark:bg-black/60" />
      <Base.Popup className="fixed top-[12vh] left-1/2 z-50 w-[min(36rem,calc(100vw-1.5rem))] -translate-x-1/2 overflow-hidden rounded-xl border border-line bg-raised shadow-pop">
        <Base.Title className="sr-only">Search</Base.Title>
        <Finder onClose={onClose} />
      </Base.Popup>
    </Base.Portal>
  </Base.Root>
);

const Finder = ({ onClose }: { readonly onClose: () => void }) => {
  const navigate = useNavigate();
  const id = useId();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const hits = useHits(useDeferredValue(text.trim()));
  const at = Math.min(active, hits.length - 1);
  const groups = [...new Set(hits.map((hit) => hit.group))];
  const go = (hit: Hit | undefined): void => {
    if (!hit) return;
    onClose();
    hit.go(navigate);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + hits.length, Home: 0, End: hits.length - 1 }[event.key];
    if (to !== undefined) setActive(to % Math.max(1, hits.length));
    else if (event.key === 'Enter') go(hits[at]);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div className="flex items-center gap-2.5 border-b px-4">
        <Search className="size-4 shrink-0 text-faint" aria-hidden />
        <input
          role="combobox"
          aria-label="Search runs, pipelines, artifacts, models, people, teams, roles, projects and pages"
          aria-expanded={hits.length > 0}
          aria-controls={id}
          aria-autocomplete="list"
          aria-activedescendant={hits.length ? `${id}${at}` : undefined}
          placeholder="Search runs, pipelines, artifacts, people, pages…"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
          className="h-12 min-w-0 grow bg-transparent text-lg outline-none"
        />
      </div>
      <div id={id} role="listbox" aria-label="Results" className="max-h-[min(24rem,60vh)] overflow-y-auto p-1.5">
        {groups.map((group) => (
          <div key={group} role="group" aria-label={group} className="pb-1">
            <div aria-hidden className="px-2.5 pt-2 pb-1 text-xs font-medium text-faint">
              {group}
            </div>
            {hits.map((hit, index) =>
              hit.group === group ? (
                <Row
                  key={hit.id}
                  hit={hit}
                  id={`${id}${index}`}
                  on={index === at}
                  onOver={() => setActive(index)}
                  onGo={() => go(hit)}
                />
              ) : null,
            )}
          </div>
        ))}
      </div>
      <p aria-live="polite" className={hits.length ? 'sr-only' : 'px-3 pb-6 text-center text-sm text-faint'}>
        {hits.length ? `${hits.length} results` : `Nothing matches “${text}”.`}
      </p>
    </>
  );
};
