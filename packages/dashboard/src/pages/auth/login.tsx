import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { ApiError, call, messageOf } from '../../api.ts';
import { useInfo } from '../../access/me.ts';
import { queryClient } from '../../resource/query.ts';
import { useForm } from '../../resource/form.ts';
import { LightButton } from '../../ui/light-button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PasswordField } from '../../ui/password.tsx';
import { Frame } from './frame.tsx';
import { safeNext } from './names.ts';

const words = (error: Error): { title: string; text: string } => {
  if (!(error instanceof ApiError)) return { title: 'That did not work', text: messageOf(error) };
  if (error.status === 429) {
    const wait = error.retryAfter
      ? ` Try again in ${error.retryAfter < 90 ? `${error.retryAfter} seconds` : `${Math.ceil(error.retryAfter / 60)} minutes`}.`
      : '';
    return {
      title: 'Too many tries',
      text: wait ? `The log-in is paused to protect this account.${wait}` : error.message,
    };
  }
  if (error.status === 401) {
    return {
      title: 'User name or password is wrong',
      text: 'Check both. If you forgot the password, ask somebody who manages people here for a reset link.',
    };
  }
  return { title: 'That did not work', text: error.message };
};

const Wait = ({ seconds, onEnd }: { readonly seconds: number; readonly onEnd: () => void }) => {
  useEffect(() => {
    const timer = setTimeout(onEnd, seconds * 1000);
    return () => clearTimeout(timer);
  }, [seconds, onEnd]);
  return null;
};

export const LoginPage = () => {
  const { next } = useSearch({ strict: false }) as { next?: string };
  const { data: info } = useInfo();
  const navigate = useNavigate();
  const router = useRouter();
  const [paused, setPaused] = useState(0);
  const [resume] = useState(() => () => setPaused(0));
  const form = useForm({
    initial: { username: '', password: '' },
    check: (values) => ({
      ...(!values.username.trim() && { username: 'Your user name is needed.' }),
      ...(!values.password && { password: 'Your password is needed.' }),
    }),
    submit: async ({ username, password }) => {
      try {
        await call('POST', '/login', {
          form: { grant_type: 'password', username: username.trim(), password },
          session: true,
        });
      } catch (error) {
        if (error instanceof ApiError && error.status === 429) setPaused(Math.min(error.retryAfter ?? 5, 900));
        throw error;
      }
      queryClient.clear();
      router.history.push(safeNext(next));
    },
  });
  useEffect(() => {
    if (info?.zendo?.setup_required) void navigate({ to: '/setup' });
  }, [info, navigate]);
  const problem = form.failure && words(form.failure);
  return (
    <Frame title={info?.name ? `Log in to ${info.name}` : 'Log in'}>
      <form className="grid gap-4" onSubmit={(event) => void form.onSubmit(event)} noValidate>
        {problem && (
          <Notice kind="bad" role="alert" title={problem.title}>
            {problem.text}
          </Notice>
        )}
        <TextField
          label="User name"
          autoComplete="username"
          autoCapitalize="off"
          spellCheck={false}
          autoFocus
          {...form.text('username')}
        />
        <PasswordField label="Password" autoComplete="current-password" {...form.text('password')} />
        <LightButton busy={form.busy} disabled={paused > 0}>
          Log in
        </LightButton>
        {paused > 0 && <Wait seconds={paused} onEnd={resume} />}
        <p className="text-sm text-soft">
          No account yet? Somebody who manages people here can invite you with a link.
        </p>
      </form>
    </Frame>
  );
};
