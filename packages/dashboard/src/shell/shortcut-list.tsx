import { Kbd } from '../ui/bits.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { jumps, setSingleKeys, useSingleKeys } from './shortcuts.ts';

const keys: readonly (readonly [string, readonly string[]])[] = [
  ['Search everything, and go there', ['Ctrl', 'K']],
  ['Search in the list of the page', ['/']],
  ['This list', ['?']],
  ...jumps.map(({ letter, entry }) => [`Go to ${entry.label}`, ['g', letter]] as const),
];

export const ShortcutList = ({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) => (
  <Dialog open={open} onClose={onClose} title="Keyboard shortcuts">
    <Body />
  </Dialog>
);

const Body = () => {
  const single = useSingleKeys();
  return (
    <div className="grid gap-4">
      <dl className="grid gap-2 text-sm">
        {keys.map(([what, press]) => (
          <div key={what} className="flex items-center justify-between gap-4">
            <dt className="text-soft">{what}</dt>
            <dd className="flex items-center gap-1">
              {press.map((one) => (
                <Kbd key={one}>{one}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <label className="flex min-h-8 items-center gap-2 border-t pt-3 text-sm">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={single}
          onChange={() => setSingleKeys(!single)}
        />
        Keys without Ctrl do something
      </label>
    </div>
  );
};
