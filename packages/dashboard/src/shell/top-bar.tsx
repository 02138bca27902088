import { Link, useMatches } from '@tanstack/react-router';
import {
  Keyboard,
  LogOut,
  Menu as MenuIcon,
  Monitor,
  Moon,
  Search,
  Settings,
  Sun,
  UserPlus,
  UserRound,
} from 'lucide-react';
import { Fragment } from 'react';
import { get } from '../api.ts';
import { useCurrentUser, useGate, useMe } from '../access/me.ts';
import { needs } from '../access/needs.ts';
import { Bell } from '../access/share/bell.tsx';
import { Avatar, Kbd } from '../ui/bits.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import { helpOpen } from './help-store.ts';
import { openInvite } from './invite-store.ts';
import { useCalled } from './names.ts';
import { setTheme, useTheme } from './theme.ts';

interface Crumb {
  readonly label: string;
  readonly to: string;
}

type Params = Record<string, string>;
type Word = string | ((params: Params) => string);

const useCrumbs = (): Crumb[] => {
  const matches = useMatches();
  return matches.flatMap((match) => {
    const { crumb, above } = match.staticData as { crumb?: Word; above?: { label: Word; to: Word } };
    if (!crumb) return [];
    const said = (word: Word): string => (typeof word === 'string' ? word : word(match.params as Params));
    return [
      ...(above ? [{ label: said(above.label), to: said(above.to) }] : []),
      { label: said(crumb), to: match.pathname },
    ];
  });
};

const Crumbs = () => {
  const crumbs = useCrumbs();
  const called = useCalled();
  return (
    <nav aria-label="Breadcrumb" className="min-w-0 grow">
      <ol className="flex items-center gap-1.5 text-sm">
        {crumbs.map((crumb, index) => {
          const last = index === crumbs.length - 1;
          return (
            <Fragment key={crumb.to + crumb.label}>
              {index > 0 && (
                <li aria-hidden className="text-faint max-sm:hidden">
                  /
                </li>
              )}
              <li
                className={last ? 'truncate font-medium' : 'text-soft max-sm:hidden'}
                {...(last && { 'aria-current': 'page' })}
              >
                {last ? (
                  called(crumb.label)
                ) : (
                  <Link to={crumb.to} activeOptions={{ exact: true }} className="rounded hover:text-ink">
                    {called(crumb.label)}
                  </Link>
                )}
              </li>
            </Fragment>
          );
        })}
      </ol>
    </nav>
  );
};

const themes = [
  ['light', 'Light', Sun],
  ['dark', 'Dark', Moon],
  ['system', 'As the system', Monitor],
] as const;

const ThemeMenu = () => {
  const theme = useTheme();
  const Icon = themes.find(([value]) => value === theme)?.[2] ?? Monitor;
  return (
    <Menu
      label="Theme"
      trigger={
        <IconButton label="Theme" tip={false}>
          <Icon aria-hidden />
        </IconButton>
      }
      entries={themes.map(([value, label, Entry]) => ({
        label,
        icon: <Entry aria-hidden />,
        checked: theme === value,
        onSelect: () => setTheme(value),
      }))}
    />
  );
};

const logOut = async (): Promise<void> => {
  await get('/logout').catch(() => null);
  location.assign('/login');
};

const AvatarMenu = () => {
  const { data: user } = useCurrentUser();
  const { data: me } = useMe();
  const name = user?.body.full_name || user?.name || me?.principal.name || '';
  return (
    <Menu
      label="Account"
      trigger={
        <button type="button" className="grid size-8 shrink-0 place-items-center rounded-full">
          <span className="sr-only">Account</span>
          <Avatar name={name || '·'} />
        </button>
      }
      header={
        <div className="border-b px-2 pt-1 pb-2 mb-1 text-sm">
          <p className="font-medium">{name}</p>
          {user?.body.full_name && <p className="text-xs text-faint">{user.name}</p>}
        </div>
      }
      entries={[
        { label: 'Personal settings', icon: <UserRound aria-hidden />, link: <Link to="/settings/personal/profile" /> },
        {
          label: 'Workspace settings',
          icon: <Settings aria-hidden />,
          link: <Link to="/settings/workspace/general" />,
        },
        { label: 'Keyboard shortcuts', icon: <Keyboard aria-hidden />, onSelect: helpOpen.open },
        'line',
        { label: 'Log out', icon: <LogOut aria-hidden />, onSelect: () => void logOut() },
      ]}
    />
  );
};

export const TopBar = ({ onMenu, onSearch }: { readonly onMenu: () => void; readonly onSearch: () => void }) => {
  const gate = useGate();
  return (
    <header className="sticky top-0 z-20 flex h-13 items-center gap-2 border-b bg-page/95 px-3 backdrop-blur-sm sm:px-5">
      <IconButton label="Menu" tip={false} className="md:hidden" onClick={onMenu}>
        <MenuIcon aria-hidden />
      </IconButton>
      <Crumbs />
      <button
        type="button"
        onClick={onSearch}
        aria-keyshortcuts="Control+K"
        className="inline-flex h-8 shrink-0 items-center gap-2 rounded-md border border-line bg-raised px-2 text-sm text-faint hover:text-ink lg:w-52"
      >
        <Search className="size-4" aria-hidden />
        <span className="grow text-left max-lg:sr-only">Search</span>
        <span className="hidden lg:inline" aria-hidden>
          <Kbd>Ctrl K</Kbd>
        </span>
      </button>
      <Button size="sm" className="h-8" blocked={gate(needs.invite)} onClick={() => openInvite()}>
        <UserPlus aria-hidden />
        <span className="max-sm:sr-only">Invite</span>
      </Button>
      <Bell />
      <ThemeMenu />
      <AvatarMenu />
    </header>
  );
};
