import { useEffect, useState } from 'react';
import { duration } from '../../ml/duration.ts';

/** The time, told anew each second as long as something goes on. */
export const useNow = (ticking: boolean): number => {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!ticking) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [ticking]);
  return now;
};

/** How long it took, or takes so far. */
export const Took = ({
  start,
  end,
}: {
  readonly start: string | null | undefined;
  readonly end: string | null | undefined;
}) => {
  useNow(Boolean(start) && !end);
  return <span className="whitespace-nowrap nums">{duration(start, end)}</span>;
};
