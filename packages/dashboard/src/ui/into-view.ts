/** On a narrow screen the tab that one is on may lie beyond the edge. */
export const intoView = (nav: HTMLElement | null): void => {
  const tab = nav?.querySelector<HTMLElement>('[aria-current=page]');
  if (nav && tab && tab.offsetLeft + tab.offsetWidth > nav.offsetLeft + nav.offsetWidth + nav.scrollLeft)
    nav.scrollLeft = tab.offsetLeft - nav.offsetLeft - 24;
};
