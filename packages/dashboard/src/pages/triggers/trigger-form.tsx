import { useState } from 'react';
import { isStatus } from '../../api.ts';
import { DialogForm } from '../../resource/dialog-form.tsx';
import { useForm } from '../../resource/form.ts';
import { useList } from '../../resource/query.ts';
import type { Envelope } from '../../api.ts';
import { Check, ChoiceCards } from '../../ui/choice.tsx';
import { AreaField, TextField } from '../../ui/field.tsx';
import { PickOne } from '../../ui/picker.tsx';
import { SelectField, type Option } from '../../ui/select.tsx';
import { VisibilityChoice } from '../components/visibility.tsx';
import { noPlan, PlanFields, planBody, planProblem, type PlanValues } from './plan-fields.tsx';
import type { Trigger, Webhook } from './types.ts';
import { toLocal } from './words.ts';

interface Props {
  readonly project: string;
  readonly trigger?: Trigger;
  readonly action: string;
  readonly submit: (body: object) => Promise<unknown>;
  readonly onCancel: () => void;
}

const planOf = ({ body }: Trigger): PlanValues => ({
  way: body.cron_expression ? 'cron' : body.interval ? 'interval' : 'once',
  cron: body.cron_expression ?? '',
  amount: String((body.interval ?? 3600) / (body.interval && body.interval % 3600 ? 60 : 3600)),
  unit: body.interval && body.interval % 3600 ? '60' : '3600',
  start: toLocal(body.start_time),
  end: toLocal(body.end_time),
  once: toLocal(body.run_once_start_time),
  most: body.max_runs ? String(body.max_runs) : '',
});

/** Kinds of events, one a line; null stands for every event. */
const linesOf = (trigger: Trigger | undefined): string =>
  (trigger?.body.configuration?.target_events ?? [])
    .flatMap((target) => (typeof target.event_type === 'string' ? target.event_type : []))
    .join('\n');
/** Whether the form can show the conditions of a webhook's trigger without losing any. */
const simple = (trigger: Trigger | undefined): boolean =>
  (trigger?.body.configuration?.target_events ?? []).every(
    (target) =>
      target.type === 'dynamic' &&
      typeof target.event_type === 'string' &&
      !Object.keys((target.filters as object) ?? {}).length,
  );

const option = (one: Envelope): Option => ({ value: one.id, label: one.name });

