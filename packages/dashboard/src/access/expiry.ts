import { toWireDate } from '../ui/time.tsx';

const day = 86_400;

export const expiryOptions = [
  { value: '', label: 'Never' },
  { value: String(day), label: 'After 1 day' },
  { value: String(7 * day), label: 'After 7 days' },
  { value: String(30 * day), label: 'After 30 days' },
  { value: String(90 * day), label: 'After 90 days' },
  { value: String(365 * day), label: 'After 1 year' },
].map((option) => ({ ...option, value: option.value || 'never' }));

export const expiresAt = (seconds: string, now = Date.now()): string | null =>
  seconds === 'never' || !seconds ? null : toWireDate(new Date(now + Number(seconds) * 1000));

export const expiresIn = (seconds: string): number | undefined =>
  seconds === 'never' || !seconds ? undefined : Number(seconds);

export const inviteLifetimes = (standard: number) => {
  const hours = [...new Set([24, 72, 168, standard])].sort((a, b) => a - b);
  return hours.map((hour) => ({
    value: String(hour * 3600),
    label: hour % 24 ? `${hour} hours` : hour === 24 ? '1 day' : `${hour / 24} days`,
  }));
};
