import { parseDate } from '../../ui/time.tsx';

export const duration = (start: string | null | undefined, end: string | null | undefined): string => {
  if (!start) return '';
  const seconds = Math.max(
    0,
    Math.round(((end ? parseDate(end).getTime() : Date.now()) - parseDate(start).getTime()) / 1000),
  );
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
};
