const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** The wire's dates are naive UTC. */
export const parseDate = (text: string): Date => new Date(/[zZ]|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}Z`);

export const toWireDate = (date: Date): string => date.toISOString().replace('Z', '');

export const ago = (text: string, now = Date.now()): string => {
  const seconds = (parseDate(text).getTime() - now) / 1000;
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) {
      // What is past is over for full units; what is to come is told to the nearest.
      const amount = seconds / size;
      return relative.format(amount < 0 ? Math.trunc(amount) : Math.round(amount), unit);
    }
  }
  return seconds > 5 ? 'in less than a minute' : 'just now';
};

const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
export const exact = (text: string): string => full.format(parseDate(text));

export const Time = ({ at, never = '—' }: { readonly at: string | null | undefined; readonly never?: string }) =>
  at ? (
    <time dateTime={parseDate(at).toISOString()} title={exact(at)} className="whitespace-nowrap nums">
      {ago(at)}
    </time>
  ) : (
    <span className="text-faint">{never}</span>
  );
