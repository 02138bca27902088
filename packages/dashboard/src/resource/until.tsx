import type { ReactNode } from 'react';
import { SkeletonLines } from '../ui/bits.tsx';
import { Failure } from '../ui/notice.tsx';

interface UntilProps {
  /** What `useRead` gave. */
  readonly read: { readonly data: unknown; readonly error: unknown; readonly refetch: () => unknown };
  readonly lines?: number;
  /** What else one can do about it when it could not be read. */
  readonly children?: ReactNode;
}

/** Stands where a thing will be until it is read, and says why when it cannot be. */
export const Until = ({ read, lines = 6, children }: UntilProps) => {
  if (read.data) return null;
  if (!read.error) return <SkeletonLines lines={lines} />;
  return (
    <Failure error={read.error} retry={() => void read.refetch()}>
      {children}
    </Failure>
  );
};
