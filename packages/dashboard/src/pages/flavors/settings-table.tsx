import { ChevronRight } from 'lucide-react';
import { Fragment, useState } from 'react';
import { limits } from '../../resource/schema/field-row.tsx';
import { fieldsOf, type Kind, type Schema, type Spec } from '../../resource/schema/kinds.ts';
import { written } from '../../resource/schema/scalar.tsx';
import { Badge } from '../../ui/bits.tsx';
import { cx } from '../../ui/cx.ts';

const kindText = (kind: Kind): string => {
  switch (kind.kind) {
    case 'text':
      return 'text';
    case 'number':
      return kind.integer ? 'whole number' : 'number';
    case 'boolean':
      return 'yes or no';
    case 'choice':
      return kind.options.join(' · ');
    case 'object':
      return 'settings';
    case 'map':
      return kind.of.kind === 'mixed' ? 'names with values' : `names with ${kindText(kind.of)}`;
    case 'list':
      return `list of ${kindText(kind.of)}`;
    case 'tuple':
      return `${kind.of.length} values: ${kind.of.map(kindText).join(', ')}`;
    case 'mixed':
      return kind.types.length > 3 ? 'anything' : kind.types.join(' or ');
    case 'json':
      return kind.of === 'array' ? 'list' : 'document';
  }
};

const Default = ({ spec }: { readonly spec: Spec }) => {
  const { fallback } = spec;
  if (fallback === undefined || fallback === null || fallback === '') return <span className="text-faint">—</span>;
  return <code className="font-mono text-xs wrap-anywhere">{written(fallback)}</code>;
};

/** A long name may break where its words end. */
const Name = ({ text }: { readonly text: string }) =>
  text.split('_').map((word, index) => (
    <Fragment key={index}>
      {index > 0 && (
        <>
          _<wbr />
        </>
      )}
      {word}
    </Fragment>
  ));

const Row = ({ spec, under }: { readonly spec: Spec; readonly under?: string }) => {
  const [open, setOpen] = useState(false);
  const fields = spec.kind.kind === 'object' ? spec.kind.fields : [];
  return (
    <>
      <tr className="border-t align-top">
        <td className="py-2 pr-3 pl-4">
          <code className="font-mono text-sm wrap-anywhere">
            {under && (
              <span className="text-faint">
                <Name text={under} />.
              </span>
            )}
            <Name text={spec.name} />
          </code>
          <span className="mt-0.5 flex flex-wrap gap-1 empty:hidden">
            {spec.required && <Badge tone="accent">needed</Badge>}
            {spec.secret && <Badge tone="warn">secret</Badge>}
            {spec.deprecated && <Badge>deprecated</Badge>}
          </span>
        </td>
        <td className="px-3 py-2 text-soft">
          {fields.length ? (
            <button
              type="button"
              aria-expanded={open}
              onClick={() => setOpen(!open)}
              className="inline-flex min-h-6 items-center gap-1 rounded text-accent-text hover:underline"
            >
              <ChevronRight className={cx('size-3.5 transition-transform', open && 'rotate-90')} aria-hidden />
              {fields.length} settings
            </button>
          ) : (
            kindText(spec.kind)
          )}
          {limits(spec.kind) && <span className="block text-xs text-faint">{limits(spec.kind)}</span>}
          {spec.description && <span className="block text-xs text-faint">{spec.description}</span>}
        </td>
        <td className="hidden py-2 pr-4 pl-3 sm:table-cell">
          <Default spec={spec} />
        </td>
      </tr>
      {open &&
        fields.map((field) => (
          <Row key={field.name} spec={field} under={under ? `${under}.${spec.name}` : spec.name} />
        ))}
    </>
  );
};

/** Every setting that a schema knows. */
export const SettingsTable = ({ schema }: { readonly schema: Schema }) => {
  const specs = fieldsOf(schema).toSorted(
    (a, b) => Number(b.required) - Number(a.required) || Number(a.deprecated) - Number(b.deprecated),
  );
  if (specs.length === 0) return <p className="p-4 text-sm text-soft">There is nothing to set.</p>;
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-sm" aria-label="Settings">
        <thead className="bg-side text-left text-xs text-faint">
          <tr>
            <th scope="col" className="h-9 pr-3 pl-4 font-medium">
              Setting
            </th>
            <th scope="col" className="px-3 font-medium">
              Takes
            </th>
            <th scope="col" className="hidden pr-4 pl-3 font-medium sm:table-cell">
              Default
            </th>
          </tr>
        </thead>
        <tbody>
          {specs.map((spec) => (
            <Row key={spec.name} spec={spec} />
          ))}
        </tbody>
      </table>
    </div>
  );
};
