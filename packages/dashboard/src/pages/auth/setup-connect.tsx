import { Link } from '@tanstack/react-router';
import { buttonClass } from '../../ui/button-class.ts';
import { Frame } from './frame.tsx';
import { ConnectCommands } from './connect-commands.tsx';

export const ConnectStep = ({ user }: { readonly user: string }) => {
  return (
    <Frame
      wide
      title="The server is ready"
      intro={
        <>
          You are logged in as <strong className="font-medium text-ink">{user}</strong>. Connect a client now, or do it
          later: the same commands are on the Home page.
        </>
      }
    >
      <ConnectCommands url={location.origin} user={user} />
      <div className="mt-6 flex flex-wrap gap-2">
        <Link to="/" className={buttonClass({ look: 'primary', size: 'lg' })}>
          Go to Home
        </Link>
        <Link to="/people" className={buttonClass({ size: 'lg' })}>
          Invite people
        </Link>
      </div>
    </Frame>
  );
};
