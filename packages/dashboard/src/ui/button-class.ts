import { cx } from './cx.ts';

const looks = {
  primary: 'bg-accent text-accent-ink hover:bg-accent-strong border-transparent shadow-xs',
  plain: 'bg-raised text-ink border-line hover:bg-hover shadow-xs',
  ghost: 'bg-transparent text-soft border-transparent hover:bg-hover hover:text-ink',
  danger: 'bg-danger text-white border-transparent hover:brightness-95 shadow-xs',
  'danger-ghost': 'bg-transparent text-danger-text border-transparent hover:bg-danger-wash',
} as const;

const sizes = {
  sm: 'h-7 px-2.5 text-sm gap-1.5',
  md: 'h-8.5 px-3 text-sm gap-1.5',
  lg: 'h-10 px-4 text-base gap-2',
  icon: 'size-8 justify-center',
} as const;

export interface ButtonLook {
  readonly look?: keyof typeof looks | undefined;
  readonly size?: keyof typeof sizes | undefined;
}

export const buttonClass = ({ look = 'plain', size = 'md' }: ButtonLook = {}, extra?: string): string =>
  cx(
    'inline-flex shrink-0 items-center justify-center rounded-md border font-medium whitespace-nowrap transition-colors select-none',
    'disabled:pointer-events-none disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0',
    looks[look],
    sizes[size],
    extra,
  );
