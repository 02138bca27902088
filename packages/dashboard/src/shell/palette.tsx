import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog as Base } from '@base-ui/react/dialog';
import { useNavigate } from '@tanstack/react-router';
import { FolderClosed, FileText, KeyRound, Search, UserPlus, UserRound, UsersRound } from 'lucide-react';
import { useDeferredValue, useState, type ReactNode } from 'react';
import type { Envelope } from '../api.ts';
import { useList } from '../resource/query.ts';
import type { User } from '../resource/types.ts';
import { footNav, mainNav, morePages } from './nav.ts';
import { openInvite } from './invite-store.ts';

interface Hit {
  readonly id: string;
  readonly label: string;
  readonly text?: string;
  readonly icon: ReactNode;
  readonly go: (navigate: ReturnType<typeof useNavigate>) => void;
}
interface Group {
  readonly value: string;
  readonly items: Hit[];
}

const pages: Hit[] = [...mainNav, ...morePages, ...footNav].map((page) => ({
  id: page.to,
  label: page.label,
  icon: <FileText aria-hidden />,
  go: (navigate) => void navigate({ to: page.to }),
}));

const actions: Hit[] = [{ id: 'invite', label: 'Invite somebody', icon: <UserPlus aria-hidden />, go: () => openInvite() }];

const useGroups = (text: string): Group[] => {
  const query = { name: text ? `contains:${text}` : undefined, size: 6 };
  const people = useList<User>('/users', query, text !== '');
  const teams = useList<Envelope>('/teams', query, text !== '');
  const roles = useList<Envelope>('/roles', query, text !== '');
  const projects = useList<Envelope>('/projects', query, text !== '');
  const matching = (hits: Hit[]): Hit[] => hits.filter((hit) => hit.label.toLowerCase().includes(text.toLowerCase()));
  const hits = (list: readonly Envelope[] | undefined, kind: string, icon: ReactNode, to: (name: string) => object): Hit[] =>
    text === '' ? [] : (list ?? []).map((one) => ({ id: kind + one.id, label: one.name, icon, go: (navigate) => void navigate(to(one.name)) }));
  return [
    { value: 'Do', items: matching(actions) },
    { value: 'Pages', items: matching(pages) },
    {
      value: 'People',
      items: hits(people.data?.items, 'u', <UserRound aria-hidden />, (person) => ({ to: '/people', search: { person } })).map((hit, index) => {
        const full = people.data?.items[index]?.body.full_name;
        return full ? { ...hit, text: full } : hit;
      }),
    },
    { value: 'Teams', items: hits(teams.data?.items, 't', <UsersRound aria-hidden />, (name) => ({ to: `/people/teams/${encodeURIComponent(name)}` })) },
    { value: 'Roles', items: hits(roles.data?.items, 'r', <KeyRound aria-hidden />, (name) => ({ to: `/settings/workspace/roles/${encodeURIComponent(name)}` })) },
    { value: 'Projects', items: hits(projects.data?.items, 'p', <FolderClosed aria-hidden />, (name) => ({ to: `/projects/${encodeURIComponent(name)}` })) },
  ].filter((group) => group.items.length > 0);
};

export const Palette = ({ onClose }: { readonly onClose: () => void }) => {
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const groups = useGroups(useDeferredValue(text.trim()));
  const choose = (hit: Hit): void => {
    onClose();
    hit.go(navigate);
  };
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-black/35 dark:bg-black/60" />
        <Base.Popup className="fixed top-[12vh] left-1/2 z-50 w-[min(36rem,calc(100vw-1.5rem))] -translate-x-1/2 overflow-hidden rounded-xl border border-line bg-raised shadow-pop">
          <Base.Title className="sr-only">Search</Base.Title>
          <Autocomplete.Root
            open
            inline
            items={groups}
            filter={null}
            autoHighlight="always"
            keepHighlight
            value={text}
            onValueChange={(value, details) => details.reason !== 'item-press' && setText(value)}
            itemToStringValue={(hit: Hit) => hit.label}
          >
            <div className="flex items-center gap-2.5 border-b px-4">
              <Search className="size-4 text-faint" aria-hidden />
              <Autocomplete.Input
                aria-label="Search people, teams, roles, projects and pages"
                placeholder="Search people, teams, roles, projects, pages…"
                className="h-12 grow bg-transparent text-lg outline-none"
              />
            </div>
            <div className="max-h-[min(24rem,60vh)] overflow-y-auto p-1.5" tabIndex={-1}>
              <Autocomplete.Empty>
                {text && <p className="px-3 py-6 text-center text-sm text-faint">Nothing matches “{text}”.</p>}
              </Autocomplete.Empty>
              <Autocomplete.List>
                {(group: Group) => (
                  <Autocomplete.Group key={group.value} items={group.items} className="pb-1">
                    <Autocomplete.GroupLabel className="px-2.5 pt-2 pb-1 text-xs font-medium text-faint">{group.value}</Autocomplete.GroupLabel>
                    <Autocomplete.Collection>
                      {(hit: Hit) => (
                        <Autocomplete.Item
                          key={hit.id}
                          value={hit}
                          onClick={() => choose(hit)}
                          className="flex h-9 items-center gap-2.5 rounded-md px-2.5 text-sm outline-none select-none data-highlighted:bg-hover [&_svg]:size-4 [&_svg]:text-faint"
                        >
                          {hit.icon}
                          <span className="truncate">{hit.label}</span>
                          {hit.text && <span className="truncate text-faint">{hit.text}</span>}
                        </Autocomplete.Item>
                      )}
                    </Autocomplete.Collection>
                  </Autocomplete.Group>
                )}
              </Autocomplete.List>
            </div>
          </Autocomplete.Root>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
};
