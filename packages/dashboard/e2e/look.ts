// How a page is judged by axe: in both themes, narrow and wide.
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { settled, violations } from './browser.ts';

/** What axe finds in both themes at 390 and 1440 wide. */
export const everyLook = async (page: Page): Promise<string[]> => {
  const found: string[] = [];
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      // A theme changes nothing but colours, so its second run looks at these alone.
      for (const violation of await violations(page, colorScheme === 'dark'))
        found.push(`${width} ${colorScheme} ${violation}`);
    }
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wider > 0) found.push(`${width}: ${wider} px wider than the window`);
    const sticking = await page
      .getByRole('dialog')
      .evaluateAll((boxes) => Math.max(0, ...boxes.map((box) => box.scrollWidth - box.clientWidth)));
    if (sticking > 0) found.push(`${width}: ${sticking} px stick out of a dialog`);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  return found;
};

/** Opens a page, does something on it, and expects that nothing is found. */
export const check = async (page: Page, path: string, act?: (page: Page) => Promise<unknown>): Promise<void> => {
  await page.goto(path);
  await settled(page);
  await act?.(page);
  await settled(page);
  expect(await everyLook(page), path).toEqual([]);
};
