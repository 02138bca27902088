import type { ComponentProps } from 'react';
import { buttonClass, type ButtonLook } from './button-class.ts';
import { Tip } from './tip.tsx';

type ButtonProps = ComponentProps<'button'> &
  ButtonLook & {
    readonly busy?: boolean;
    /** Why this cannot be done; the button stays focusable, so that everybody can find out. */
    readonly blocked?: string | null | undefined;
  };

export const Button = ({
  look,
  size,
  busy,
  blocked,
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) => {
  const off = Boolean(blocked) || busy;
  const button = (
    <button
      type={type}
      {...rest}
      aria-disabled={off || undefined}
      aria-busy={busy || undefined}
      className={buttonClass({ look, size }, className)}
      onClick={off ? (event) => event.preventDefault() : onClick}
    >
      {children}
    </button>
  );
  return blocked ? <Tip text={blocked}>{button}</Tip> : button;
};

export const IconButton = ({
  label,
  tip = true,
  ...rest
}: ButtonProps & { readonly label: string; readonly tip?: boolean }) => {
  const button = <Button look="ghost" size="icon" {...rest} aria-label={label} />;
  return tip && !rest.blocked ? <Tip text={label}>{button}</Tip> : button;
};
