// One Chromium; each person in it has a profile of their own. Whatever a page does that it must not do is written down.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { chromiumPath } from '../../../scripts/testing/tools.ts';
import { PASSWORD, type Server } from './server.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const colours = ['color-contrast', 'link-in-text-block'];
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Refusals are part of the flows, and the browser logs each of them; anything else on the console is a fault. */
const expected = /Failed to load resource: the server responded with a status of (400|401|403|404|409|422|429)/;

export interface Guarded {
  readonly page: Page;
  readonly faults: string[];
}

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox', '--disable-background-networking'] });

export const newPage = async (
  browser: Browser,
  server: Server,
  options: BrowserContextOptions = {},
): Promise<Guarded> => {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    baseURL: server.url,
    ...options,
  });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url });
  const faults: string[] = [];
  await context.route(
    (url) => url.origin !== server.url,
    (route) => {
      faults.push(`request to ${route.request().url()}`);
      return route.abort();
    },
  );
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on('pageerror', (error) => faults.push(`error ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !expected.test(message.text())) faults.push(`console ${message.text()}`);
  });
  return { page, faults };
};

export const logIn = async (page: Page, name: string, password = PASSWORD): Promise<void> => {
  await page.goto('/login');
  await page.getByLabel('User name').fill(name);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('heading', { level: 1, name: /Hello/ }).waitFor();
};

/** The page has a heading and nothing on it is still being loaded. */
export const settled = async (page: Page): Promise<void> => {
  await page.waitForFunction(() => document.querySelector('h1, [role=dialog]') && !document.querySelector('.skeleton'));
};

/** What axe finds, one line each. */
export const violations = async (page: Page, coloursOnly = false): Promise<string[]> => {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(`${axe};0`);
  return page.evaluate(
    async (tags) => {
      const runner = (
        window as never as {
          axe: {
            run: (
              options: object,
            ) => Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
          };
        }
      ).axe;
      const { violations: found } = await runner.run({ runOnly: tags });
      return found.map(({ id, nodes }) => {
        const [first] = nodes;
        return `${id} (${nodes.length}): ${first?.html.slice(0, 200)} ${first?.failureSummary.split('\n')[1]?.trim()}`;
      });
    },
    coloursOnly ? colours : rules,
  );
};

/** Presses Tab until the wanted thing has the focus, as somebody without a mouse would; it must then be seen to have it. */
export const tabTo = async (page: Page, wanted: { role: string; name: string | RegExp }): Promise<void> => {
  const target = page
    .getByRole(wanted.role as 'button', { name: wanted.name, ...(typeof wanted.name === 'string' && { exact: true }) })
    .first();
  await target.waitFor();
  for (let presses = 0; presses < 80; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      const ring = await target.evaluate((element) => {
        const around = element.closest('[data-popup]') ?? element;
        return getComputedStyle(element).outlineStyle !== 'none' || getComputedStyle(around).outlineStyle !== 'none';
      });
      if (!ring) throw new Error(`${wanted.role} ${String(wanted.name)} has the focus and does not show it`);
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`${wanted.role} ${String(wanted.name)} cannot be reached with Tab`);
};
