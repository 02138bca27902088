import { useInfo, useMe } from '../../access/me.ts';
import { put } from '../../api.ts';
import { useForm } from '../../resource/form.ts';
import { useChange } from '../../resource/query.ts';
import { Card } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { Problem } from '../../ui/notice.tsx';
import { PasswordField } from '../../ui/password.tsx';
import { PersonalFrame } from '../settings-frame.tsx';

export const PasswordPage = () => {
  const { data: info } = useInfo();
  const { data: me } = useMe();
  const least = info?.zendo.password_min_length ?? 12;
  const save = useChange((body: object) => put('/current-user', body), {
    quiet: true,
    done: 'Your password is changed',
  });
  const form = useForm({
    initial: { old_password: '', password: '' },
    check: ({ old_password, password }) => ({
      ...(!old_password && { old_password: 'Your present password is needed.' }),
      ...([...password].length < least && {
        password: `Use at least ${least} characters. A short sentence is easy to remember.`,
      }),
    }),
    submit: async (values) => {
      await save.mutateAsync(values);
      form.reset();
    },
  });
  return (
    <PersonalFrame
      title="Password"
      intro="Changing it ends your other sessions. Personal tokens go on until you revoke them."
    >
      <Card title="Change your password">
        <form className="grid gap-4" onSubmit={(event) => void form.onSubmit(event)} noValidate>
          <input type="text" autoComplete="username" value={me?.principal.name ?? ''} readOnly hidden />
          <PasswordField label="Present password" autoComplete="current-password" {...form.text('old_password')} />
          <PasswordField
            label="New password"
            autoComplete="new-password"
            hint={`At least ${least} characters, not one that is known from leaks.`}
            {...form.text('password')}
          />
          <Problem error={form.failure} />
          <div>
            <Button type="submit" look="primary" busy={form.busy}>
              Change password
            </Button>
          </div>
        </form>
      </Card>
    </PersonalFrame>
  );
};
