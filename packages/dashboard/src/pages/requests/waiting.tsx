import { useState } from 'react';
import { levelOptions, LEVELS, type AccessRequest, type Level } from '../../access/share/data.ts';
import { expiresAt, expiryOptions } from '../../access/expiry.ts';
import { kindOf } from '../../access/share/places.ts';
import { post } from '../../api.ts';
import { DialogForm } from '../../resource/dialog-form.tsx';
import { useForm } from '../../resource/form.ts';
import { useChange } from '../../resource/query.ts';
import { Avatar } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { AreaField } from '../../ui/field.tsx';
import { SelectField } from '../../ui/select.tsx';
import { Time } from '../../ui/time.tsx';

const wish: Readonly<Record<Level, string>> = { view: 'view', edit: 'use and edit', manage: 'manage' };

const Grant = ({ request, onDone }: { readonly request: AccessRequest; readonly onDone: () => void }) => {
  const { level } = request.body;
  const grant = useChange((body: object) => post(`/access_requests/${request.id}/grant`, body), {
    quiet: true,
    done: `Shared with ${request.body.user_name}`,
    then: onDone,
  });
  const form = useForm({
    initial: { level, expires: 'never', note: '' },
    submit: ({ level: given, expires, note }) =>
      grant.mutateAsync({ level: given, expires: expiresAt(expires), note: note || null }),
  });
  const lower = LEVELS.slice(0, LEVELS.indexOf(level) + 1);
  return (
    <DialogForm form={form} action="Share" onCancel={onDone}>
      <div className="grid gap-3 sm:grid-cols-2">
        <SelectField
          label="They"
          options={levelOptions(lower)}
          value={form.values.level}
          onChange={(next) => form.set('level', next as Level)}
        />
        <SelectField
          label="Ends"
          options={expiryOptions}
          value={form.values.expires}
          onChange={(next) => form.set('expires', next)}
        />
      </div>
      <AreaField label="Note" optional {...form.text('note')} />
    </DialogForm>
  );
};

const Decline = ({ request, onDone }: { readonly request: AccessRequest; readonly onDone: () => void }) => {
  const decline = useChange((body: object) => post(`/access_requests/${request.id}/decline`, body), {
    quiet: true,
    done: 'Declined',
    then: onDone,
  });
  const form = useForm({ initial: { note: '' }, submit: ({ note }) => decline.mutateAsync({ note: note || null }) });
  return (
    <DialogForm form={form} action="Decline" onCancel={onDone} danger>
      <AreaField
        data-first
        label="Note"
        optional
        hint={`${request.body.user_name} reads it, and may ask again after a day.`}
        {...form.text('note')}
      />
    </DialogForm>
  );
};

/** A request that one may answer. */
export const Waiting = ({ request }: { readonly request: AccessRequest }) => {
  const { body } = request;
  const [open, setOpen] = useState<'grant' | 'decline' | null>(null);
  const close = (): void => setOpen(null);
  const what = `${kindOf(body.target_type)} ${body.target_name ?? body.target_id}`;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1.5 py-2.5">
      <Avatar name={body.user_name} />
      <span className="min-w-0 grow basis-56 text-sm">
        <span className="font-medium">{body.user_name}</span> wants to {wish[body.level]}{' '}
        <span className="font-medium">{what}</span>{' '}
        <span className="text-soft">
          <Time at={body.created} />
        </span>
        {body.note && <span className="block text-soft">{body.note}</span>}
      </span>
      <Button size="sm" onClick={() => setOpen('decline')}>
        Decline
      </Button>
      <Button size="sm" look="primary" onClick={() => setOpen('grant')}>
        Grant
      </Button>
      <Dialog open={open === 'grant'} onClose={close} title={`Share ${what} with ${body.user_name}`}>
        <Grant request={request} onDone={close} />
      </Dialog>
      <Dialog open={open === 'decline'} onClose={close} title={`Say no to ${body.user_name}?`}>
        <Decline request={request} onDone={close} />
      </Dialog>
    </li>
  );
};
