import { Link } from '@tanstack/react-router';
import { buttonClass } from '../../ui/button-class.ts';
import { Frame } from './frame.tsx';

export const Gone = () => (
  <Frame
    title="There is no such page"
    intro="The address may be mistyped, or it belongs to something that was removed."
  >
    <Link to="/" className={buttonClass({ look: 'primary' })}>
      Go to Home
    </Link>
  </Frame>
);
