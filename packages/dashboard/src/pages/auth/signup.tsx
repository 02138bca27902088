import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { isStatus, post } from '../../api.ts';
import { useInfo } from '../../access/me.ts';
import { SkeletonLines } from '../../ui/bits.tsx';
import { buttonClass } from '../../ui/button-class.ts';
import { Failure } from '../../ui/notice.tsx';
import { useTitle } from '../../ui/page.tsx';
import { Frame } from './frame.tsx';
import { linkSecret } from './link.ts';
import { SignupForm } from './signup-form.tsx';

export interface Invited {
  readonly kind: 'invite' | 'reset' | 'reactivate';
  readonly user_name: string;
  readonly full_name: string | null;
  readonly email: string | null;
  readonly server_name: string;
  readonly inviter: { name: string; full_name: string | null } | null;
  readonly roles: readonly {
    name: string;
    description: string | null;
    scope: string | { type: string; name: string | null };
  }[];
  readonly teams: readonly string[];
  readonly expires: string;
}

const Dead = ({ missing }: { readonly missing: boolean }) => (
  <Frame
    title={missing ? 'This page needs its link' : 'This link is not valid any more'}
    intro={
      missing
        ? 'Open the whole link that you were sent once more: the part after # is what lets you in, and it is not kept when a page is loaded again.'
        : 'It was used already, has expired, was replaced by a newer one, or was taken back.'
    }
  >
    <div className="grid gap-4 text-soft">
      <p>
        <strong className="font-medium text-ink">If you have signed up already,</strong> log in with the user name and
        password you chose.
      </p>
      <p>
        <strong className="font-medium text-ink">If not,</strong> ask the person who sent you the link for a new one.
        They find it under People → Invitations → Renew.
      </p>
      <Link to="/login" className={buttonClass({ look: 'primary', size: 'lg' })}>
        Go to log in
      </Link>
    </div>
  </Frame>
);

export const SignupPage = () => {
  useTitle('Sign up');
  const token = linkSecret();
  const { data: info } = useInfo();
  const preview = useQuery({
    queryKey: ['invitation'],
    queryFn: () => post<Invited>('/invitations/preview', { token }),
    enabled: token !== null,
    retry: false,
    staleTime: Infinity,
  });
  if (!token) return <Dead missing />;
  if (isStatus(preview.error, 404)) return <Dead missing={false} />;
  if (preview.error) {
    return (
      <Frame title="This could not be checked">
        <Failure error={preview.error} retry={() => void preview.refetch()} />
      </Frame>
    );
  }
  if (!preview.data) {
    return (
      <Frame title="One moment…">
        <SkeletonLines lines={6} />
      </Frame>
    );
  }
  return <SignupForm invited={preview.data} token={token} least={info?.zendo?.password_min_length ?? 12} />;
};
