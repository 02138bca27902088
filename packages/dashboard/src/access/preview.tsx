import { useQuery } from '@tanstack/react-query';
import { Minus, Plus } from 'lucide-react';
import { post } from '../api.ts';
import type { Change, Preview } from '../resource/types.ts';
import { Skeleton } from '../ui/bits.tsx';
import { Problem } from '../ui/notice.tsx';
import { changeScope } from './words.ts';

const usePreview = (body: object | null) =>
  useQuery({
    queryKey: ['/access/preview', body],
    queryFn: () => post<Preview>('/access/preview', body ?? {}),
    enabled: body !== null,
    retry: false,
    staleTime: 0,
  });

const Line = ({ change, plus }: { readonly change: Change; readonly plus: boolean }) => {
  const most = 6;
  const names = change.permissions;
  return (
    <li className="flex gap-1.5">
      {plus ? (
        <Plus className="mt-1 size-3.5 shrink-0 text-good" aria-label="gains" />
      ) : (
        <Minus className="mt-1 size-3.5 shrink-0 text-danger-text" aria-label="loses" />
      )}
      <span className="min-w-0 wrap-anywhere" title={names.join('\n')}>
        <span className="font-mono text-xs">{names.slice(0, most).join(', ')}</span>
        {names.length > most && ` and ${names.length - most} more`}
        <span className="text-faint"> {changeScope(change.scope)}</span>
      </span>
    </li>
  );
};

const Body = ({ preview }: { readonly preview: Preview }) => {
  const people = preview.people.filter((one) => one.gains.length + one.loses.length > 0);
  if (people.length === 0) return <p className="text-soft">Nobody gains or loses anything by this.</p>;
  return (
    <div className="grid gap-2.5">
      {preview.summary.map((line) => (
        <p key={line} className="font-medium">
          {line}
        </p>
      ))}
      <ul className="grid max-h-56 gap-2 overflow-y-auto" tabIndex={0} aria-label="Who gains or loses what">
        {people.map((one) => (
          <li key={one.principal.id}>
            <span className="font-medium">{one.principal.name}</span>
            <ul>
              {one.gains.map((change, index) => (
                <Line key={`g${index}`} change={change} plus />
              ))}
              {one.loses.map((change, index) => (
                <Line key={`l${index}`} change={change} plus={false} />
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </div>
  );
};

/** What would change for whom, computed by the server with the same rules that decide afterwards. */
export const PreviewBox = ({
  body,
  title = 'What this changes',
}: {
  readonly body: object | null;
  readonly title?: string;
}) => {
  const preview = usePreview(body);
  if (!body) return null;
  return (
    <section aria-label={title} aria-live="polite" className="rounded-lg border border-line bg-side p-3 text-sm">
      <h3 className="mb-1.5 text-xs font-medium text-faint">{title}</h3>
      {preview.isPending && (
        <div className="grid gap-2">
          <Skeleton className="w-2/3" />
          <Skeleton className="w-1/2" />
        </div>
      )}
      {preview.error && <Problem error={preview.error} />}
      {preview.data && <Body preview={preview.data} />}
    </section>
  );
};
