import { useRouter } from '@tanstack/react-router';
import { call } from '../../api.ts';
import { useForm } from '../../resource/form.ts';
import { queryClient } from '../../resource/query.ts';
import { Badge } from '../../ui/bits.tsx';
import { TextField } from '../../ui/field.tsx';
import { LightButton } from '../../ui/light-button.tsx';
import { Problem } from '../../ui/notice.tsx';
import { PasswordField } from '../../ui/password.tsx';
import { ago, exact } from '../../ui/time.tsx';
import { roleMeaning } from '../../access/words.ts';
import { Frame } from './frame.tsx';
import type { Invited } from './signup.tsx';

const where = (scope: Invited['roles'][number]['scope']): string => {
  const text = typeof scope === 'string' ? scope : scope.type === 'server' ? 'server' : (scope.name ?? scope.type);
  return text === 'server' ? '' : ` in ${text}`;
};

const Facts = ({ invited }: { readonly invited: Invited }) => (
  <dl className="mb-5 grid gap-3 border-b pb-5 text-sm">
    {invited.roles.map((role) => (
      <div key={`${role.name}${where(role.scope)}`}>
        <dt className="text-faint">Your role{where(role.scope)}</dt>
        <dd>
          <Badge tone="accent">{role.name}</Badge>
          <span className="ml-2 text-soft">{roleMeaning[role.name] ?? role.description}</span>
        </dd>
      </div>
    ))}
    {invited.teams.length > 0 && (
      <div>
        <dt className="text-faint">{invited.teams.length === 1 ? 'Your team' : 'Your teams'}</dt>
        <dd className="flex flex-wrap gap-1">
          {invited.teams.map((team) => (
            <Badge key={team}>{team}</Badge>
          ))}
        </dd>
      </div>
    )}
    <div>
      <dt className="text-faint">This link works once and ends</dt>
      <dd title={exact(invited.expires)}>{ago(invited.expires)}</dd>
    </div>
  </dl>
);

export const SignupForm = ({
  invited,
  token,
  least,
}: {
  readonly invited: Invited;
  readonly token: string;
  readonly least: number;
}) => {
  const router = useRouter();
  const reset = invited.kind !== 'invite';
  const inviter = invited.inviter?.full_name || invited.inviter?.name;
  const form = useForm({
    initial: { password: '', full_name: invited.full_name ?? '', email: invited.email ?? '' },
    check: ({ password }) => ({
      ...([...password].length < least && {
        password: `Use at least ${least} characters. A short sentence is easy to remember.`,
      }),
    }),
    submit: async ({ password, full_name, email }) => {
      const body = reset
        ? { token, password }
        : {
            token,
            password,
            ...(full_name.trim() && { full_name: full_name.trim() }),
            ...(email.trim() && { email: email.trim() }),
          };
      await call('POST', '/invitations/accept', { body, session: true });
      queryClient.clear();
      router.history.push('/');
    },
  });
  return (
    <Frame
      title={reset ? 'Choose a new password' : `Join ${invited.server_name}`}
      intro={
        reset
          ? `For your account on ${invited.server_name}. Your other sessions end when you save it.`
          : `${inviter ?? 'Somebody'} invited you. Choose a password and you are in.`
      }
    >
      {!reset && <Facts invited={invited} />}
      <form className="grid gap-4" onSubmit={(event) => void form.onSubmit(event)} noValidate>
        <div>
          <p className="text-sm text-faint">Your user name</p>
          <p className="font-mono text-lg font-medium">{invited.user_name}</p>
          <input type="text" name="username" autoComplete="username" value={invited.user_name} readOnly hidden />
        </div>
        <PasswordField
          label="Password"
          autoComplete="new-password"
          autoFocus
          hint={`At least ${least} characters, not one that is known from leaks.`}
          {...form.text('password')}
        />
        {!reset && <TextField label="Full name" optional autoComplete="name" {...form.text('full_name')} />}
        {!reset && <TextField label="E-mail" optional type="email" autoComplete="email" {...form.text('email')} />}
        <Problem error={form.failure} />
        <LightButton busy={form.busy}>{reset ? 'Save and log in' : 'Create my account'}</LightButton>
      </form>
    </Frame>
  );
};
