import { Field } from '../../ui/field.tsx';
import { Badge } from '../../ui/bits.tsx';
import { Group, isGroup, type RowProps } from './group.tsx';
import type { Kind, Spec } from './kinds.ts';
import { Scalar, written } from './scalar.tsx';

/** What a number must be, in words. */
export const limits = (kind: Kind): string | undefined => {
  if (kind.kind !== 'number') return undefined;
  const low =
    kind.least !== undefined ? `at least ${kind.least}` : kind.above !== undefined && `more than ${kind.above}`;
  const high = kind.most !== undefined ? `at most ${kind.most}` : kind.below !== undefined && `less than ${kind.below}`;
  const words = [low, high].filter(Boolean).join(', ');
  return words ? `${words.charAt(0).toUpperCase()}${words.slice(1)}.` : undefined;
};

const hintOf = (spec: Spec): string | undefined => {
  const { fallback, kind } = spec;
  const shown =
    fallback !== undefined && fallback !== null && fallback !== '' && !['choice', 'boolean'].includes(kind.kind);
  const text = shown ? written(fallback) : '';
  const standard = text && text !== '{}' && text !== '[]' ? `Default: ${text}.` : undefined;
  const form = { mixed: `Takes ${kind.kind === 'mixed' ? kind.types.join(' or ') : ''}.`, json: 'JSON.' }[
    kind.kind as string
  ];
  return [spec.description, form, limits(kind), standard].filter(Boolean).join(' ') || undefined;
};

const Label = ({ spec }: { readonly spec: Spec }) => (
  <>
    {spec.label} {!spec.required && <span className="ml-0.5 font-normal text-faint">optional</span>}
    {spec.deprecated && (
      <span className="ml-1.5">
        <Badge tone="warn">deprecated</Badge>
      </span>
    )}
  </>
);

/** One field of a schema: name, control, what it means and what is wrong with it. */
export const FieldRow = ({ spec, draft, onChange, path, problems, referable }: RowProps) => {
  const shared = {
    kind: spec.kind,
    draft,
    onChange,
    label: spec.label,
    fallback: spec.fallback,
    secret: spec.secret,
    path,
    problems,
  };
  const hint = hintOf(spec);
  if (isGroup(spec.kind, draft)) {
    return (
      <fieldset className="grid min-w-0 gap-1.5">
        <legend className="mb-1.5 text-sm font-medium">
          <Label spec={spec} />
        </legend>
        <Group {...shared} row={FieldRow} ids={{ 'aria-label': spec.label }} />
        {hint && <p className="text-xs wrap-anywhere text-faint">{hint}</p>}
      </fieldset>
    );
  }
  return (
    <Field label={<Label spec={spec} />} hint={hint} problem={problems[path]}>
      {(ids) => (
        <Scalar {...shared} ids={ids} referable={referable && !['boolean', 'choice'].includes(spec.kind.kind)} />
      )}
    </Field>
  );
};
