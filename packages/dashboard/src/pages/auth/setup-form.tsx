import { call } from '../../api.ts';
import { roleMeaning } from '../../access/words.ts';
import { useForm } from '../../resource/form.ts';
import { queryClient } from '../../resource/query.ts';
import { ChoiceCards } from '../../ui/choice.tsx';
import { TextField } from '../../ui/field.tsx';
import { LightButton } from '../../ui/light-button.tsx';
import { Problem } from '../../ui/notice.tsx';
import { PasswordField } from '../../ui/password.tsx';
import { Frame } from './frame.tsx';
import { goodUserName } from './names.ts';

interface Props {
  readonly token: string;
  readonly least: number;
  readonly onDone: (user: string) => void;
}

const roles = ['admin', 'developer', 'guest'].map((name) => ({
  value: name,
  label: name,
  text: roleMeaning[name] ?? '',
}));

export const SetupForm = ({ token, least, onDone }: Props) => {
  const form = useForm({
    initial: { server_name: '', username: '', password: '', full_name: '', default_role: 'admin' },
    check: ({ username, password }) => ({
      ...(goodUserName(username) && { username: goodUserName(username) ?? '' }),
      ...([...password].length < least && {
        password: `Use at least ${least} characters. A short sentence is easy to remember.`,
      }),
    }),
    submit: async ({ server_name, username, password, full_name, default_role }) => {
      const body = {
        setup_token: token,
        username: username.trim(),
        password,
        default_role,
        ...(server_name.trim() && { server_name: server_name.trim() }),
        ...(full_name.trim() && { full_name: full_name.trim() }),
      };
      await call('POST', '/setup', { body, session: true });
      onDone(body.username);
      queryClient.clear();
    },
  });
  return (
    <Frame
      wide
      title="Set up this server"
      intro="You become its first administrator. This takes a minute and happens once; everything here can be changed later."
    >
      <form className="grid gap-6" onSubmit={(event) => void form.onSubmit(event)} noValidate>
        <TextField
          label="Name of the workspace"
          placeholder="e.g. Vision team"
          optional
          autoFocus
          hint="People see it when they log in and in their invitation."
          {...form.text('server_name')}
        />
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <TextField
            label="Your user name"
            autoComplete="username"
            autoCapitalize="off"
            spellCheck={false}
            {...form.text('username')}
          />
          <TextField label="Full name" optional autoComplete="name" {...form.text('full_name')} />
        </div>
        <PasswordField
          label="Password"
          autoComplete="new-password"
          hint={`At least ${least} characters, not one that is known from leaks.`}
          {...form.text('password')}
        />
        <ChoiceCards
          columns
          legend="Role of new people"
          hint="What somebody gets who is invited without a role being chosen. You can choose another for each person."
          choices={roles}
          value={form.values.default_role}
          onChange={(value) => form.set('default_role', value)}
        />
        <Problem error={form.failure} />
        <LightButton busy={form.busy}>Create administrator and workspace</LightButton>
      </form>
    </Frame>
  );
};
