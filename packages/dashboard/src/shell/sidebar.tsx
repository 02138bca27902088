import { Link } from '@tanstack/react-router';
import { PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import { useInfo } from '../access/me.ts';
import { useProject } from '../access/project.ts';
import { IconButton } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Tip } from '../ui/tip.tsx';
import { Mark } from './mark.tsx';
import { addressOf, footNav, navGroups, type Entry } from './nav.ts';
import { ProjectSwitch } from './project-switch.tsx';

const Item = ({
  entry,
  to,
  slim,
  onGo,
}: {
  readonly entry: Entry;
  readonly to: string;
  readonly slim: boolean;
  readonly onGo: (() => void) | undefined;
}) => {
  const Icon = entry.icon;
  const link = (
    <Link
      to={to}
      activeOptions={{ exact: entry.exact ?? false, includeSearch: false }}
      onClick={onGo}
      aria-label={slim ? entry.label : undefined}
      className={cx(
        'flex h-8.5 items-center gap-2.5 rounded-md px-2.5 text-sm font-medium text-soft transition-colors hover:bg-hover hover:text-ink aria-[current=page]:bg-accent-wash aria-[current=page]:text-accent-text',
        slim && 'justify-center px-0',
      )}
    >
      <Icon className="size-4 shrink-0" aria-hidden />
      {!slim && entry.label}
    </Link>
  );
  return <li>{slim ? <Tip text={entry.label}>{link}</Tip> : link}</li>;
};

interface SidebarProps {
  readonly slim: boolean;
  readonly onSlim?: () => void;
  readonly onGo?: () => void;
}

export const Sidebar = ({ slim, onSlim, onGo }: SidebarProps) => {
  const { data: info } = useInfo();
  const project = useProject();
  return (
    <div className="flex h-full flex-col bg-side">
      <div className={cx('flex h-13 shrink-0 items-center gap-2.5 px-4', slim && 'justify-center px-0')}>
        <Mark className="size-6 shrink-0" />
        {!slim && <span className="truncate font-semibold tracking-tight">{info?.name || 'Zendo'}</span>}
      </div>
      {!slim && project.options.length > 0 && (
        <div className="px-2.5 pb-1">
          <ProjectSwitch project={project} onGo={onGo} />
        </div>
      )}
      <nav aria-label="Main" className="flex min-h-0 grow flex-col overflow-y-auto px-2.5 py-2">
        {[...navGroups, footNav].map((group, index) => (
          <ul
            key={group[0]?.to}
            className={cx('grid gap-0.5', index > 0 && 'pt-4', index === navGroups.length && 'mt-auto')}
          >
            {group.map((entry) => (
              <Item key={entry.to} entry={entry} to={addressOf(entry, project.name)} slim={slim} onGo={onGo} />
            ))}
          </ul>
        ))}
      </nav>
      {onSlim && (
        <div className={cx('flex border-t px-2.5 py-1.5', slim ? 'justify-center' : 'justify-end')}>
          <IconButton label={slim ? 'Expand sidebar' : 'Collapse sidebar'} onClick={onSlim}>
            {slim ? <PanelLeftOpen aria-hidden /> : <PanelLeftClose aria-hidden />}
          </IconButton>
        </div>
      )}
    </div>
  );
};
