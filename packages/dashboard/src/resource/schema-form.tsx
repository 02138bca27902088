import { useMemo, useState } from 'react';
import { ApiError } from '../api.ts';
import { Button } from '../ui/button.tsx';
import { AreaField, inputClass } from '../ui/field.tsx';
import { fromDrafts, toDrafts, type Draft, type Values } from './schema/draft.ts';
import { FieldRow } from './schema/field-row.tsx';
import { fieldsOf, type Schema, type Spec } from './schema/kinds.ts';

/** Few enough to be seen at once. */
const FEW = 12;

/** What most people set: where something is and who one is there. */
const usual =
  /(^|_)(uri|url|host|hostname|endpoint|path|region|location|project|workspace|namespace|bucket|user|username|password|token|api_key|context)$/;

type Problems = Readonly<Record<string, string>>;
const WHOLE = '';

const parseObject = (text: string): Values | null => {
  try {
    const value = JSON.parse(text || '{}') as unknown;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : null;
  } catch {
    return null;
  }
};

/**
 * The state of a form for a JSON schema: what is typed, as fields or as JSON, and what is wrong with it. `stored` is what is
 * there already; keys that the schema does not know are kept.
 */
export const useSchemaForm = (schema: Schema, stored: Values = {}) => {
  const specs = useMemo(() => fieldsOf(schema), [schema]);
  const [drafts, setDrafts] = useState<Readonly<Record<string, Draft>>>(() => toDrafts(specs, stored));
  const [unknown, setUnknown] = useState<Values>(() => strangers(specs, stored));
  const [text, setText] = useState<string | null>(null);
  const [problems, setProblems] = useState<Problems>({});
  const [first] = useState(
    () => new Set(specs.filter((spec) => stored[spec.name] !== undefined).map((one) => one.name)),
  );

  const asForm = (values: Values): void => {
    setDrafts(toDrafts(specs, values));
    setUnknown(strangers(specs, values));
    setText(null);
    setProblems({});
  };
  /** Changes between the two ways to write it. */
  const turn = (): void => {
    if (text === null) setText(JSON.stringify({ ...fromDrafts(specs, drafts).values, ...unknown }, null, 2));
    else {
      const values = parseObject(text);
      if (values) asForm(values);
      else setProblems({ [WHOLE]: 'This is not a JSON object.' });
    }
  };
  /** The values, or null where something is wrong; then the problems stand at the fields. */
  const collect = (): Values | null => {
    if (text !== null) {
      const values = parseObject(text);
      setProblems(values ? {} : { [WHOLE]: 'This is not a JSON object.' });
      return values;
    }
    const { values, problems: found } = fromDrafts(specs, drafts);
    setProblems(Object.fromEntries(found.map((one) => [one.path, one.text])));
    return found.length ? null : { ...values, ...unknown };
  };
  /** Shows what the server says is wrong at the fields; true where every word of it has found its place. */
  const refuse = (error: unknown, prefix = 'configuration.'): boolean => {
    if (!(error instanceof ApiError)) return false;
    const mine = Object.entries(error.fields).filter(([path]) => path.startsWith(prefix));
    const placed = mine.map(([path, said]) => [path.slice(prefix.length), said] as const);
    setProblems(text === null ? Object.fromEntries(placed) : { [WHOLE]: placed.map(([, said]) => said).join('; ') });
    const known = placed.every(([path]) => specs.some((spec) => spec.name === path.split('.')[0]));
    return mine.length > 0 && (known || text !== null);
  };
  const set = (name: string, draft: Draft): void => {
    setDrafts((before) => ({ ...before, [name]: draft }));
    setProblems((before) => Object.fromEntries(Object.entries(before).filter(([path]) => path.split('.')[0] !== name)));
  };
  return { specs, drafts, text, setText, problems, first, set, turn, collect, refuse };
};

type SchemaFormState = ReturnType<typeof useSchemaForm>;

const strangers = (specs: readonly Spec[], values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([key]) => !specs.some((spec) => spec.name === key)));

interface Part {
  readonly form: SchemaFormState;
  readonly specs: readonly Spec[];
  readonly referable: boolean;
}

const Rows = ({ form, specs, referable }: Part) =>
  specs.map((spec) => (
    <FieldRow
      key={spec.name}
      spec={spec}
      draft={form.drafts[spec.name]}
      path={spec.name}
      problems={form.problems}
      referable={referable}
      onChange={(next) => form.set(spec.name, next)}
    />
  ));

const More = ({ form, specs, referable }: Part) => {
  const [open, setOpen] = useState(false);
  const [words, setWords] = useState('');
  const wrong = specs.some((spec) => Object.keys(form.problems).some((path) => path.split('.')[0] === spec.name));
  const wanted = words.trim().toLowerCase().replaceAll(' ', '_');
  const shown = wanted ? specs.filter((spec) => spec.name.includes(wanted)) : specs;
  return (
    <details
      open={open || wrong}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="rounded-lg border border-line"
    >
      <summary className="flex min-h-10 items-center px-3 text-sm font-medium">
        {specs.length} more settings
        <span className="ml-2 font-normal text-faint">all optional</span>
      </summary>
      {(open || wrong) && (
        <div className="grid gap-4 border-t p-3">
          {specs.length > FEW && (
            <input
              type="search"
              aria-label="Find a setting"
              placeholder="Find a setting"
              value={words}
              onChange={(event) => setWords(event.target.value)}
              className={`${inputClass} h-8! w-full text-sm!`}
            />
          )}
          <Rows form={form} specs={shown} referable={referable} />
          {shown.length === 0 && <p className="text-sm text-soft">No setting is called that.</p>}
        </div>
      )}
    </details>
  );
};

interface FormProps {
  readonly form: SchemaFormState;
  /** It cannot be written as JSON as well. */
  readonly plain?: boolean;
  /** Its values cannot come from secrets. */
  readonly bare?: boolean;
}

/** The fields of a JSON schema, the needed ones first. */
export const SchemaForm = ({ form, plain, bare = false }: FormProps) => {
  const { specs, text } = form;
  const asked = specs.filter((spec) => !spec.deprecated || form.first.has(spec.name));
  const main =
    asked.length <= FEW
      ? asked
      : asked.filter((spec) => spec.required || form.first.has(spec.name) || usual.test(spec.name));
  const more = asked.filter((spec) => !main.includes(spec));
  if (specs.length === 0 && text === null) return <p className="text-sm text-soft">There is nothing to set.</p>;
  return (
    <div className="grid gap-4">
      {text === null ? (
        <>
          <Rows
            form={form}
            specs={[...main].toSorted((a, b) => Number(b.required) - Number(a.required))}
            referable={!bare}
          />
          {more.length > 0 && <More form={form} specs={more} referable={!bare} />}
        </>
      ) : (
        <AreaField
          label="Configuration as JSON"
          rows={Math.min(24, Math.max(8, text.split('\n').length + 1))}
          spellCheck={false}
          value={text}
          onChange={form.setText}
          problem={form.problems[WHOLE]}
          className="font-mono text-sm!"
        />
      )}
      {!plain && (
        <div>
          <Button size="sm" look="ghost" onClick={form.turn} className="-ml-2.5">
            {text === null ? 'Write it as JSON' : 'Back to the fields'}
          </Button>
        </div>
      )}
    </div>
  );
};
