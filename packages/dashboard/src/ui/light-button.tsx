import type { ComponentProps } from 'react';
import { buttonClass } from './button-class.ts';

/** The submit button of the pages before log-in: without hints, so without the code that places them. */
export const LightButton = ({ busy, children, ...rest }: ComponentProps<'button'> & { readonly busy?: boolean }) => (
  <button
    type="submit"
    {...rest}
    aria-busy={busy || undefined}
    disabled={busy || rest.disabled}
    className={buttonClass({ look: 'primary', size: 'lg' })}
  >
    {children}
  </button>
);
