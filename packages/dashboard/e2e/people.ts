import type { Browser, Page, Response } from 'playwright-core';
import { logIn, newPage, openBrowser, type Guarded } from './browser.ts';
import { addPerson, setUp, startServer, type Server } from './server.ts';

export interface AdaAndGuest {
  readonly server: Server;
  readonly browser: Browser;
  /** The token of ada. */
  readonly admin: string;
  readonly ada: Guarded;
  readonly guest: Guarded;
}

/** A server with ada, who administers it, and linus, who is a guest; each logged in on a page. */
export const adaAndGuest = async (): Promise<AdaAndGuest> => {
  const [server, browser] = await Promise.all([startServer(), openBrowser()]);
  const admin = await setUp(server);
  await addPerson(server, admin, 'linus', { roles: ['guest'] });
  const [ada, guest] = [await newPage(browser, server), await newPage(browser, server)];
  await Promise.all([logIn(ada.page, 'ada'), logIn(guest.page, 'linus')]);
  return { server, browser, admin, ada, guest };
};

/** Whatever the page is answered from now on, as text, where `wanted` says yes. */
export const hear = (page: Page, wanted: (answer: Response) => boolean): readonly string[] => {
  const heard: string[] = [];
  page.on('response', (answer) => {
    if (!wanted(answer)) return;
    void answer.text().then(
      (text) => heard.push(text),
      () => null,
    );
  });
  return heard;
};
