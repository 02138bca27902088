import { parseDate } from '../../ui/time.tsx';

/** So many seconds, in the words in which one says them. */
export const span = (seconds: number): string => {
  const whole = Math.round(seconds);
  const tenth = Math.round(seconds * 10) / 10;
  if (whole < 60) return `${tenth < 10 ? tenth : whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min${whole % 60 ? ` ${whole % 60} s` : ''}`;
  return `${Math.floor(whole / 3600)} h${Math.floor((whole % 3600) / 60) ? ` ${Math.floor((whole % 3600) / 60)} min` : ''}`;
};

/** How long something took, or takes so far; nothing where it has not begun. */
export const duration = (start: string | null | undefined, end: string | null | undefined): string =>
  start ? span(Math.max(0, ((end ? parseDate(end).getTime() : Date.now()) - parseDate(start).getTime()) / 1000)) : '';
