import { useState } from 'react';
import { isStatus, post } from '../../api.ts';
import { useForm } from '../../resource/form.ts';
import { PageForm } from '../../resource/page-form.tsx';
import { SchemaForm, useSchemaForm } from '../../resource/schema-form.tsx';
import type { Schema } from '../../resource/schema/kinds.ts';
import { Card } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { Check } from '../../ui/choice.tsx';
import { TextField } from '../../ui/field.tsx';
import { SelectField } from '../../ui/select.tsx';
import { VisibilityChoice } from '../components/visibility.tsx';
import { Tried } from './tried.tsx';
import type { AuthMethod, Connector, ConnectorType, Opened } from './types.ts';

interface Props {
  readonly type: ConnectorType;
  readonly connector?: Connector;
  readonly action: string;
  readonly submit: (body: Readonly<Record<string, unknown>>) => Promise<unknown>;
  readonly onCancel: () => void;
  readonly visibilityBlocked?: string | null;
}

const any = '*';
const labelsSchema: Schema = {
  type: 'object',
  properties: {
    labels: { type: 'object', additionalProperties: { type: 'string' }, description: 'Words to find it by.' },
  },
};

const expiryHint = (method: AuthMethod | undefined): string | undefined => {
  const { min_expiration_seconds: min, max_expiration_seconds: max, default_expiration_seconds: usual } = method ?? {};
  if (!min && !max && !usual) return undefined;
  return [min && `At least ${min}.`, max && `At most ${max}.`, usual && `Default: ${usual}.`].filter(Boolean).join(' ');
};

/** What kinds of things it opens, and of several things which one. */
const useOpens = (type: ConnectorType, connector: Connector | undefined) => {
  const before = connector?.body.resource_types;
  const [resource, setResource] = useState(before?.length === 1 ? (before[0] ?? any) : any);
  const [id, setId] = useState(connector?.body.resource_id ?? '');
  const chosen =
    type.resource_types.length === 1
      ? type.resource_types[0]
      : type.resource_types.find((one) => one.resource_type === resource);
  return { resource, setResource, id, setId, chosen };
};

export const ConnectorForm = ({ type, connector, action, submit, onCancel, visibilityBlocked = null }: Props) => {
  const [method, setMethod] = useState(connector?.body.auth_method ?? type.auth_methods[0]?.auth_method ?? '');
  const auth = type.auth_methods.find((one) => one.auth_method === method);
  const opens = useOpens(type, connector);
  // The secret part of what is stored is not read here, so a changed configuration is given anew.
  const [anew, setAnew] = useState(!connector);
  const [tried, setTried] = useState<Opened | null>(null);
  const configuration = useSchemaForm(auth?.config_schema ?? {}, connector?.metadata?.configuration);
  const labels = useSchemaForm(labelsSchema, connector?.metadata?.labels && { labels: connector.metadata.labels });
  const expiry = expiryHint(auth);
  const bodyOf = (values: FormValues): Readonly<Record<string, unknown>> | null => {
    const config = anew ? configuration.collect() : {};
    const rest = labels.collect();
    if (!config || !rest) return null;
    return {
      name: values.name.trim(),
      description: values.description.trim(),
      connector_type: type.connector_type,
      auth_method: method,
      resource_types: opens.resource === any ? [] : [opens.resource],
      resource_id: opens.id.trim() || null,
      labels: rest.labels ?? {},
      private: values.hidden,
      expiration_seconds: values.expiry.trim() ? Number(values.expiry) : null,
      ...(anew && { configuration: config }),
    };
  };
  const form = useForm<FormValues>({
    initial: {
      name: connector?.name ?? '',
      description: connector?.body.description ?? '',
      hidden: connector?.body.private ?? false,
      expiry: connector?.metadata?.expiration_seconds?.toString() ?? '',
    },
    check: ({ name, expiry: seconds }) => ({
      ...(!name.trim() && { name: 'A name is needed.' }),
      ...(seconds.trim() && !/^\d+$/.test(seconds.trim()) && { expiry: 'A whole number of seconds is needed.' }),
    }),
    submit: async (values) => {
      const body = bodyOf(values);
      if (body) await submit(body);
    },
  });
  const attempt = useForm<object>({
    initial: {},
    submit: async () => {
      setTried(null);
      const body = bodyOf({ ...form.values, name: form.values.name || 'new' });
      if (body) setTried(await post<Opened>('/service_connectors/verify', body));
    },
  });
  const taken = isStatus(form.failure, 409) ? `There is a connector “${form.values.name}” already.` : undefined;
  return (
    <PageForm
      form={form}
      action={action}
      onCancel={onCancel}
      failure={taken ? null : (form.failure ?? attempt.failure)}
      beside={
        type.remote &&
        anew && (
          <Button className="mr-auto" busy={attempt.busy} onClick={() => void attempt.onSubmit()}>
            Try it
          </Button>
        )
      }
    >
      <Card>
        <div className="grid gap-4">
          <TextField
            label="Name"
            autoComplete="off"
            spellCheck={false}
            {...form.text('name')}
            problem={form.problems.name ?? taken}
          />
          <TextField label="Description" optional {...form.text('description')} />
          <VisibilityChoice
            what="a service connector"
            value={form.values.hidden}
            onChange={(next) => form.set('hidden', next)}
            blocked={visibilityBlocked}
          />
        </div>
      </Card>
      <Card title="What it opens">
        <div className="grid gap-4">
          {type.resource_types.length > 1 && (
            <SelectField
              label="Kind of resource"
              options={[
                { value: any, label: 'All of them' },
                ...type.resource_types.map((one) => ({ value: one.resource_type, label: one.name })),
              ]}
              value={opens.resource}
              onChange={opens.setResource}
            />
          )}
          <TextField
            label="One resource only"
            optional
            hint={
              opens.chosen?.supports_instances
                ? 'Its name or address. Empty: each component says which one it uses.'
                : 'Its name or address, where the credentials open more than they should here.'
            }
            value={opens.id}
            onChange={opens.setId}
            autoComplete="off"
          />
        </div>
      </Card>
      <Card title="Credentials" hint="The secret ones are encrypted.">
        <div className="grid gap-4">
          {type.auth_methods.length > 1 && (
            <SelectField
              label="How it signs in"
              options={type.auth_methods.map((one) => ({ value: one.auth_method, label: one.name }))}
              value={method}
              onChange={(next) => {
                setMethod(next);
                setAnew(true);
              }}
            />
          )}
          {connector && (
            <Check
              label="Give the credentials anew"
              text="What is stored is replaced as a whole; secret values are not shown and have to be typed again."
              checked={anew}
              onChange={setAnew}
            />
          )}
          {anew && <SchemaForm form={configuration} plain bare />}
          {expiry && (
            <TextField
              label="Lifetime in seconds"
              optional
              inputMode="numeric"
              hint={expiry}
              {...form.text('expiry')}
            />
          )}
        </div>
      </Card>
      <Card title="Labels">
        <SchemaForm form={labels} plain bare />
      </Card>
      {tried && <Tried opened={tried} type={type} />}
    </PageForm>
  );
};

interface FormValues {
  readonly name: string;
  readonly description: string;
  readonly hidden: boolean;
  readonly expiry: string;
}
