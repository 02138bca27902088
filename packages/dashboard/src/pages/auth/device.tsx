import { useSearch } from '@tanstack/react-router';
import { MonitorSmartphone } from 'lucide-react';
import { useState } from 'react';
import { put, seg, type Envelope } from '../../api.ts';
import { useMe } from '../../access/me.ts';
import { useForm } from '../../resource/form.ts';
import { useRead } from '../../resource/query.ts';
import { SkeletonLines } from '../../ui/bits.tsx';
import { Check } from '../../ui/choice.tsx';
import { TextField } from '../../ui/field.tsx';
import { LightButton } from '../../ui/light-button.tsx';
import { Notice, Problem } from '../../ui/notice.tsx';
import { ago } from '../../ui/time.tsx';
import { Frame } from './frame.tsx';

type Device = Envelope<
  {
    client_id: string;
    status: string;
    expires: string | null;
    hostname?: string | null;
    ip_address?: string | null;
    trusted_device?: boolean;
  },
  { os?: string | null; python_version?: string | null; zenml_version?: string | null; city?: string | null }
>;

const Facts = ({ device }: { readonly device: Device }) => (
  <div className="mb-5 flex gap-3 border-b pb-5">
    <MonitorSmartphone className="mt-0.5 size-5 shrink-0 text-faint" aria-hidden />
    <dl className="grid grow grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
      {(
        [
          ['Computer', device.body.hostname],
          ['Address', device.body.ip_address],
          ['System', device.metadata?.os],
          ['Client', device.metadata?.zenml_version && `ZenML ${device.metadata.zenml_version}`],
          ['Ends', device.body.expires && ago(device.body.expires)],
        ] as const
      )
        .filter(([, value]) => value)
        .map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-faint">{label}</dt>
            <dd className="wrap-anywhere">{value}</dd>
          </div>
        ))}
    </dl>
  </div>
);

export const DevicePage = () => {
  const { device_id: id = '', user_code: code = '' } = useSearch({ strict: false }) as Record<string, string>;
  const [done, setDone] = useState<'approved' | 'denied' | null>(null);
  const { data: me } = useMe();
  const device = useRead<Device>(`/devices/${seg(id)}`, { user_code: code, hydrate: true }, id !== '');
  const form = useForm({
    initial: { user_code: code, trusted_device: false },
    check: ({ user_code }) => ({
      ...(!user_code.trim() && { user_code: 'The code that the terminal shows is needed.' }),
    }),
    submit: async ({ user_code, trusted_device }) => {
      await put(`/devices/${seg(id)}/verify`, { user_code: user_code.trim(), trusted_device });
      setDone('approved');
    },
  });
  if (!id) {
    return (
      <Frame title="This page needs its link">
        <p className="text-soft">Run the log-in command again and open the link that it prints.</p>
      </Frame>
    );
  }
  if (done) {
    return (
      <Frame
        title={done === 'approved' ? 'The computer is logged in' : 'Nothing was approved'}
        intro="You can close this page."
      >
        <p className="text-soft">
          {done === 'approved'
            ? 'The terminal goes on by itself within a few seconds. You find this log-in under Personal settings → Sessions and can end it there.'
            : 'The code ends by itself. If you did not start this log-in, somebody else may have sent you the link: tell whoever runs this server.'}
        </p>
      </Frame>
    );
  }
  return (
    <Frame
      title="Log in a computer?"
      intro={
        <>
          A command line asks to act as <strong className="font-medium text-ink">{me?.principal.name ?? '…'}</strong>.
          Approve only if you started this yourself just now.
        </>
      }
    >
      {device.isLoading && <SkeletonLines />}
      {device.data && <Facts device={device.data} />}
      {device.error && (
        <div className="mb-4">
          <Notice kind="warn">
            The details of this computer cannot be shown. The link may have ended; if so, start the log-in again.
          </Notice>
        </div>
      )}
      <form className="grid gap-4" onSubmit={(event) => void form.onSubmit(event)} noValidate>
        <TextField
          label="Code from the terminal"
          spellCheck={false}
          autoComplete="off"
          className="font-mono"
          {...form.text('user_code')}
        />
        <Check
          label="Trust this computer"
          text="It stays logged in for longer. Not on shared machines."
          checked={form.values.trusted_device}
          onChange={(on) => form.set('trusted_device', on)}
        />
        <Problem error={form.failure} />
        <div className="flex flex-wrap gap-2">
          <LightButton busy={form.busy}>Approve</LightButton>
          <button
            type="button"
            onClick={() => setDone('denied')}
            className="h-10 rounded-md px-4 font-medium text-soft hover:bg-hover"
          >
            Do not approve
          </button>
        </div>
      </form>
    </Frame>
  );
};
