import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { buttonClass } from '../../ui/button-class.ts';

interface Props {
  readonly blocked: string | null | undefined;
  readonly to: string;
  readonly search?: Record<string, string>;
  readonly look?: 'primary';
  readonly children: ReactNode;
}

/** A link that looks like a button, or the button that says why it leads nowhere. */
export const GatedLink = ({ blocked, to, search, look, children }: Props) =>
  blocked ? (
    <Button blocked={blocked} look={look}>
      {children}
    </Button>
  ) : (
    <Link to={to} {...(search && { search })} className={buttonClass({ look })}>
      {children}
    </Link>
  );
