import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { inputClass } from '../../ui/field.tsx';
import { SelectBox } from '../../ui/select.tsx';
import { isReference, type Draft } from './draft.ts';
import type { Kind } from './kinds.ts';
import { SecretPicker } from './secret-picker.tsx';

interface Ids {
  readonly id?: string;
  readonly 'aria-label'?: string;
  readonly 'aria-describedby'?: string | undefined;
  readonly 'aria-invalid'?: true | undefined;
}

export interface ControlProps {
  readonly kind: Kind;
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly label: string;
  readonly ids: Ids;
  /** What counts where nothing is set. */
  readonly fallback?: unknown;
  readonly secret?: boolean;
  /** Secrets can be named here: the client puts them in where a field stands at the top of a configuration. */
  readonly referable?: boolean;
}

/** How a value is read in a hint or as the grey words in an empty box. */
export const written = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return JSON.stringify(value);
};

const none = '';

const Choose = ({ draft, onChange, label, ids, fallback, options }: ControlProps & { options: readonly string[] }) => {
  const named = (value: string): string => (value === 'true' ? 'Yes' : value === 'false' ? 'No' : value);
  const standard = fallback === undefined ? 'Not set' : `Default (${fallback === null ? 'none' : written(fallback)})`;
  return (
    <SelectBox
      label={label}
      ids={ids as { id: string; 'aria-describedby': string | undefined }}
      options={[{ value: none, label: standard }, ...options.map((value) => ({ value, label: named(value) }))]}
      value={typeof draft === 'string' ? draft : none}
      onChange={(next) => onChange(next === none ? undefined : next)}
    />
  );
};

const long = (kind: Kind): boolean => kind.kind === 'json' || (kind.kind === 'mixed' && kind.types.includes('object'));

/** A field that is one box: text, number, yes or no, one of a few, a document. */
export const Scalar = (props: ControlProps) => {
  const { kind, draft, onChange, ids, fallback, secret, referable, label } = props;
  const [picking, setPicking] = useState(false);
  const text = typeof draft === 'string' ? draft : '';
  const reference = isReference(text);
  if (!reference && kind.kind === 'choice') return <Choose {...props} options={kind.options} />;
  if (!reference && kind.kind === 'boolean') return <Choose {...props} options={['true', 'false']} />;
  const placeholder =
    draft === null ? 'null' : fallback === undefined || fallback === null || fallback === '' ? '' : written(fallback);
  const change = (next: string): void => onChange(next === '' ? undefined : next);
  const shared = {
    ...ids,
    value: text,
    placeholder,
    spellCheck: false,
    autoComplete: 'off',
  };
  return (
    <div className="flex items-start gap-1">
      {long(kind) && !reference ? (
        <textarea
          {...shared}
          rows={Math.min(12, Math.max(kind.kind === 'json' ? 3 : 1, text.split('\n').length))}
          onChange={(event) => change(event.target.value)}
          className={cx(
            inputClass,
            'h-auto min-h-9 w-full min-w-0 py-1.5',
            kind.kind === 'json' && 'font-mono text-sm!',
          )}
        />
      ) : (
        <input
          {...shared}
          type={secret && !reference ? 'password' : 'text'}
          {...(secret && !reference && { autoComplete: 'new-password' })}
          inputMode={kind.kind === 'number' && !reference ? 'decimal' : 'text'}
          onChange={(event) => change(event.target.value)}
          className={cx(inputClass, 'w-full min-w-0', reference && 'font-mono text-sm!')}
        />
      )}
      {referable && (
        <>
          <IconButton
            label={`Take ${label} from a secret`}
            className={cx('h-9! w-9!', reference && 'text-accent-text!')}
            onClick={() => setPicking(true)}
          >
            <KeyRound aria-hidden />
          </IconButton>
          <SecretPicker
            open={picking}
            onClose={() => setPicking(false)}
            label={label}
            value={reference ? text : ''}
            onPick={change}
          />
        </>
      )}
    </div>
  );
};
