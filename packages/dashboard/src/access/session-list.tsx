import { KeyRound, Monitor, Terminal } from 'lucide-react';
import { remove, seg } from '../api.ts';
import { useChange } from '../resource/query.ts';
import type { Session } from '../resource/types.ts';
import { Badge } from '../ui/bits.tsx';
import { Button } from '../ui/button.tsx';
import { ago, Time } from '../ui/time.tsx';

const kinds: Record<string, string> = {
  browser: 'Browser',
  access: 'Client session',
  device: 'Approved computer',
  workload: 'Pipeline run',
  personal: 'Personal token',
};

/** `Mozilla/5.0 (X11; Linux x86_64) … Chrome/140 …` is for machines. */
const agentText = (agent: string | null): string => {
  if (!agent) return '';
  const browser = /(Firefox|Edg|OPR|Chrome|Safari)\/\d+/.exec(agent)?.[1];
  const names: Record<string, string> = { Edg: 'Edge', OPR: 'Opera' };
  const system = /(Windows|Mac OS X|Android|iPhone|Linux)/.exec(agent)?.[1]?.replace('Mac OS X', 'macOS');
  if (browser) return `${names[browser] ?? browser}${system ? ` on ${system}` : ''}`;
  return agent.slice(0, 60);
};

/** How the session began; says nothing about where it is. */
const beginnings = new Set(['password', 'sign-up', 'set-up', 'reset', 'api_key']);

const sessionTitle = ({ label, kind, user_agent }: Session['body']): string =>
  (label && !beginnings.has(label) ? label : '') || agentText(user_agent) || kinds[kind] || kind;

const ending = ({ kind, expires }: Session['body']): string => {
  if (expires) return `, ends ${ago(expires)}`;
  return kind === 'workload' ? ', ends with the run' : ', does not end by itself';
};

const Icon = ({ kind }: { readonly kind: string }) =>
  kind === 'browser' ? (
    <Monitor className="size-4" aria-hidden />
  ) : kind === 'personal' ? (
    <KeyRound className="size-4" aria-hidden />
  ) : (
    <Terminal className="size-4" aria-hidden />
  );

const Row = ({
  session,
  onEnd,
  busy,
}: {
  readonly session: Session;
  readonly onEnd: () => void;
  readonly busy: boolean;
}) => {
  const { body } = session;
  const title = sessionTitle(body);
  return (
    <li className="flex items-center gap-3 border-t px-3 py-2.5 first:border-t-0">
      <span className="grid size-8 shrink-0 place-items-center rounded-lg bg-hover text-faint">
        <Icon kind={body.kind} />
      </span>
      <div className="min-w-0 grow text-sm">
        <p className="flex flex-wrap items-center gap-x-2">
          <span className="truncate font-medium">{title}</span>
          {body.current && <Badge tone="good">this one</Badge>}
          {body.permissions?.length === 1 && <Badge>read only</Badge>}
        </p>
        <p className="text-xs text-faint">
          {[kinds[body.kind] ?? body.kind, title !== agentText(body.user_agent) && agentText(body.user_agent), body.ip]
            .filter(Boolean)
            .join(' · ')}
        </p>
        <p className="text-xs text-faint">
          Used <Time at={body.last_used} never="never" />
          {ending(body)}
        </p>
      </div>
      {!body.current && (
        <Button size="sm" look="danger-ghost" busy={busy} onClick={onEnd} aria-label={`Revoke ${title}`}>
          Revoke
        </Button>
      )}
    </li>
  );
};

export const SessionList = ({ sessions, none }: { readonly sessions: readonly Session[]; readonly none: string }) => {
  const end = useChange((session: Session) => remove(`/sessions/${seg(session.id)}`), { done: 'Revoked' });
  return (
    <ul className="rounded-lg border border-line">
      {sessions.map((session) => (
        <Row
          key={session.id}
          session={session}
          busy={end.isPending && end.variables?.id === session.id}
          onEnd={() => end.mutate(session)}
        />
      ))}
      {sessions.length === 0 && <li className="px-3 py-4 text-sm text-soft">{none}</li>}
    </ul>
  );
};
