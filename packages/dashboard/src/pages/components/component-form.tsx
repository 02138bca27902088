import { useState } from 'react';
import { isStatus } from '../../api.ts';
import { useForm } from '../../resource/form.ts';
import { PageForm } from '../../resource/page-form.tsx';
import { SchemaForm, useSchemaForm } from '../../resource/schema-form.tsx';
import type { Values } from '../../resource/schema/draft.ts';
import { Card } from '../../ui/bits.tsx';
import { TextField } from '../../ui/field.tsx';
import { ConnectorField, connectedOf, type Connected } from '../connectors/connector-field.tsx';
import { SecretsField, type Attached } from '../secrets/attached.tsx';
import { moreFields } from './more-fields.ts';
import type { Component, Flavor } from './types.ts';
import { aOf } from './words.ts';
import { VisibilityChoice } from './visibility.tsx';

export interface ComponentValues {
  readonly name: string;
  readonly private: boolean;
  readonly configuration: Values;
  readonly labels: unknown;
  readonly environment: unknown;
  readonly secrets: Attached;
  readonly connected: Connected;
}

interface Props {
  readonly flavor: Flavor;
  readonly component?: Component;
  readonly name?: string;
  /** Copies begin with what another one has, under another name. */
  readonly copied?: boolean;
  readonly action: string;
  readonly submit: (values: ComponentValues) => Promise<unknown>;
  readonly onCancel: () => void;
  /** In a dialog: without cards and without what is rarely needed. */
  readonly slim?: boolean;
  /** Why its visibility cannot be chosen. */
  readonly visibilityBlocked?: string | null;
}

/** Name, configuration by the flavor's schema, visibility, labels and environment of one component. */
export const ComponentForm = (props: Props) => {
  const { flavor, component, action, submit, onCancel, slim } = props;
  const { type } = flavor.body;
  const configuration = useSchemaForm(flavor.metadata?.config_schema ?? {}, component?.metadata?.configuration);
  const more = useSchemaForm(moreFields, {
    ...(component?.metadata?.labels && { labels: component.metadata.labels }),
    ...(component?.metadata?.environment &&
      Object.keys(component.metadata.environment).length > 0 && { environment: component.metadata.environment }),
  });
  const [placed, setPlaced] = useState(false);
  const [secrets, setSecrets] = useState<Attached>(null);
  const [connected, setConnected] = useState(() => connectedOf(component));
  const form = useForm({
    initial: { name: props.name ?? component?.name ?? '', hidden: component?.body?.private ?? false },
    check: ({ name }) => ({ ...(!name.trim() && { name: 'A name is needed.' }) }),
    submit: async ({ name, hidden }) => {
      const values = configuration.collect();
      const rest = more.collect();
      if (!values || !rest) return;
      setPlaced(false);
      try {
        await submit({
          name: name.trim(),
          private: hidden,
          configuration: values,
          labels: rest.labels ?? null,
          environment: rest.environment ?? null,
          secrets,
          connected,
        });
      } catch (error) {
        setPlaced(configuration.refuse(error));
        throw error;
      }
    },
  });
  const taken = isStatus(form.failure, 409)
    ? `There is ${aOf(type)} “${form.values.name}” already. Choose another name.`
    : undefined;
  const name = (
    <TextField
      label="Name"
      autoComplete="off"
      spellCheck={false}
      data-first
      {...form.text('name')}
      problem={form.problems.name ?? taken}
    />
  );
  const visibility = (
    <VisibilityChoice
      value={form.values.hidden}
      onChange={(next) => form.set('hidden', next)}
      what={aOf(type)}
      blocked={props.visibilityBlocked ?? null}
    />
  );
  return (
    <PageForm form={form} action={action} onCancel={onCancel} failure={placed || taken ? null : form.failure}>
      {slim ? (
        <>
          {name}
          <SchemaForm form={configuration} />
          {visibility}
        </>
      ) : (
        <>
          <Card>
            <div className="grid gap-5">
              {name}
              {visibility}
            </div>
          </Card>
          <Card title="Configuration" hint="What is not set keeps its default.">
            <SchemaForm form={configuration} />
          </Card>
          {flavor.metadata?.connector_resource_type && (
            <Card title="Service connector">
              <ConnectorField flavor={flavor} value={connected} onChange={setConnected} />
            </Card>
          )}
          <Card title="Labels and environment">
            <div className="grid gap-4">
              <SchemaForm form={more} plain bare />
              <SecretsField ids={component?.metadata?.secrets} value={secrets} onChange={setSecrets} />
            </div>
          </Card>
        </>
      )}
    </PageForm>
  );
};
