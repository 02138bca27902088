import { Check, ShieldQuestion, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Search } from '../../resource/list-state.ts';
import { useRead } from '../../resource/query.ts';
import type { Named, Reason } from '../../resource/types.ts';
import { Avatar, Badge, Card, Empty, SkeletonLines } from '../../ui/bits.tsx';
import { Failure } from '../../ui/notice.tsx';

interface Explained {
  readonly allowed: boolean;
  readonly permission: string;
  readonly principal: Named | string;
  readonly target: unknown;
  readonly reasons: readonly Reason[];
  readonly missing: unknown;
}
interface Who {
  readonly permission: string;
  readonly principals: readonly { principal: Named & { kind?: string }; reasons: readonly Reason[] }[];
}

const ask = ({ type, action, id, project }: Search) => ({ type, action, id, project: id ? undefined : project });

const Reasons = ({ reasons }: { readonly reasons: readonly Reason[] }) => (
  <ul className="grid gap-1.5">
    {reasons.map((reason, index) => (
      <li key={index} className="flex items-start gap-2 text-sm">
        <span className="shrink-0">
          <Badge tone="accent">{reason.kind}</Badge>
        </span>
        <span className="min-w-0 wrap-anywhere">{reason.text}</span>
      </li>
    ))}
  </ul>
);

const missingText = (missing: unknown, permission: string): ReactNode => {
  const words = Array.isArray(missing)
    ? missing.map((one) => (typeof one === 'string' ? one : ((one as Reason).text ?? JSON.stringify(one))))
    : missing
      ? [typeof missing === 'string' ? missing : ((missing as Reason).text ?? permission)]
      : [permission];
  return words.map((word) => <li key={word}>{word}</li>);
};

const Waiting = () => (
  <Card>
    <Empty icon={<ShieldQuestion />} title="Put the question together">
      The answer appears here, with the whole chain: through which team, role and scope.
    </Empty>
  </Card>
);

export const MayAnswer = ({ search }: { readonly search: Search }) => {
  const ready = Boolean(search.principal && search.type && search.action);
  const answer = useRead<Explained>('/access/explain', { principal: search.principal, ...ask(search) }, ready);
  if (!ready) return <Waiting />;
  if (answer.error) return <Failure error={answer.error} retry={() => void answer.refetch()} />;
  if (!answer.data) return <SkeletonLines />;
  const { allowed, permission, reasons, missing } = answer.data;
  return (
    <Card>
      <div aria-live="polite" className="grid gap-4">
        <p className="flex items-center gap-2.5 text-lg font-semibold">
          {allowed ? (
            <Check className="size-6 rounded-full bg-good-wash p-1 text-good" aria-hidden />
          ) : (
            <X className="size-6 rounded-full bg-danger-wash p-1 text-danger-text" aria-hidden />
          )}
          {allowed ? 'Yes' : 'No'}, {search.principal} {allowed ? 'may' : 'may not'}
          <code className="font-mono text-sm font-normal text-soft">{permission}</code>
        </p>
        {allowed && <Reasons reasons={reasons} />}
        {!allowed && (
          <div className="text-sm">
            <p className="font-medium">What would have to be granted</p>
            <ul className="mt-1 list-inside list-disc text-soft">{missingText(missing, permission)}</ul>
          </div>
        )}
      </div>
    </Card>
  );
};

export const WhoAnswer = ({ search }: { readonly search: Search }) => {
  const ready = Boolean(search.type && search.action);
  const answer = useRead<Who>('/access/who', ask(search), ready);
  if (!ready) return <Waiting />;
  if (answer.error) return <Failure error={answer.error} retry={() => void answer.refetch()} />;
  if (!answer.data) return <SkeletonLines />;
  const { principals, permission } = answer.data;
  return (
    <Card title={principals.length === 1 ? '1 can' : `${principals.length} can`} hint={permission}>
      <ul className="grid gap-4" aria-live="polite">
        {principals.map((one) => (
          <li key={one.principal.id} className="flex gap-2.5">
            <Avatar name={one.principal.name} />
            <div className="min-w-0">
              <p className="mb-1 text-sm font-medium">{one.principal.name}</p>
              <Reasons reasons={one.reasons} />
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
};
