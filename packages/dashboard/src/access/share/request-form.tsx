import { useState } from 'react';
import { isStatus, post } from '../../api.ts';
import { useForm } from '../../resource/form.ts';
import { useChange, useList } from '../../resource/query.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { AreaField } from '../../ui/field.tsx';
import { Notice, Problem } from '../../ui/notice.tsx';
import { SelectField } from '../../ui/select.tsx';
import { levelOptions, LEVELS, type AccessRequest, type Level } from './data.ts';

interface Props {
  readonly type: string;
  readonly id: string;
  readonly level?: Level;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** What became of one's newest request for this thing. */
const Outcome = ({ request }: { readonly request: AccessRequest['body'] }) => {
  if (request.state === 'pending')
    return (
      <Notice role="status" title="You have asked for access">
        Whoever may share it sees your request. You find the answer here and under Requests.
      </Notice>
    );
  if (request.state === 'declined')
    return (
      <Notice kind="warn" role="status" title={`${request.answered_by_name ?? 'Somebody'} said no`}>
        {request.answer}
      </Notice>
    );
  return null;
};

const Form = ({ type, id, level = 'view', onDone }: Props & { readonly onDone: () => void }) => {
  const ask = useChange((body: object) => post('/access_requests', body), { quiet: true, done: 'Asked', then: onDone });
  const form = useForm({
    initial: { level, note: '' },
    submit: ({ level: wanted, note }) => ask.mutateAsync({ type, id, level: wanted, note: note || null }),
  });
  return (
    <form className="grid w-full max-w-md gap-3 text-left" onSubmit={(event) => void form.onSubmit(event)}>
      <SelectField
        label="I want to"
        options={levelOptions(LEVELS)}
        value={form.values.level}
        onChange={(next) => form.set('level', next as Level)}
      />
      <AreaField label="Note" optional hint="What whoever may share it reads." {...form.text('note')} />
      <Problem error={form.failure} />
      <div>
        <Button type="submit" look="primary" busy={form.busy}>
          Request access
        </Button>
      </div>
    </form>
  );
};

/** Asks those who may share a thing for access; whether it is there is not told. */
export const AskFor = ({ type, id, level }: Props) => {
  const [open, setOpen] = useState(false);
  const mine = useList<AccessRequest>(
    '/access_requests',
    { mine: true, target_id: id, sort_by: 'desc:created', size: 1 },
    uuid.test(id),
  );
  const last = mine.data?.items[0]?.body;
  if (!uuid.test(id)) return null;
  return (
    <div className={cx('grid w-full max-w-md gap-3 text-left', level ? 'justify-items-start' : 'justify-items-center')}>
      {last && <Outcome request={last} />}
      {open ? (
        <Form type={type} id={id} {...(level && { level })} onDone={() => setOpen(false)} />
      ) : (
        last?.state !== 'pending' && (
          <Button onClick={() => setOpen(true)}>{level ? 'Ask for more' : 'Request access'}</Button>
        )
      )}
    </div>
  );
};

/** For a page whose thing could not be read: one may ask for it, without learning whether it is there. */
export const AskInstead = ({ error, type, id }: Props & { readonly error: unknown }) =>
  isStatus(error, 404) || isStatus(error, 403) ? (
    <div className="mt-4 grid w-full justify-items-center">
      <AskFor type={type} id={id} />
    </div>
  ) : null;
