import { Plus, X } from 'lucide-react';
import type { ClipboardEvent } from 'react';
import { Button, IconButton } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { inputClass } from '../../ui/field.tsx';
import { linesOf, type Pair } from './pairs.ts';

interface Props {
  readonly pairs: readonly Pair[];
  readonly onChange: (pairs: readonly Pair[]) => void;
  readonly problem: string | undefined;
}

/** Keys and values of a secret. Lines of `KEY=value` that are pasted become rows. */
export const KeyRows = ({ pairs, onChange, problem }: Props) => {
  const put = (index: number, pair: Pair): void => onChange(pairs.map((one, other) => (other === index ? pair : one)));
  const paste = (index: number) => (event: ClipboardEvent) => {
    const lines = linesOf(event.clipboardData.getData('text'));
    if (!lines) return;
    event.preventDefault();
    onChange([...pairs.slice(0, index), ...lines, ...pairs.slice(index + 1).filter(([key, value]) => key || value)]);
  };
  return (
    <fieldset className="grid min-w-0 gap-2">
      <legend className="mb-1.5 text-sm font-medium">Keys and values</legend>
      <ul className="grid gap-2">
        {pairs.map(([key, value], index) => (
          <li key={index} className="flex items-start gap-1.5">
            <div className="grid min-w-0 grow gap-1.5 sm:grid-cols-2">
              <input
                aria-label={`Key ${index + 1}`}
                aria-invalid={problem && !key.trim() && value ? true : undefined}
                placeholder="key"
                value={key}
                spellCheck={false}
                autoComplete="off"
                onChange={(event) => put(index, [event.target.value, value])}
                onPaste={paste(index)}
                className={cx(inputClass, 'w-full min-w-0 font-mono text-sm!')}
              />
              <input
                aria-label={`Value ${index + 1}`}
                placeholder="value"
                type="password"
                value={value}
                autoComplete="new-password"
                onChange={(event) => put(index, [key, event.target.value])}
                className={cx(inputClass, 'w-full min-w-0')}
              />
            </div>
            <IconButton
              label={`Remove ${key || `key ${index + 1}`}`}
              className="h-9!"
              onClick={() => onChange(pairs.filter((_, other) => other !== index))}
            >
              <X aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      <div>
        <Button size="sm" onClick={() => onChange([...pairs, ['', '']])}>
          <Plus aria-hidden />
          Add a key
        </Button>
      </div>
      {problem && (
        <p className="text-sm text-danger-text" role="alert">
          {problem}
        </p>
      )}
      <p className="text-xs text-faint">Lines such as KEY=value can be pasted into a key.</p>
    </fieldset>
  );
};
