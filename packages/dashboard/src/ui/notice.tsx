import { CircleAlert, Info, Lock, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { ApiError, messageOf } from '../api.ts';
import { buttonClass } from './button-class.ts';
import { cx } from './cx.ts';

const kinds = {
  info: ['bg-accent-wash text-accent-text', Info],
  warn: ['bg-warn-wash text-warn', TriangleAlert],
  bad: ['bg-danger-wash text-danger-text', CircleAlert],
} as const;

export const Notice = ({
  kind = 'info',
  title,
  children,
  role,
}: {
  readonly kind?: keyof typeof kinds;
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  readonly role?: 'alert' | 'status';
}) => {
  const [look, Icon] = kinds[kind];
  return (
    <div role={role} className={cx('flex gap-2.5 rounded-lg px-3 py-2.5 text-sm', look)}>
      <Icon className="mt-0.5 size-4 shrink-0" aria-hidden />
      <div className="min-w-0 wrap-anywhere">
        {title && <p className="font-medium">{title}</p>}
        {children && <div className={cx(title && 'text-ink')}>{children}</div>}
      </div>
    </div>
  );
};

const Needs = ({ error }: { readonly error: ApiError }) =>
  error.needs ? (
    <>
      {' '}
      Missing permission: <code className="font-mono font-medium">{error.needs}</code>.
    </>
  ) : null;

/** Why a request failed, in a form or a dialog. */
export const Problem = ({ error }: { readonly error: unknown }) =>
  error ? (
    <Notice
      kind="bad"
      role="alert"
      title={error instanceof ApiError && error.status === 403 ? 'You may not do this' : undefined}
    >
      {messageOf(error)}
      {error instanceof ApiError && <Needs error={error} />}
    </Notice>
  ) : null;

/** A whole page or panel that could not be loaded. */
export const Failure = ({
  error,
  retry,
  children,
}: {
  readonly error: unknown;
  readonly retry?: () => void;
  /** What else one can do about it. */
  readonly children?: ReactNode;
}) => {
  const api = error instanceof ApiError ? error : null;
  const title =
    api?.status === 403
      ? 'You may not see this'
      : api?.status === 404
        ? 'Nothing here that you can see'
        : 'This could not be loaded';
  return (
    <div role="alert" className="grid justify-items-center gap-1 px-6 py-14 text-center">
      <div className="mb-2 grid size-10 place-items-center rounded-xl bg-hover text-faint">
        {api?.status === 403 ? <Lock className="size-5" aria-hidden /> : <CircleAlert className="size-5" aria-hidden />}
      </div>
      <p className="font-medium">{title}</p>
      <p className="max-w-md text-sm text-soft">
        {messageOf(error)}
        {api && <Needs error={api} />}
      </p>
      {retry && api?.status !== 403 && (
        <button type="button" className={buttonClass({}, 'mt-3')} onClick={retry}>
          Try again
        </button>
      )}
      {children}
    </div>
  );
};
