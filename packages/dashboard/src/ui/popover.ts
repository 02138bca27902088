import { useCallback, useEffect, useId, useRef, useState, type ToggleEvent } from 'react';

const gap = 4;

const place = (anchor: HTMLElement, popup: HTMLElement, align: 'start' | 'end'): void => {
  const box = anchor.getBoundingClientRect();
  popup.style.minWidth = `${box.width}px`;
  const below = innerHeight - box.bottom - gap * 2;
  const above = box.top - gap * 2;
  const up = popup.scrollHeight > below && above > below;
  popup.style.maxHeight = `${Math.max(120, up ? above : below)}px`;
  const { offsetWidth: width, offsetHeight: height } = popup;
  const left = align === 'start' ? box.left : box.right - width;
  popup.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
  popup.style.top = `${up ? box.top - height - gap : box.bottom + gap}px`;
  popup.style.visibility = 'visible';
};

/** A native popover beside its button: top layer, closed by Esc or a click elsewhere, and no focus guards to stumble over. */
export const usePopover = (
  align: 'start' | 'end',
  onOpen?: (popup: HTMLElement) => void,
  kind: 'auto' | 'manual' = 'auto',
) => {
  const id = useId();
  const popup = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const anchor = useCallback(
    () => document.querySelector<HTMLElement>(`[popovertarget="${id}"], [data-popup="${id}"]`),
    [id],
  );

  useEffect(() => {
    if (!open) return;
    const follow = (): void => {
      const [button, element] = [anchor(), popup.current];
      if (button && element) place(button, element, align);
    };
    follow();
    if (popup.current) onOpen?.(popup.current);
    addEventListener('scroll', follow, true);
    addEventListener('resize', follow);
    return () => {
      removeEventListener('scroll', follow, true);
      removeEventListener('resize', follow);
    };
    // What is done on opening is done once, whatever changes while it is open.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [open]);

  const hide = useCallback(() => popup.current?.matches(':popover-open') && popup.current.hidePopover(), []);
  const close = useCallback(() => {
    hide();
    anchor()?.focus();
  }, [anchor, hide]);

  return {
    open,
    close,
    hide,
    show: useCallback(() => !popup.current?.matches(':popover-open') && popup.current?.showPopover(), []),
    id,
    popup: {
      id,
      ref: popup,
      popover: kind,
      style: { visibility: 'hidden' as const },
      onToggle: (event: ToggleEvent<HTMLDivElement>) => {
        event.stopPropagation();
        setOpen(event.newState === 'open');
        if (event.newState !== 'open' && popup.current) popup.current.style.visibility = 'hidden';
      },
    },
  };
};

export const popupClass =
  'fixed inset-auto m-0 overflow-y-auto rounded-lg border border-line bg-raised p-1 text-ink shadow-pop outline-none';
