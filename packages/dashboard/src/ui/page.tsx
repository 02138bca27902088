import { Link } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { cx } from './cx.ts';
import { intoView } from './into-view.ts';

interface PageProps {
  readonly title: string;
  readonly intro?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly narrow?: boolean;
  /** As wide as the window, for what has many columns. */
  readonly wide?: boolean;
  readonly lead?: ReactNode;
}

export const useTitle = (title: string): void => {
  useEffect(() => {
    document.title = `${title} · Zendo`;
  }, [title]);
};

export const PageBody = ({ title, intro, actions, children, narrow, wide, lead }: PageProps) => {
  useTitle(title);
  return (
    <div
      className={cx('mx-auto w-full px-4 py-6 sm:px-8', narrow ? 'max-w-3xl' : wide ? 'max-w-[110rem]' : 'max-w-6xl')}
    >
      <header className="mb-5 flex flex-wrap items-start gap-x-4 gap-y-3">
        {lead}
        <div className="min-w-0 grow basis-64">
          <h1 className="text-xl font-semibold tracking-tight wrap-anywhere">{title}</h1>
          {intro && <div className="mt-0.5 max-w-2xl text-pretty text-soft">{intro}</div>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  );
};

export interface Tab {
  readonly to: string;
  readonly label: string;
  readonly count?: number | undefined;
}

export const LinkTabs = ({ tabs, label }: { readonly tabs: readonly Tab[]; readonly label: string }) => (
  <nav ref={intoView} aria-label={label} className="mb-4 flex gap-1 overflow-x-auto border-b">
    {tabs.map((tab) => (
      <Link
        key={tab.to}
        to={tab.to}
        activeOptions={{ exact: tab.to === '/people', includeSearch: false }}
        className="-mb-px flex items-center gap-1.5 border-b-2 border-transparent px-2.5 py-2 text-sm font-medium whitespace-nowrap text-soft -outline-offset-2 hover:text-ink aria-[current=page]:border-accent-text aria-[current=page]:text-ink"
      >
        {tab.label}
        {tab.count !== undefined && <span className="text-xs text-faint nums">{tab.count}</span>}
      </Link>
    ))}
  </nav>
);
