import {
  Ban,
  CircleCheck,
  CircleDashed,
  CircleDotDashed,
  CircleX,
  Database,
  LoaderCircle,
  RotateCw,
} from 'lucide-react';
import type { ComponentType, SVGProps } from 'react';
import { Badge, type Tone } from '../../ui/bits.tsx';
import { cx } from '../../ui/cx.ts';

type Look = readonly [Tone, ComponentType<SVGProps<SVGSVGElement>>];

const waits: Look = ['plain', CircleDashed];
const looks: Readonly<Record<string, Look>> = {
  completed: ['good', CircleCheck],
  cached: ['good', Database],
  failed: ['bad', CircleX],
  running: ['accent', LoaderCircle],
  initializing: ['accent', CircleDotDashed],
  provisioning: ['accent', CircleDotDashed],
  resuming: ['accent', CircleDotDashed],
  stopping: ['warn', Ban],
  stopped: ['plain', Ban],
  cancelling: ['warn', Ban],
  cancelled: ['plain', Ban],
  retrying: ['warn', RotateCw],
  retried: ['warn', RotateCw],
  paused: ['plain', CircleDashed],
};
const inks: Readonly<Record<Tone, string>> = {
  good: 'text-good',
  bad: 'text-danger-text',
  accent: 'text-accent-text',
  warn: 'text-warn',
  plain: 'text-faint',
};

export const runStatuses = [
  'running',
  'completed',
  'failed',
  'initializing',
  'provisioning',
  'stopping',
  'stopped',
  'paused',
];

const lookOf = (status: string | null | undefined): Look => looks[status ?? ''] ?? waits;

/** What a status looks like where colour alone stands for it beside its word. */
export const toneOf = (status: string | null | undefined): Tone => lookOf(status)[0];

/** The sign of a status; its word must stand nearby. */
export const StatusIcon = ({
  status,
  className,
}: {
  readonly status: string | null | undefined;
  readonly className?: string;
}) => {
  const [tone, Icon] = lookOf(status);
  return <Icon aria-hidden className={cx('size-4 shrink-0', inks[tone], status === 'running' && 'spin', className)} />;
};

export const RunStatus = ({ status }: { readonly status: string | null | undefined }) => {
  if (!status) return <span className="text-faint">—</span>;
  const [tone, Icon] = lookOf(status);
  return (
    <Badge tone={tone}>
      <Icon aria-hidden className={cx('size-3.5', status === 'running' && 'spin')} />
      {status}
    </Badge>
  );
};
