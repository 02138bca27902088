import { ChevronsUpDown, X } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import type { Envelope } from '../api.ts';
import { Combo } from '../ui/combo.tsx';
import { cx } from '../ui/cx.ts';
import { inputClass } from '../ui/field.tsx';
import { useList } from './query.ts';

interface Props {
  readonly label: string;
  /** Where the things are listed that one can filter by; their names are what is chosen. */
  readonly path: string;
  readonly project?: string | null | undefined;
  readonly sort?: string;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
  /** Where more than its name is wanted of what was chosen. */
  readonly onPick?: (thing: Envelope) => void;
}

/** Chooses one of many things by name: the server is asked as one types, and not before. */
export const LookupFilter = ({ label, path, project, sort = 'asc:name', value, onChange, onPick }: Props) => {
  const [text, setText] = useState<string | null>(null);
  const typed = useDeferredValue(text ?? '');
  const found = useList<Envelope>(
    path,
    { size: 20, sort_by: sort, project: project ?? undefined, name: typed && `contains:${typed}` },
    text !== null,
  );
  const options = (found.data?.items ?? []).map((one) => ({ value: one.name, label: one.name }));
  return (
    <div className="relative" onFocus={() => setText((before) => before ?? '')}>
      <Combo
        ids={{ 'aria-label': label }}
        label={label}
        options={options}
        chosen={value ? [{ value, label: value }] : []}
        text={text || value || ''}
        onText={setText}
        onPick={(option) => {
          setText(null);
          onChange(option.value);
          const thing = found.data?.items.find((one) => one.name === option.value);
          if (thing) onPick?.(thing);
        }}
        onBlur={() => setText(null)}
        empty={found.data ? 'Nothing matches.' : 'Looking …'}
        placeholder={label}
        className={cx(
          inputClass,
          'h-8! w-30 pr-7 text-sm! placeholder:text-ink',
          value && 'border-accent-text! bg-accent-wash!',
        )}
      />
      {value ? (
        <button
          type="button"
          aria-label={`Clear ${label}`}
          onClick={() => onChange(undefined)}
          className="absolute top-1 right-1 grid size-6 place-items-center rounded text-faint hover:text-ink"
        >
          <X className="size-3.5" aria-hidden />
        </button>
      ) : (
        <ChevronsUpDown className="pointer-events-none absolute top-2.25 right-2.5 size-3.5 text-faint" aria-hidden />
      )}
    </div>
  );
};
