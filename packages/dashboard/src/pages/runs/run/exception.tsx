import { Notice } from '../../../ui/notice.tsx';
import type { ExceptionInfo } from './data.ts';

/** The class of an exception as one reads it in a traceback. */
const kindOf = (source: string | null | undefined): string => source?.split('.').at(-1) ?? '';

/** The last line of a traceback says what happened; clients may also say it by itself. */
export const saying = (info: ExceptionInfo): string => {
  const last = info.traceback?.trimEnd().split('\n').at(-1) ?? '';
  if (!info.message) return last;
  const kind = kindOf(info.source);
  return kind ? `${kind}: ${info.message}` : info.message;
};

/** Why a step or a run failed: what happened, and where. */
export const Exception = ({ info, title }: { readonly info: ExceptionInfo; readonly title: string }) => (
  <div className="grid gap-2">
    <Notice kind="bad" title={title}>
      <span className="font-mono text-sm">{saying(info)}</span>
    </Notice>
    {info.traceback && (
      <pre
        tabIndex={0}
        role="group"
        aria-label="Traceback"
        className="max-h-96 overflow-auto rounded-lg border border-line bg-side p-3 font-mono text-xs leading-5"
      >
        {info.traceback.trimEnd()}
      </pre>
    )}
  </div>
);
