import { useMutation } from '@tanstack/react-query';
import { Download, WrapText } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { isStatus, messageOf } from '../../../../api.ts';
import { toast } from '../../../../ui/toast.tsx';
import { Filter, SearchBox, Toolbar } from '../../../../resource/toolbar.tsx';
import { Empty, SkeletonLines } from '../../../../ui/bits.tsx';
import { Button } from '../../../../ui/button.tsx';
import { cx } from '../../../../ui/cx.ts';
import { Failure, Notice } from '../../../../ui/notice.tsx';
import { parseDate } from '../../../../ui/time.tsx';
import { plain } from './ansi.ts';
import { levelName, levels, useLogs, wholeLog, type Entry } from './use-logs.ts';

const clock = (at: string | null | undefined): string =>
  at ? parseDate(at).toLocaleTimeString(undefined, { hour12: false }) : '';
const ink = (level: number | null | undefined): string =>
  (level ?? 0) >= 40 ? 'text-danger-text' : (level ?? 0) >= 30 ? 'text-warn' : 'text-ink';

const Line = ({ entry, wrap }: { readonly entry: Entry; readonly wrap: boolean }) => (
  <div className="flex gap-3 px-3 [content-visibility:auto] [contain-intrinsic-size:auto_1.25rem] hover:bg-hover">
    <time
      className="shrink-0 text-faint nums"
      {...(entry.timestamp && { dateTime: entry.timestamp, title: entry.timestamp })}
    >
      {clock(entry.timestamp)}
    </time>
    <span className={cx('w-14 shrink-0 text-xs leading-5', ink(entry.level))}>{levelName(entry.level)}</span>
    <span
      className={cx('min-w-0 grow', ink(entry.level), wrap ? 'wrap-anywhere whitespace-pre-wrap' : 'whitespace-pre')}
    >
      {plain(entry.message)}
    </span>
  </div>
);

const save = (name: string, entries: readonly Entry[]): void => {
  const text = entries
    .map((one) => [one.timestamp, levelName(one.level), plain(one.message)].filter(Boolean).join(' '))
    .join('\n');
  const address = URL.createObjectURL(new Blob([`${text}\n`], { type: 'text/plain' }));
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = `${name.replaceAll(/[^\w.-]+/g, '-')}.log`;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
};

/** Stores that only the machine of a run can reach, and servers that cannot read them, are no fault: say which it is. */
const Unreadable = ({ error, retry }: { readonly error: unknown; readonly retry: () => void }) =>
  isStatus(error, 403) || isStatus(error, 501) || isStatus(error, 404) ? (
    <Notice kind="warn" title="The log cannot be read from here">
      {messageOf(error)}
    </Notice>
  ) : (
    <Failure error={error} retry={retry} />
  );

interface Props {
  readonly id: string;
  readonly live: boolean;
  readonly name: string;
  readonly source: ReactNode;
}

export const LogView = ({ id, live, name, source }: Props) => {
  const [search, setSearch] = useState('');
  const [level, setLevel] = useState<string | undefined>();
  const [wrap, setWrap] = useState(true);
  const [follow, setFollow] = useState(live);
  const wanted = { search, level };
  const { logs, entries } = useLogs(id, wanted, live && follow);
  const download = useMutation({
    mutationFn: () => wholeLog(id, wanted),
    onSuccess: (all) => save(name, all),
    onError: (error) => toast.bad(messageOf(error)),
  });
  const box = useRef<HTMLDivElement>(null);
  const count = entries.length;
  useEffect(() => {
    if (follow && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [count, follow]);
  if (logs.error && !logs.data) return <Unreadable error={logs.error} retry={() => void logs.refetch()} />;
  return (
    <div>
      <Toolbar>
        <SearchBox label="Search in the log" value={search} onChange={setSearch} />
        <Filter label="Level" all="Any level" options={levels} value={level} onChange={setLevel} />
        {source}
        {live && (
          <label className="flex h-8 items-center gap-2 text-sm">
            <input
              type="checkbox"
              className="size-4 accent-accent"
              checked={follow}
              onChange={() => setFollow(!follow)}
            />
            Follow
          </label>
        )}
        <span className="ml-auto flex gap-1">
          <Button look="ghost" size="sm" aria-pressed={wrap} onClick={() => setWrap(!wrap)}>
            <WrapText aria-hidden />
            {wrap ? 'Lines wrap' : 'Lines run on'}
          </Button>
          <Button look="ghost" size="sm" busy={download.isPending} onClick={() => download.mutate()}>
            <Download aria-hidden />
            Download
          </Button>
        </span>
      </Toolbar>
      {!logs.data && <SkeletonLines lines={8} />}
      {logs.data && count === 0 && (
        <div className="rounded-xl border border-line bg-panel">
          <Empty title={search || level ? 'No line matches' : 'Nothing was written'} />
        </div>
      )}
      {count > 0 && (
        <div
          ref={box}
          tabIndex={0}
          role="log"
          aria-label={`Log of ${name}`}
          aria-live="off"
          className="max-h-[max(20rem,calc(100dvh-22rem))] overflow-auto rounded-xl border border-line bg-panel py-2 font-mono text-sm leading-5"
        >
          {logs.hasNextPage && (
            <div className="px-3 pb-2">
              <Button size="sm" busy={logs.isFetchingNextPage} onClick={() => void logs.fetchNextPage()}>
                Earlier lines
              </Button>
            </div>
          )}
          {entries.map((entry, index) => (
            <Line key={entry.id ?? index} entry={entry} wrap={wrap} />
          ))}
        </div>
      )}
    </div>
  );
};
