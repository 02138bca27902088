import { Badge, type Tone } from '../../ui/bits.tsx';

const tones: Readonly<Record<string, Tone>> = {
  completed: 'good',
  cached: 'good',
  failed: 'bad',
  running: 'accent',
  initializing: 'accent',
  provisioning: 'accent',
  stopping: 'warn',
  stopped: 'plain',
  retrying: 'warn',
};

export const runStatuses = ['running', 'completed', 'cached', 'failed', 'stopped'];

export const RunStatus = ({ status }: { readonly status: string | null | undefined }) =>
  status ? <Badge tone={tones[status] ?? 'plain'}>{status}</Badge> : <span className="text-faint">—</span>;
