import { Globe, UsersRound, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { post, remove } from '../../api.ts';
import { useChange } from '../../resource/query.ts';
import { Avatar, Badge } from '../../ui/bits.tsx';
import { IconButton } from '../../ui/button.tsx';
import { SelectBox } from '../../ui/select.tsx';
import { ago } from '../../ui/time.tsx';
import { addressOf, levelOptions, levelWords, type Level, type Share, type Sharing } from './data.ts';

const Mark = ({ share }: { readonly share: Share }) =>
  share.principal.kind === 'everyone' || share.principal.kind === 'team' ? (
    <span className="grid size-7 shrink-0 place-items-center rounded-full bg-hover text-soft">
      {share.principal.kind === 'team' ? (
        <UsersRound className="size-4" aria-hidden />
      ) : (
        <Globe className="size-4" aria-hidden />
      )}
    </span>
  ) : (
    <Avatar name={share.principal.name ?? '?'} />
  );

const Row = ({
  mark,
  name,
  chips,
  children,
}: {
  readonly mark: ReactNode;
  readonly name: string;
  readonly chips: ReactNode;
  readonly children?: ReactNode;
}) => (
  <li className="flex flex-wrap items-center gap-x-3 gap-y-1.5 py-1.5">
    {mark}
    <span className="flex min-w-0 grow basis-40 flex-wrap items-center gap-x-2 gap-y-1">
      <span className="truncate text-sm font-medium">{name}</span>
      {chips}
    </span>
    {children}
  </li>
);

const nameOf = (share: Share, sharing: Sharing): string =>
  share.principal.kind === 'everyone'
    ? sharing.everyone.scope === 'project'
      ? `Everyone in ${sharing.project?.name ?? 'the project'}`
      : 'Everyone on this server'
    : (share.principal.name ?? '(hidden)');

/** Named as the interface takes it when it is changed or taken back. */
const whom = (share: Share): Record<string, string> =>
  share.principal.kind === 'everyone'
    ? { everyone: 'true' }
    : share.principal.kind === 'team'
      ? { team: share.principal.id }
      : { user: share.principal.id };

const Given = ({ share, sharing }: { readonly share: Share; readonly sharing: Sharing }) => {
  const name = nameOf(share, sharing);
  const change = useChange((level: Level) => {
    const { everyone, ...named } = whom(share);
    return post(addressOf(sharing), { ...named, ...(everyone && { everyone: true }), level, expires: share.expires });
  });
  const take = useChange(() => remove(addressOf(sharing), whom(share)), { done: `No longer shared with ${name}` });
  const may = sharing.may.levels;
  const fixed = share.level === null || !may.includes(share.level);
  return (
    <Row
      mark={<Mark share={share} />}
      name={name}
      chips={
        <>
          <Badge>
            {share.principal.kind === 'team' ? 'Team' : share.principal.kind === 'everyone' ? 'Everyone' : 'Direct'}
          </Badge>
          {share.expires && <Badge tone="warn">ends {ago(share.expires)}</Badge>}
        </>
      }
    >
      <span className="flex items-center gap-2">
        {fixed ? (
          <span className="text-sm text-soft">
            {share.level ? levelWords[share.level] : `role ${share.role ?? '(hidden)'}`}
          </span>
        ) : (
          <SelectBox
            label={`What ${name} may do`}
            options={levelOptions(may)}
            value={share.level!}
            onChange={(next) => change.mutate(next as Level)}
            className="w-44"
          />
        )}
        <IconButton label={`Take it back from ${name}`} busy={take.isPending} onClick={() => take.mutate(undefined)}>
          <X aria-hidden />
        </IconButton>
      </span>
    </Row>
  );
};

/** The owner, and those with whom it is shared by name. */
export const ShareList = ({ sharing }: { readonly sharing: Sharing }) => (
  <section aria-labelledby="share-list">
    <h3 id="share-list" className="text-sm font-medium">
      Shared with
    </h3>
    <ul className="mt-1">
      {sharing.owner && (
        <Row
          mark={<Avatar name={sharing.owner.name ?? '?'} />}
          name={sharing.owner.name ?? '(hidden)'}
          chips={<Badge tone="accent">Owner</Badge>}
        >
          <span className="text-sm text-soft">Everything</span>
        </Row>
      )}
      {sharing.shares.map((share) => (
        <Given key={share.id} share={share} sharing={sharing} />
      ))}
    </ul>
    {sharing.shares.length === 0 && <p className="py-1.5 text-sm text-soft">Nobody by name.</p>}
  </section>
);
