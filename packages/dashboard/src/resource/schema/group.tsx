import { Plus, X } from 'lucide-react';
import type { ComponentType, ReactNode } from 'react';
import { Button, IconButton } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { inputClass } from '../../ui/field.tsx';
import { isList, type Draft, type Fields, type Pairs } from './draft.ts';
import type { Kind, Spec } from './kinds.ts';
import { Scalar, type ControlProps } from './scalar.tsx';

export interface RowProps {
  readonly spec: Spec;
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly path: string;
  readonly problems: Readonly<Record<string, string>>;
  readonly referable: boolean;
}

export interface GroupProps extends ControlProps {
  /** How a field inside is shown: as one outside is. */
  readonly row: ComponentType<RowProps>;
  readonly path: string;
  readonly problems: Readonly<Record<string, string>>;
}

const grouped = (kind: Kind): boolean => ['object', 'list', 'map', 'tuple'].includes(kind.kind);

const Problem = ({ text }: { readonly text: string | undefined }) =>
  text ? (
    <p className="text-sm text-danger-text" role="alert">
      {text}
    </p>
  ) : null;

/** Any field inside another one. */
const Inner = (props: GroupProps) => {
  const problem = props.problems[props.path];
  const control = isGroup(props.kind, props.draft) ? (
    <Group {...props} />
  ) : (
    <Scalar {...props} ids={{ 'aria-label': props.label, ...(problem && { 'aria-invalid': true as const }) }} />
  );
  return (
    <div className="grid min-w-0 grow gap-1">
      {control}
      {!isGroup(props.kind, props.draft) && <Problem text={problem} />}
    </div>
  );
};

/** A list, a map or an object, unless it holds a reference to a secret or something that does not fit it. */
export const isGroup = (kind: Kind, draft: Draft): boolean => grouped(kind) && typeof draft !== 'string';

interface RowParts {
  readonly children: ReactNode;
  readonly onRemove: () => void;
  readonly label: string;
  /** It has fields of its own: a frame keeps them together. */
  readonly boxed: boolean;
}

const Row = ({ children, onRemove, label, boxed }: RowParts) => (
  <li className={cx('flex items-start gap-1.5', boxed && 'rounded-lg border border-line p-2.5')}>
    {children}
    <IconButton label={`Remove ${label}`} className="h-9!" onClick={onRemove}>
      <X aria-hidden />
    </IconButton>
  </li>
);

const AddButton = ({
  word,
  label,
  onClick,
}: {
  readonly word: string;
  readonly label: string;
  readonly onClick: () => void;
}) => (
  <div>
    <Button size="sm" onClick={onClick}>
      <Plus aria-hidden />
      {word} <span className="sr-only">{label}</span>
    </Button>
  </div>
);

const List = (props: GroupProps & { readonly of: Kind }) => {
  const { of, draft, onChange, label, path, fallback } = props;
  const items = isList(draft) ? draft : [];
  const put = (next: readonly Draft[]): void =>
    onChange(next.length || (Array.isArray(fallback) && fallback.length) ? next : undefined);
  return (
    <>
      {items.length > 0 && (
        <ul className="grid gap-2">
          {items.map((item, index) => (
            <Row
              key={index}
              label={`${label} ${index + 1}`}
              boxed={grouped(of)}
              onRemove={() => put(items.filter((_, other) => other !== index))}
            >
              <Inner
                {...props}
                kind={of}
                draft={item}
                label={`${label} ${index + 1}`}
                path={`${path}.${index}`}
                fallback={undefined}
                referable={false}
                onChange={(next) => put(items.map((one, other) => (other === index ? next : one)))}
              />
            </Row>
          ))}
        </ul>
      )}
      <AddButton word="Add" label={label} onClick={() => put([...items, undefined])} />
    </>
  );
};

