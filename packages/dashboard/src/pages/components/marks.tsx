import {
  Bell,
  Boxes,
  Container,
  Cpu,
  Database,
  FlaskConical,
  Hammer,
  Library,
  PenLine,
  Rocket,
  ScrollText,
  Send,
  ShieldCheck,
  SquareTerminal,
  Table2,
  Workflow,
} from 'lucide-react';
import { cx } from '../../ui/cx.ts';

const icons: Readonly<Record<string, typeof Boxes>> = {
  orchestrator: Workflow,
  artifact_store: Database,
  container_registry: Container,
  image_builder: Hammer,
  step_operator: Cpu,
  experiment_tracker: FlaskConical,
  deployer: Send,
  model_deployer: Rocket,
  model_registry: Library,
  data_validator: ShieldCheck,
  feature_store: Table2,
  annotator: PenLine,
  alerter: Bell,
  log_store: ScrollText,
  sandbox: SquareTerminal,
};

export const TypeIcon = ({ type, className }: { readonly type: string; readonly className?: string }) => {
  const Icon = icons[type] ?? Boxes;
  return <Icon className={className ?? 'size-4'} aria-hidden />;
};

const hues = ['#3a50b4', '#17704a', '#8a5300', '#9b2c6b', '#0f6a80', '#6b4fb3', '#a3402a', '#4b6a1f', '#495063'];

/** Two letters that tell flavors apart at a glance. Drawn here: logos would be requests to somebody else's server. */
const lettersOf = (name: string): string => {
  const parts = name.split(/[\s._-]+/).filter(Boolean);
  const [first = '?', second] = parts;
  return (second ? `${first.charAt(0)}${second.charAt(0)}` : first.slice(0, 2)).toUpperCase();
};

export const FlavorMark = ({ name, size = 'md' }: { readonly name: string; readonly size?: 'sm' | 'md' | 'lg' }) => {
  const plain = name.toLowerCase().replaceAll(/[\s._-]/g, '');
  const hue = hues[[...plain].reduce((sum, letter) => sum * 7 + (letter.codePointAt(0) ?? 0), 0) % hues.length];
  return (
    <span
      aria-hidden
      style={{ background: hue }}
      className={cx(
        'inline-grid shrink-0 place-items-center rounded-lg font-semibold tracking-tight text-white select-none',
        size === 'sm' ? 'size-6 rounded-md text-[0.625rem]' : size === 'md' ? 'size-9 text-xs' : 'size-11 text-base',
      )}
    >
      {lettersOf(name)}
    </span>
  );
};
