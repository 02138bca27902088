import { useState } from 'react';
import { isStatus } from '../../api.ts';
import { useForm } from '../../resource/form.ts';
import { PageForm } from '../../resource/page-form.tsx';
import { SchemaForm, useSchemaForm } from '../../resource/schema-form.tsx';
import { Card } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { AreaField, TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { TypeIcon } from '../components/marks.tsx';
import { moreFields } from '../components/more-fields.ts';
import type { Stack } from '../components/types.ts';
import { VisibilityChoice } from '../components/visibility.tsx';
import { aOf, componentTypes, NEEDED, oneOf } from '../components/words.ts';
import { SecretsField, type Attached } from '../secrets/attached.tsx';
import { idsOf, partsOf, type Parts } from './parts.ts';
import { Slot } from './slot.tsx';

export interface StackValues {
  readonly name: string;
  readonly description: string;
  readonly private: boolean;
  readonly components: Record<string, string[]>;
  readonly labels: unknown;
  readonly environment: unknown;
  readonly secrets: Attached;
}

interface Props {
  readonly stack?: Stack;
  readonly name?: string;
  readonly parts?: Parts;
  readonly action: string;
  readonly submit: (values: StackValues) => Promise<unknown>;
  readonly onCancel: () => void;
  readonly visibilityBlocked?: string | null;
}

/** What is private in a stack that others see: they see that something is there, and nothing else of it. */
const Hidden = ({ parts, hidden }: { readonly parts: Parts; readonly hidden: boolean }) => {
  const names = Object.values(parts)
    .flat()
    .filter((part) => part.hidden)
    .map((part) => part.label);
  if (hidden || names.length === 0) return null;
  return (
    <Notice kind="warn" title={`Private: ${names.join(', ')}`}>
      Others will see the stack, but of {names.length === 1 ? 'this component' : 'these components'} only that something
      is there. To let them run with it, share {names.length === 1 ? 'it' : 'them'} too.
    </Notice>
  );
};

export const StackForm = ({ stack, action, submit, onCancel, ...given }: Props) => {
  const [parts, setParts] = useState<Parts>({ ...partsOf(stack), ...given.parts });
  const [types, setTypes] = useState(() =>
    componentTypes.filter((type) => NEEDED.includes(type) || parts[type]?.length),
  );
  const more = useSchemaForm(moreFields, {
    ...(stack?.metadata?.labels && Object.keys(stack.metadata.labels).length > 0 && { labels: stack.metadata.labels }),
    ...(stack?.metadata?.environment &&
      Object.keys(stack.metadata.environment).length > 0 && { environment: stack.metadata.environment }),
  });
  const [asked, setAsked] = useState(false);
  const [secrets, setSecrets] = useState<Attached>(null);
  const missing = NEEDED.filter((type) => !parts[type]?.length);
  const form = useForm({
    initial: {
      name: given.name ?? stack?.name ?? '',
      description: stack?.metadata?.description ?? '',
      hidden: stack?.body.private ?? false,
    },
    check: ({ name }) => ({ ...(!name.trim() && { name: 'A name is needed.' }) }),
    submit: async ({ name, description, hidden }) => {
      const rest = more.collect();
      if (missing.length || !rest) return;
      await submit({
        name: name.trim(),
        description: description.trim(),
        private: hidden,
        components: idsOf(parts),
        labels: rest.labels ?? null,
        environment: rest.environment ?? null,
        secrets,
      });
    },
  });
  const taken = isStatus(form.failure, 409);
  const shells = Object.values(parts)
    .flat()
    .some((part) => part.shell);
  const free = componentTypes.filter((type) => !types.includes(type));
  return (
    <PageForm
      form={{
        ...form,
        onSubmit: (event) => {
          setAsked(true);
          return form.onSubmit(event);
        },
      }}
      action={action}
      onCancel={onCancel}
      failure={taken ? null : form.failure}
    >
      <Card>
        <div className="grid gap-4">
          <TextField
            label="Name"
            autoComplete="off"
            spellCheck={false}
            {...form.text('name')}
            problem={
              form.problems.name ??
              (taken ? `There is a stack “${form.values.name}” already. Choose another name.` : undefined)
            }
          />
          <AreaField label="Description" optional rows={2} {...form.text('description')} />
          <VisibilityChoice
            what="a stack"
            value={form.values.hidden}
            onChange={(next) => form.set('hidden', next)}
            blocked={given.visibilityBlocked ?? null}
          />
        </div>
      </Card>
      {shells && (
        <Notice kind="warn">
          Some components of this stack are not shared with you. Its parts can only be changed if you put others in
          their place.
        </Notice>
      )}
      <div className="grid gap-3">
        <h2 className="font-semibold">Components</h2>
        {types.map((type) => (
          <Slot
            key={type}
            type={type}
            value={parts[type] ?? []}
            onChange={(next) => setParts((before) => ({ ...before, [type]: next }))}
            onDrop={() => {
              setTypes(types.filter((other) => other !== type));
              setParts((before) => ({ ...before, [type]: [] }));
            }}
            problem={asked && missing.includes(type) ? `A stack needs ${aOf(type)}.` : undefined}
            stackName={form.values.name}
          />
        ))}
        {free.length > 0 && (
          <div className="rounded-xl border border-dashed border-edge p-4">
            <h3 className="text-sm font-medium">Add what else it needs</h3>
            <ul className="mt-2.5 flex flex-wrap gap-1.5">
              {free.map((type) => (
                <li key={type}>
                  <Button size="sm" onClick={() => setTypes([...types, type])}>
                    <TypeIcon type={type} className="text-faint" />
                    {oneOf(type)}
                  </Button>
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
      <Card title="Labels and environment">
        <div className="grid gap-4">
          <SchemaForm form={more} plain bare />
          <SecretsField ids={stack?.metadata?.secrets} value={secrets} onChange={setSecrets} />
        </div>
      </Card>
      <Hidden parts={parts} hidden={form.values.hidden} />
    </PageForm>
  );
};