const Tuple = (props: GroupProps & { readonly of: readonly Kind[] }) => {
  const { of, draft, onChange, label, path, fallback } = props;
  const items = isList(draft) ? draft : of.map(() => undefined);
  const put = (index: number, next: Draft): void => {
    const all = of.map((_, other) => (other === index ? next : items[other]));
    onChange(all.every((one) => one === undefined) ? undefined : all);
  };
  return (
    <div className="flex gap-2">
      {of.map((kind, index) => (
        <Inner
          key={index}
          {...props}
          kind={kind}
          draft={items[index]}
          label={`${label} ${index + 1}`}
          path={`${path}.${index}`}
          fallback={Array.isArray(fallback) ? fallback[index] : undefined}
          referable={false}
          onChange={(next) => put(index, next)}
        />
      ))}
    </div>
  );
};

const Map = (props: GroupProps & { readonly of: Kind }) => {
  const { of, onChange, label, path } = props;
  const pairs = (props.draft as Pairs | undefined | null)?.pairs ?? [];
  const put = (next: Pairs['pairs']): void => onChange(next.length ? { pairs: next } : undefined);
  return (
    <>
      {pairs.length > 0 && (
        <ul className="grid gap-2">
          {pairs.map(([key, value], index) => (
            <Row
              key={index}
              label={key || `${label} ${index + 1}`}
              boxed={grouped(of)}
              onRemove={() => put(pairs.filter((_, other) => other !== index))}
            >
              <div className={cx('grid min-w-0 grow gap-1.5', !grouped(of) && 'sm:grid-cols-2')}>
                <input
                  aria-label={`${label}: name ${index + 1}`}
                  placeholder="name"
                  value={key}
                  spellCheck={false}
                  autoComplete="off"
                  onChange={(event) =>
                    put(pairs.map((one, other) => (other === index ? ([event.target.value, one[1]] as const) : one)))
                  }
                  className={cx(inputClass, 'w-full min-w-0')}
                />
                <Inner
                  {...props}
                  kind={of}
                  draft={value}
                  label={`${label}: value ${index + 1}`}
                  path={`${path}.${key || index}`}
                  fallback={undefined}
                  referable={false}
                  onChange={(next) => put(pairs.map((one, other) => (other === index ? ([key, next] as const) : one)))}
                />
              </div>
            </Row>
          ))}
        </ul>
      )}
      <AddButton word="Add" label={label} onClick={() => put([...pairs, ['', undefined]])} />
    </>
  );
};

const Inside = (props: GroupProps) => {
  const { kind, draft, onChange, label, path, problems, row: FieldRow } = props;
  const box = 'grid gap-4 rounded-lg border border-line p-3';
  if (kind.kind === 'list') return <List {...props} of={kind.of} />;
  if (kind.kind === 'tuple') return <Tuple {...props} of={kind.of} />;
  if (kind.kind === 'map') return <Map {...props} of={kind.of} />;
  if (kind.kind !== 'object') return null;
  const fields = (draft as Fields | undefined | null)?.fields;
  if (!fields) return <AddButton word="Set" label={label} onClick={() => onChange({ fields: {} })} />;
  return (
    <div className={box}>
      {kind.fields.map((field) => (
        <FieldRow
          key={field.name}
          spec={field}
          draft={fields[field.name]}
          path={`${path}.${field.name}`}
          problems={problems}
          referable={false}
          onChange={(next) => onChange({ fields: { ...fields, [field.name]: next } })}
        />
      ))}
      <div>
        <Button size="sm" look="ghost" onClick={() => onChange(undefined)}>
          <X aria-hidden />
          Remove these settings
        </Button>
      </div>
    </div>
  );
};

/** A field made of others. */
export const Group = (props: GroupProps) => {
  const { draft, onChange, label, path, problems } = props;
  if (typeof draft === 'object' && draft !== null && 'raw' in draft) {
    return (
      <Scalar
        {...props}
        kind={{ kind: 'json', of: 'any' }}
        draft={draft.raw}
        ids={{ 'aria-label': label }}
        onChange={(next) => onChange(typeof next === 'string' ? { raw: next } : undefined)}
      />
    );
  }
  return (
    <div className="grid min-w-0 grow gap-2">
      <Inside {...props} />
      <Problem text={problems[path]} />
    </div>
  );
};
