// What the runs list costs: bytes, requests, time on a slow line.
import type { Page } from 'playwright-core';
import { median } from '../../../bench/lib/stats.ts';
import { atMost, type Bars, type Figure } from './bar.ts';
import { PASSWORD, type World } from './world.ts';

const LIST = '/projects/default/runs';
const firstRow = (page: Page) => page.locator('tbody tr a').first().waitFor();

interface Asked {
  readonly all: string[];
  readonly api: string[];
  /** Bytes of scripts as they came, compressed. */
  script: number;
}

/** Writes down what a page asks for from now on. */
const watch = async (page: Page): Promise<Asked> => {
  const asked: Asked = { all: [], api: [], script: 0 };
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const scripts = new Set<string>();
  session.on('Network.requestWillBeSent', ({ request }) => {
    asked.all.push(request.url);
    if (new URL(request.url).pathname.startsWith('/api/')) asked.api.push(request.url);
  });
  session.on('Network.responseReceived', ({ requestId, response }) => {
    if (/javascript/.test(response.mimeType)) scripts.add(requestId);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) asked.script += encodedDataLength;
  });
  return asked;
};

export const size: Bars = {
  numbers: [3],
  measure: async (world) => {
    const outside = await world.visit();
    const login = await watch(outside.page);
    await outside.page.goto('/login');
    await outside.page.getByRole('button', { name: 'Log in' }).waitFor();
    await outside.page.waitForLoadState('load');
    const inside = await world.visit('ada');
    const fresh = await coldPage(world, await inside.page.context().cookies());
    const runs = await watch(fresh);
    await fresh.goto(LIST);
    await firstRow(fresh);
    await outside.page.context().close();
    await inside.page.context().close();
    await fresh.context().close();
    return [
      atMost(3, 'JavaScript for the log-in page, brotli', login.script / 1000, 200, 'KB'),
      atMost(3, 'JavaScript until the runs list has rows, brotli', runs.script / 1000, 260, 'KB'),
    ];
  },
};

type Cookies = Parameters<Awaited<ReturnType<World['browser']['newContext']>>['addCookies']>[0];
/** A page with a session and nothing in its cache. */
const coldPage = async (world: World, cookies: Cookies): Promise<Page> => {
  const context = await world.browser.newContext({
    viewport: { width: 1440, height: 900 },
    baseURL: world.server.url,
    reducedMotion: 'reduce',
  });
  await context.addCookies(cookies);
  return context.newPage();
};

export const requests: Bars = {
  numbers: [4],
  measure: async (world) => {
    const inside = await world.visit('ada');
    const page = await coldPage(world, await inside.page.context().cookies());
    const cold = await watch(page);
    await page.goto(LIST);
    await firstRow(page);
    const toRows = cold.all.length;
    await page.context().close();
    await inside.page.context().close();
    const outside = await world.visit();
    await outside.page.goto(`/login?next=${encodeURIComponent(LIST)}`);
    await outside.page.getByLabel('User name').fill('ada');
    await outside.page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await outside.page.waitForLoadState('networkidle');
    const asked = await watch(outside.page);
    // What the page asks once it has the rows, as it begins to listen for changes, is not on the way to them.
    const rows = outside.page.waitForResponse(/\/api\/v1\/runs\?/).then(() => asked.api.length);
    await outside.page.getByRole('button', { name: 'Log in' }).click();
    await firstRow(outside.page);
    const calls = await rows;
    await outside.page.context().close();
    return [
      atMost(4, 'requests until the runs list has rows, nothing cached', toRows, 25),
      atMost(4, 'calls of the API from pressing Log in until the runs are there', calls, 6),
    ];
  },
};

interface Vitals {
  lcp: number;
  cls: number;
  inp: number;
}
const observe = (): void => {
  const vitals: Vitals = { lcp: 0, cls: 0, inp: 0 };
  (window as never as { vitals: Vitals }).vitals = vitals;
  const on = (type: string, take: (entry: never) => void, more: object = {}): void => {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) take(entry as never);
    }).observe({ type, buffered: true, ...more });
  };
  on('largest-contentful-paint', (entry: { startTime: number }) => {
    vitals.lcp = entry.startTime;
  });
  on('layout-shift', (entry: { value: number; hadRecentInput: boolean }) => {
    if (!entry.hadRecentInput) vitals.cls += entry.value;
  });
  on(
    'event',
    (entry: { duration: number; interactionId: number }) => {
      if (entry.interactionId) vitals.inp = Math.max(vitals.inp, entry.duration);
    },
    { durationThreshold: 16 },
  );
};
const vitalsOf = (page: Page): Promise<Vitals> =>
  page.evaluate(() => (window as never as { vitals: Vitals }).vitals) as Promise<Vitals>;

/** 10 Mbit/s with 40 ms to the server and back. */
const slowLine = async (page: Page): Promise<void> => {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 40,
    downloadThroughput: 10e6 / 8,
    uploadThroughput: 10e6 / 8,
  });
};

const ROUNDS = 5;

export const speed: Bars = {
  numbers: [5],
  measure: async (world) => {
    const inside = await world.visit('ada');
    const cookies = await inside.page.context().cookies();
    await inside.page.context().close();
    const rows: number[] = [];
    const seen: Vitals[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const page = await coldPage(world, cookies);
      await page.addInitScript(observe);
      await slowLine(page);
      await page.goto(LIST, { waitUntil: 'commit' });
      await page.waitForFunction(() => document.querySelector('tbody tr a'), undefined, { polling: 'raf' });
      rows.push(await page.evaluate(() => performance.now()));
      await page.waitForLoadState('networkidle');
      await page.getByRole('searchbox').first().pressSequentially('train', { delay: 60 });
      await page.getByRole('columnheader').getByRole('button').first().click();
      await page.getByRole('combobox', { name: 'Status' }).click();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Account' }).click();
      await page.waitForTimeout(300);
      seen.push(await vitalsOf(page));
      await page.context().close();
    }
    const of = (key: keyof Vitals): number => median(seen.map((one) => one[key]));
    const figures: Figure[] = [
      atMost(5, 'runs list has rows, 10 Mbit/s and 40 ms, nothing cached', median(rows) / 1000, 1.2, 's'),
      atMost(5, 'largest contentful paint', of('lcp') / 1000, 1.2, 's'),
      atMost(5, 'cumulative layout shift', of('cls'), 0.02),
      atMost(5, 'slowest of some dozen interactions (INP)', of('inp'), 200, 'ms'),
    ];
    return figures;
  },
};
