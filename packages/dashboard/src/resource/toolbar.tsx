import { Search as Icon, X } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { cx } from '../ui/cx.ts';
import { inputClass } from '../ui/field.tsx';
import { SelectBox, type Option } from '../ui/select.tsx';

export const Toolbar = ({ children }: { readonly children: ReactNode }) => (
  <div className="mb-3 flex flex-wrap items-center gap-2">{children}</div>
);

/** Types freely, asks the server when the typing pauses. */
export const SearchBox = ({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) => {
  const [text, setText] = useState(value);
  const sent = useRef(value);
  useEffect(() => {
    if (value !== sent.current) {
      sent.current = value;
      setText(value);
    }
  }, [value]);
  useEffect(() => {
    if (text === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = text;
      onChange(text);
    }, 220);
    return () => clearTimeout(timer);
  });
  return (
    <div className="relative w-full sm:w-64">
      <Icon className="pointer-events-none absolute top-2 left-2.5 size-4 text-faint" aria-hidden />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => setText(event.target.value)}
        className={cx(inputClass, 'h-8! w-full pl-8 text-sm! [&::-webkit-search-cancel-button]:hidden')}
      />
      {text && (
        <button
          type="button"
          aria-label="Clear search"
          onClick={() => setText('')}
          className="absolute top-1 right-1 grid size-6 place-items-center rounded text-faint hover:text-ink"
        >
          <X className="size-3.5" aria-hidden />
        </button>
      )}
    </div>
  );
};

interface FilterProps {
  readonly label: string;
  /** What it is called not to filter; absent where something is always chosen. */
  readonly all?: string;
  readonly options: readonly Option[];
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

const any = '*';

export const Filter = ({ label, all, options, value, onChange }: FilterProps) => (
  <SelectBox
    label={label}
    className={cx('h-8! min-w-32 text-sm!', all && value && 'border-accent-text! bg-accent-wash!')}
    options={[...(all ? [{ value: any, label: all }] : []), ...options]}
    value={value ?? any}
    onChange={(next) => onChange(next === any ? undefined : next)}
  />
);
