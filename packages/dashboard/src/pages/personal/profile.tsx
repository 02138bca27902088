import { useCurrentUser } from '../../access/me.ts';
import { put } from '../../api.ts';
import { useForm } from '../../resource/form.ts';
import { useChange } from '../../resource/query.ts';
import type { User } from '../../resource/types.ts';
import { Avatar, Card, SkeletonLines } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Failure, Notice, Problem } from '../../ui/notice.tsx';
import { goodUserName } from '../auth/names.ts';
import { PersonalFrame } from '../settings-frame.tsx';

const Form = ({ user }: { readonly user: User }) => {
  const blocked =
    user.may && !user.may.includes('update')
      ? 'Your roles do not let you edit your own account: the permission me is missing.'
      : null;
  const save = useChange((body: object) => put('/current-user', body), { quiet: true, done: 'Saved' });
  const form = useForm({
    initial: { name: user.name, full_name: user.body.full_name ?? '', email: user.metadata?.email ?? '' },
    check: ({ name, email }) => ({
      ...(goodUserName(name) && { name: goodUserName(name) ?? '' }),
      ...(email.trim() && !email.includes('@') && { email: 'That is not an e-mail address.' }),
    }),
    submit: ({ name, full_name, email }) =>
      save.mutateAsync({
        ...(name.trim() !== user.name && { name: name.trim() }),
        full_name: full_name.trim(),
        ...(email.trim() !== (user.metadata?.email ?? '') && { email: email.trim() || null }),
      }),
  });
  return (
    <form className="grid gap-4" onSubmit={(event) => void form.onSubmit(event)} noValidate>
      <div className="flex items-center gap-3">
        <Avatar size="lg" name={form.values.full_name || user.name} />
        <p className="text-sm text-soft">Others see your initials beside what you do.</p>
      </div>
      <TextField
        label="User name"
        hint="You log in with it. Changing it does not end your sessions."
        autoComplete="username"
        spellCheck={false}
        readOnly={Boolean(blocked)}
        {...form.text('name')}
      />
      <TextField
        label="Full name"
        optional
        autoComplete="name"
        readOnly={Boolean(blocked)}
        {...form.text('full_name')}
      />
      <TextField
        label="E-mail"
        optional
        type="email"
        autoComplete="email"
        hint="Seen by you and by people who manage accounts."
        readOnly={Boolean(blocked)}
        {...form.text('email')}
      />
      <Problem error={form.failure} />
      <div className="flex gap-2">
        <Button type="submit" look="primary" busy={form.busy} blocked={blocked} disabled={!form.dirty && !blocked}>
          Save
        </Button>
        {form.dirty && (
          <Button look="ghost" onClick={() => form.reset()}>
            Discard
          </Button>
        )}
      </div>
    </form>
  );
};

export const ProfilePage = () => {
  const user = useCurrentUser();
  return (
    <PersonalFrame title="Personal settings" intro="Your account on this server.">
      <Card title="Profile">
        {user.error && <Failure error={user.error} />}
        {user.isLoading && <SkeletonLines lines={5} />}
        {!user.data && !user.error && !user.isLoading && (
          <Notice>
            You need the permission me to see and edit your own account. Somebody who manages people can give it to you.
          </Notice>
        )}
        {user.data && (
          <Form key={JSON.stringify([user.data.name, user.data.body.full_name, user.data.metadata])} user={user.data} />
        )}
      </Card>
    </PersonalFrame>
  );
};
