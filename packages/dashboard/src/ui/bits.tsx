import type { ReactNode } from 'react';
import { cx } from './cx.ts';

const tones = {
  plain: 'bg-hover text-soft',
  accent: 'bg-accent-wash text-accent-text',
  good: 'bg-good-wash text-good',
  warn: 'bg-warn-wash text-warn',
  bad: 'bg-danger-wash text-danger-text',
} as const;

export type Tone = keyof typeof tones;

export const Badge = ({
  tone = 'plain',
  children,
  title,
}: {
  readonly tone?: Tone;
  readonly children: ReactNode;
  readonly title?: string;
}) => (
  <span
    title={title}
    className={cx(
      'inline-flex h-5.5 max-w-full items-center gap-1 rounded px-1.5 text-xs font-medium whitespace-nowrap',
      tones[tone],
    )}
  >
    {children}
  </span>
);

const hues = ['#3a50b4', '#17704a', '#8a5300', '#9b2c6b', '#0f6a80', '#6b4fb3', '#a3402a', '#4b6a1f'];

export const Avatar = ({ name, size = 'md' }: { readonly name: string; readonly size?: 'sm' | 'md' | 'lg' }) => {
  const hue = hues[[...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % hues.length];
  const letters = name
    .split(/[\s._-]+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((part) => [...part][0]?.toUpperCase())
    .join('');
  return (
    <span
      aria-hidden
      style={{ background: hue }}
      className={cx(
        'inline-grid shrink-0 place-items-center rounded-full font-semibold text-white select-none',
        size === 'sm' ? 'size-5 text-[0.625rem]' : size === 'md' ? 'size-7 text-[0.6875rem]' : 'size-11 text-lg',
      )}
    >
      {letters || '?'}
    </span>
  );
};

export const Kbd = ({ children }: { readonly children: ReactNode }) => (
  <kbd className="rounded border border-line bg-page px-1 font-sans text-xs text-faint">{children}</kbd>
);

export const Empty = (props: {
  readonly icon?: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) => (
  <div className="grid grid-cols-1 justify-items-center gap-1 px-6 py-14 text-center">
    {props.icon && (
      <div className="mb-2 grid size-10 place-items-center rounded-xl bg-hover text-faint [&_svg]:size-5">
        {props.icon}
      </div>
    )}
    <p className="font-medium">{props.title}</p>
    {props.children && <div className="w-full max-w-md text-sm text-pretty text-soft">{props.children}</div>}
    {props.action && <div className="mt-4">{props.action}</div>}
  </div>
);

export const Skeleton = ({ className }: { readonly className?: string }) => (
  <div aria-hidden className={cx('skeleton h-4', className)} />
);

export const SkeletonLines = ({ lines = 4 }: { readonly lines?: number }) => (
  <div className="grid gap-3" role="status" aria-label="Loading">
    {Array.from({ length: lines }, (_, index) => (
      <Skeleton key={index} className={index % 2 ? 'w-2/3' : 'w-full'} />
    ))}
  </div>
);

export const Card = ({
  title,
  hint,
  action,
  children,
  className,
}: {
  readonly title?: ReactNode;
  readonly hint?: ReactNode;
  readonly action?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
}) => (
  <section className={cx('min-w-0 rounded-xl border border-line bg-panel', className)}>
    {title && (
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b px-4 py-3">
        <div className="min-w-0 grow">
          <h2 className="font-semibold">{title}</h2>
          {hint && <p className="text-sm text-pretty text-soft">{hint}</p>}
        </div>
        {action}
      </header>
    )}
    <div className="p-4">{children}</div>
  </section>
);
