import { Ellipsis, HandHelping, Link2, ShieldAlert } from 'lucide-react';
import { useState } from 'react';
import { SkeletonLines } from '../../ui/bits.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Command, copyText } from '../../ui/copy.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Menu } from '../../ui/menu.tsx';
import { Failure } from '../../ui/notice.tsx';
import { toast } from '../../ui/toast.tsx';
import { AddForm } from './add-form.tsx';
import { levelWords, useSharing, type Sharing, type Thing } from './data.ts';
import { GeneralAccess } from './general.tsx';
import { Give, TakeOver } from './ownership.tsx';
import { People } from './people.tsx';
import { kindOf, placeOf } from './places.ts';
import { AskFor } from './request-form.tsx';
import { ShareList } from './share-list.tsx';

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly thing: Thing;
}

export const ShareDialog = ({ open, onClose, thing }: Props) => (
  <Dialog open={open} onClose={onClose} title={`Share ${kindOf(thing.type)} “${thing.name}”`} wide>
    {open && <Body thing={thing} onClose={onClose} />}
  </Dialog>
);

const More = ({
  sharing,
  onGive,
  onTake,
}: {
  readonly sharing: Sharing;
  readonly onGive: () => void;
  readonly onTake: () => void;
}) =>
  sharing.may.transfer || sharing.may.take_over ? (
    <Menu
      label="Ownership"
      trigger={
        <IconButton label="Ownership" tip={false}>
          <Ellipsis aria-hidden />
        </IconButton>
      }
      entries={[
        sharing.may.transfer && {
          label: 'Give it to somebody else',
          icon: <HandHelping aria-hidden />,
          onSelect: onGive,
        },
        sharing.may.take_over &&
          sharing.owner !== null && {
            label: 'Take it over',
            icon: <ShieldAlert aria-hidden />,
            danger: true,
            onSelect: onTake,
          },
      ]}
    />
  ) : null;

const Foot = ({
  sharing,
  onGive,
  onTake,
  onClose,
}: {
  readonly sharing: Sharing;
  readonly onGive: () => void;
  readonly onTake: () => void;
  readonly onClose: () => void;
}) => {
  const place = placeOf({ type: sharing.type, id: sharing.id, project: sharing.project?.name }) ?? location.pathname;
  const copy = async (): Promise<void> => {
    if (await copyText(location.origin + place)) toast.good('The link is copied. It opens for those who may see it.');
    else toast.bad('The browser did not allow copying.');
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button onClick={() => void copy()}>
        <Link2 aria-hidden />
        Copy link
      </Button>
      <More sharing={sharing} onGive={onGive} onTake={onTake} />
      <span className="grow" />
      <Button look="primary" onClick={onClose}>
        Done
      </Button>
    </div>
  );
};

/** For who may not share it: what he may do, why, and how to ask for more. */
const OnlyMine = ({ sharing }: { readonly sharing: Sharing }) => (
  <div className="grid grid-cols-1 gap-4">
    <div className="grid gap-1 text-sm">
      <p>
        You <span className="font-medium">{sharing.mine ? levelWords[sharing.mine.level].toLowerCase() : 'see'}</span>{' '}
        this {kindOf(sharing.type)}, and may not share it.
      </p>
      <ul className="text-soft">
        {sharing.mine?.reasons.map((reason) => (
          <li key={reason.text}>{reason.text}</li>
        ))}
      </ul>
    </div>
    <AskFor type={sharing.type} id={sharing.id} level="edit" />
  </div>
);

const Body = ({ thing, onClose }: { readonly thing: Thing; readonly onClose: () => void }) => {
  const found = useSharing(thing);
  const [mode, setMode] = useState<'share' | 'give' | 'take'>('share');
  const back = (): void => setMode('share');
  if (found.error && !found.data) return <Failure error={found.error} retry={() => void found.refetch()} />;
  const sharing = found.data;
  if (!sharing) return <SkeletonLines lines={6} />;
  if (mode === 'give') return <Give sharing={sharing} onDone={onClose} onBack={back} />;
  if (mode === 'take') return <TakeOver sharing={sharing} onDone={back} onBack={back} />;
  return (
    <div className="grid grid-cols-1 gap-6">
      {sharing.may.share ? (
        <>
          <AddForm sharing={sharing} />
          <ShareList sharing={sharing} />
          <GeneralAccess sharing={sharing} />
          <People sharing={sharing} />
          <Command
            label="The same on the command line"
            text={`zendo share ${kindOf(sharing.type).replaceAll(' ', '-')}/${sharing.name} --user NAME --level view`}
          />
        </>
      ) : (
        <OnlyMine sharing={sharing} />
      )}
      <Foot sharing={sharing} onGive={() => setMode('give')} onTake={() => setMode('take')} onClose={onClose} />
    </div>
  );
};
