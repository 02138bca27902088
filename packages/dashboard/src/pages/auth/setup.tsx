import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { isStatus, post } from '../../api.ts';
import { useInfo } from '../../access/me.ts';
import { SkeletonLines } from '../../ui/bits.tsx';
import { buttonClass } from '../../ui/button-class.ts';
import { Failure } from '../../ui/notice.tsx';
import { Frame } from './frame.tsx';
import { linkSecret } from './link.ts';
import { ConnectStep } from './setup-connect.tsx';
import { SetupForm } from './setup-form.tsx';

const Already = () => (
  <Frame
    title="This server is set up"
    intro="The set-up link works once. The first administrator can log in and invite everybody else."
  >
    <Link to="/login" className={buttonClass({ look: 'primary', size: 'lg' })}>
      Go to log in
    </Link>
  </Frame>
);

const NeedsLink = ({ wrong }: { readonly wrong: boolean }) => (
  <Frame
    title={wrong ? 'This set-up link is not valid' : 'Set up this server'}
    intro="Only whoever can read the server’s terminal may set it up, so nobody else can take it over first."
  >
    <div className="grid gap-3 text-soft">
      <p>
        The server prints a set-up link when it starts. Open that link; it looks like{' '}
        <code className="font-mono text-sm text-ink">{location.origin}/setup#token=…</code>
      </p>
      <p>Lost it? Restart the server: as long as nobody has been set up it prints a new one.</p>
    </div>
  </Frame>
);

export const SetupPage = () => {
  const token = linkSecret();
  const [user, setUser] = useState<string | null>(null);
  const info = useInfo();
  const check = useQuery({
    queryKey: ['setup-check'],
    queryFn: () => post<null>('/setup/check', { setup_token: token }),
    enabled: token !== null && info.data?.zendo?.setup_required === true && user === null,
    retry: false,
    staleTime: Infinity,
  });
  if (user !== null) return <ConnectStep user={user} />;
  if (info.error) {
    return (
      <Frame title="Set up this server">
        <Failure error={info.error} retry={() => void info.refetch()} />
      </Frame>
    );
  }
  if (info.data && !info.data.zendo.setup_required) return <Already />;
  if (!token) return <NeedsLink wrong={false} />;
  if (isStatus(check.error, 401) || isStatus(check.error, 404)) return <NeedsLink wrong />;
  if (check.error) {
    return (
      <Frame title="Set up this server">
        <Failure error={check.error} retry={() => void check.refetch()} />
      </Frame>
    );
  }
  if (check.data === undefined) {
    return (
      <Frame title="Set up this server" wide>
        <SkeletonLines lines={8} />
      </Frame>
    );
  }
  return <SetupForm token={token} least={info.data?.zendo.password_min_length ?? 12} onDone={setUser} />;
};
