import { useState } from 'react';
import { isStatus, post, put } from '../../api.ts';
import { DialogForm } from '../../resource/dialog-form.tsx';
import { useForm } from '../../resource/form.ts';
import { useChange } from '../../resource/query.ts';
import { Button } from '../../ui/button.tsx';
import { Command, OnceValue } from '../../ui/copy.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { Problem } from '../../ui/notice.tsx';
import { SelectField } from '../../ui/select.tsx';
import type { Webhook } from './types.ts';

export const senders: Readonly<Record<string, string>> = {
  custom: 'Anything that can sign',
  github: 'GitHub',
  clickup: 'ClickUp',
  slack: 'Slack',
};

const Told = ({
  url,
  secret,
  onClose,
}: {
  readonly url: string;
  readonly secret: string;
  readonly onClose: () => void;
}) => (
  <div className="grid grid-cols-1 gap-4">
    <OnceValue value={secret} label="The secret" note="It is shown this once. The sender signs every event with it." />
    <div className="grid grid-cols-1 gap-1.5">
      <p className="text-sm font-medium">Address for the events</p>
      <Command text={url} label="address" />
    </div>
    <DialogActions>
      <Button look="primary" onClick={onClose}>
        Done
      </Button>
    </DialogActions>
  </div>
);

export const NewWebhook = (props: {
  readonly project: string;
  readonly open: boolean;
  readonly onClose: () => void;
}) => (
  <Dialog
    open={props.open}
    onClose={props.onClose}
    title="New webhook"
    description="An address to which another system sends signed events."
  >
    <Make {...props} />
  </Dialog>
);

const Make = ({ project, onClose }: { readonly project: string; readonly onClose: () => void }) => {
  const [made, setMade] = useState<Webhook | null>(null);
  const create = useChange((body: object) => post<Webhook>('/webhooks', body), { quiet: true, then: setMade });
  const form = useForm({
    initial: { name: '', type: 'custom' },
    check: ({ name }) => ({ ...(!name.trim() && { name: 'A name is needed.' }) }),
    submit: ({ name, type }) => create.mutateAsync({ project, name: name.trim(), webhook_type: type }),
  });
  if (made) return <Told url={made.body.endpoint_url} secret={made.secret ?? ''} onClose={onClose} />;
  const taken = isStatus(form.failure, 409) ? 'There is a webhook of this name already.' : undefined;
  return (
    <DialogForm form={form} action="Create webhook" onCancel={onClose} told={Boolean(taken)}>
      <TextField
        label="Name"
        data-first
        autoComplete="off"
        spellCheck={false}
        {...form.text('name')}
        problem={form.problems.name ?? taken}
      />
      <SelectField
        label="Who sends"
        options={Object.entries(senders).map(([value, label]) => ({ value, label }))}
        value={form.values.type}
        onChange={(next) => form.set('type', next)}
      />
    </DialogForm>
  );
};

export const NewSecretFor = ({
  webhook,
  onClose,
}: {
  readonly webhook: Webhook | null;
  readonly onClose: () => void;
}) => (
  <Dialog open={webhook !== null} onClose={onClose} title={`New secret for ${webhook?.name ?? ''}`}>
    {webhook && <Rotate webhook={webhook} onClose={onClose} />}
  </Dialog>
);

const Rotate = ({ webhook, onClose }: { readonly webhook: Webhook; readonly onClose: () => void }) => {
  const rotate = useChange(() => put<{ secret: string }>(`/webhooks/${webhook.id}/secret`, {}), { quiet: true });
  if (rotate.data) return <Told url={webhook.body.endpoint_url} secret={rotate.data.secret} onClose={onClose} />;
  return (
    <div className="grid gap-4">
      <p className="text-sm text-soft">
        The old secret is dead at once: events that are signed with it are refused until the sender has the new one.
      </p>
      <Problem error={rotate.error} />
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button look="danger" busy={rotate.isPending} onClick={() => rotate.mutate(undefined)}>
          Replace the secret
        </Button>
      </DialogActions>
    </div>
  );
};
