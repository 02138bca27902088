import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from './button.tsx';
import { toast } from './toast.tsx';

/** The clipboard API is missing on plain http; there a hidden selection does the same. */
export const copyText = async (text: string): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.style.position = 'fixed';
    area.style.opacity = '0';
    const host = document.activeElement?.closest('[role="dialog"]') ?? document.body;
    const focused = document.activeElement as HTMLElement | null;
    host.append(area);
    area.select();
    const worked = document.execCommand('copy');
    area.remove();
    focused?.focus();
    return worked;
  }
};

const useCopy = () => {
  const [copied, setCopied] = useState(false);
  const copy = async (text: string, done = 'Copied'): Promise<void> => {
    if (await copyText(text)) {
      setCopied(true);
      toast.good(done);
      setTimeout(() => setCopied(false), 2000);
    } else toast.bad('The browser did not allow copying. Select the text and copy it by hand.');
  };
  return { copied, copy };
};

export const CopyButton = ({ text, label = 'Copy' }: { readonly text: string; readonly label?: string }) => {
  const { copied, copy } = useCopy();
  return (
    <IconButton label={label} onClick={() => void copy(text)}>
      {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
    </IconButton>
  );
};

export const Command = ({ text, label }: { readonly text: string; readonly label?: string }) => (
  <div className="flex items-start gap-1 rounded-lg border border-line bg-side py-1 pr-1 pl-3">
    <pre
      className="min-w-0 grow overflow-x-auto py-1.5 font-mono text-sm leading-5"
      tabIndex={0}
      role="group"
      aria-label={label ?? 'Command'}
    >
      {text}
    </pre>
    <CopyButton text={text} label={`Copy ${label ?? 'command'}`} />
  </div>
);

/** A value that is shown once: a link, a token, a key. */
export const OnceValue = ({
  value,
  label,
  note,
}: {
  readonly value: string;
  readonly label: string;
  readonly note?: string;
}) => {
  const { copied, copy } = useCopy();
  return (
    <div className="grid gap-2 rounded-lg border border-accent-text/40 bg-accent-wash p-3">
      <p className="text-sm font-medium text-accent-text">{label}</p>
      <div className="flex items-center gap-2">
        <input
          readOnly
          aria-label={label}
          value={value}
          onFocus={(event) => event.target.select()}
          className="h-9 min-w-0 grow rounded-md border border-edge bg-raised px-2.5 font-mono text-sm"
        />
        <button
          type="button"
          autoFocus
          onClick={() => void copy(value)}
          className="inline-flex h-9 items-center gap-1.5 rounded-md bg-accent px-3 text-sm font-medium text-accent-ink hover:bg-accent-strong"
        >
          {copied ? <Check className="size-4" aria-hidden /> : <Copy className="size-4" aria-hidden />}
          {copied ? 'Copied' : 'Copy'}
        </button>
      </div>
      {note && <p className="text-xs text-soft">{note}</p>}
    </div>
  );
};
