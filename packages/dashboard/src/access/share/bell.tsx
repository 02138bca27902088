import { Link } from '@tanstack/react-router';
import { Inbox } from 'lucide-react';
import { buttonClass } from '../../ui/button-class.ts';
import { Tip } from '../../ui/tip.tsx';
import { useMe } from '../me.ts';

/** How much waits for one: requests to answer, notices to read. */
export const Bell = () => {
  const { data: me } = useMe();
  const count = me ? me.waiting.requests + me.waiting.notices : 0;
  const label =
    count === 0 ? 'Requests' : count === 1 ? 'Requests: 1 waits for you' : `Requests: ${count} wait for you`;
  return (
    <Tip text={label}>
      <Link to="/requests" aria-label={label} className={buttonClass({ look: 'ghost', size: 'icon' }, 'relative')}>
        <Inbox aria-hidden />
        {count > 0 && (
          <span
            aria-hidden
            className="absolute -top-0.5 -right-0.5 grid h-4 min-w-4 place-items-center rounded-full bg-accent px-1 text-[0.625rem] font-semibold text-accent-ink nums"
          >
            {count > 99 ? '99+' : count}
          </span>
        )}
      </Link>
    </Tip>
  );
};