export const TriggerForm = ({ project, trigger, action, submit, onCancel }: Props) => {
  const type = trigger?.body.type;
  const [words, setWords] = useState('');
  const pipelines = useList<Envelope>(
    '/pipelines',
    { project, size: 50, sort_by: 'asc:name', name: words && `contains:${words}` },
    !trigger,
  );
  const webhooks = useList<Webhook>('/webhooks', { project, size: 100, sort_by: 'asc:name' }, !trigger);
  const source = trigger?.body.source_entity;
  const form = useForm({
    initial: {
      name: trigger?.name ?? '',
      type: type ?? 'schedule',
      plan: trigger?.body.type === 'schedule' ? planOf(trigger) : noPlan,
      pipeline: null as Option | null,
      well: trigger?.body.target_events?.some((event) => event.endsWith('completed')) ?? true,
      badly: trigger?.body.target_events?.some((event) => event.endsWith('failed')) ?? false,
      webhook: null as Option | null,
      events: linesOf(trigger),
      concurrency: trigger?.body.concurrency ?? 'skip',
      hidden: trigger?.body.private ?? false,
    },
    check: (values) => ({
      ...(!values.name.trim() && { name: 'A name is needed.' }),
      ...(values.type === 'schedule' && { plan: planProblem(values.plan) }),
      ...(values.type === 'platform_event' && !trigger && !values.pipeline && { pipeline: 'Choose a pipeline.' }),
      ...(values.type === 'platform_event' &&
        !values.well &&
        !values.badly && { badly: 'Choose at least one of them.' }),
      ...(values.type === 'webhook' && !trigger && !values.webhook && { webhook: 'Choose a webhook.' }),
    }),
    submit: (values) => {
      const prefix = source?.type === 'pipeline_run' ? '' : 'run_';
      const lines = values.events
        .split(/[\n,]/)
        .map((line) => line.trim())
        .filter(Boolean);
      return submit({
        name: values.name.trim(),
        concurrency: values.concurrency,
        ...(values.hidden !== (trigger?.body.private ?? false) && { private: values.hidden }),
        ...(!trigger && { type: values.type, project }),
        ...(values.type === 'schedule' && planBody(values.plan)),
        ...(values.type === 'platform_event' && {
          ...(!trigger && { source_entity: { type: 'pipeline', id: values.pipeline?.value } }),
          target_events: [...(values.well ? [`${prefix}completed`] : []), ...(values.badly ? [`${prefix}failed`] : [])],
        }),
        ...(values.type === 'webhook' && {
          ...(!trigger && { webhook_id: values.webhook?.value }),
          ...(simple(trigger) && {
            configuration: { target_events: lines.map((event_type) => ({ type: 'dynamic', event_type, filters: {} })) },
          }),
        }),
      });
    },
  });
  const { values, set } = form;
  const taken = isStatus(form.failure, 409) ? 'There is a trigger of this name already.' : undefined;
  return (
    <DialogForm form={form} action={action} onCancel={onCancel} told={Boolean(taken)} roomy>
      <TextField
        label="Name"
        data-first
        autoComplete="off"
        spellCheck={false}
        {...form.text('name')}
        problem={form.problems.name ?? taken}
      />
      {!trigger && (
        <ChoiceCards
          legend="It starts runs"
          columns
          choices={[
            { value: 'schedule', label: 'By the clock', text: 'Again and again, or once.' },
            { value: 'platform_event', label: 'After other runs', text: 'When they end well or fail.' },
            { value: 'webhook', label: 'On an event', text: 'That another system sends to a webhook.' },
          ]}
          value={values.type}
          onChange={(next) => set('type', next as typeof values.type)}
        />
      )}
      {values.type === 'schedule' && (
        <PlanFields value={values.plan} onChange={(next) => set('plan', next)} problem={form.problems.plan} />
      )}
      {values.type === 'platform_event' && (
        <div className="grid gap-4">
          {!trigger && (
            <PickOne
              label="Pipeline"
              options={(pipelines.data?.items ?? []).map(option)}
              value={values.pipeline}
              onChange={(next) => set('pipeline', next)}
              onSearch={setWords}
              placeholder="Whose runs to follow"
              empty="No pipeline that you can see is called that."
              problem={form.problems.pipeline}
            />
          )}
          <fieldset className="grid gap-2">
            <legend className="mb-1.5 text-sm font-medium">When a run</legend>
            <Check label="ends well" checked={values.well} onChange={(on) => set('well', on)} />
            <Check label="fails" checked={values.badly} onChange={(on) => set('badly', on)} />
            {form.problems.badly && (
              <p role="alert" className="text-sm text-danger-text">
                {form.problems.badly}
              </p>
            )}
          </fieldset>
        </div>
      )}
      {values.type === 'webhook' && (
        <div className="grid gap-4">
          {!trigger && (
            <PickOne
              label="Webhook"
              options={(webhooks.data?.items ?? []).map((one) => ({ ...option(one), text: one.body.webhook_type }))}
              value={values.webhook}
              onChange={(next) => set('webhook', next)}
              placeholder="Which webhook to listen to"
              empty="There is no webhook in this project yet."
              problem={form.problems.webhook}
            />
          )}
          {simple(trigger) ? (
            <AreaField
              label="Kinds of events"
              rows={3}
              spellCheck={false}
              hint="One a line, as the sender calls them, such as push. For others that fit: startswith:release."
              {...form.text('events')}
            />
          ) : (
            <p className="text-sm text-soft">Its conditions on events were set by a client and stay as they are.</p>
          )}
        </div>
      )}
      <SelectField
        label="While a run of it is in progress"
        options={[
          { value: 'skip', label: 'Start no other' },
          { value: 'submit', label: 'Start another one all the same' },
        ]}
        value={values.concurrency}
        onChange={(next) => set('concurrency', next as typeof values.concurrency)}
      />
      <VisibilityChoice what="a trigger" value={values.hidden} onChange={(next) => set('hidden', next)} />
    </DialogForm>
  );
};
