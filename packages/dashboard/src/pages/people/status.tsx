import type { UserStatus } from '../../resource/types.ts';
import { Badge, type Tone } from '../../ui/bits.tsx';

const tones: Record<UserStatus, [Tone, string]> = {
  active: ['good', 'Active'],
  pending: ['warn', 'Invited'],
  inactive: ['plain', 'Deactivated'],
};

export const StatusBadge = ({ status }: { readonly status: UserStatus }) => {
  const [tone, label] = tones[status] ?? ['plain', status];
  return <Badge tone={tone}>{label}</Badge>;
};

export const statusOptions = (Object.keys(tones) as UserStatus[]).map((value) => ({ value, label: tones[value][1] }));
