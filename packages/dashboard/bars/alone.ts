// The dashboard needs nothing but its server, and no graphics card.
import { atMost, type Bars } from './bar.ts';
import { settled } from '../e2e/browser.ts';

export const outside: Bars = {
  numbers: [6],
  measure: async (world) => {
    // Every request to another host is stopped and written down; so is whatever a page logs as an error.
    const ada = await world.visit('ada');
    await ada.page.addInitScript(() => {
      (window as never as { longest: number }).longest = 0;
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries())
          (window as never as { longest: number }).longest = Math.max(
            (window as never as { longest: number }).longest,
            duration,
          );
      }).observe({ type: 'longtask', buffered: true });
    });
    let longest = 0;
    for (const path of world.paths) {
      await ada.page.goto(path);
      await settled(ada.page);
      longest = Math.max(longest, await ada.page.evaluate(() => (window as never as { longest: number }).longest));
    }
    const attempts = ada.faults.filter((fault) => fault.startsWith('request to'));
    await ada.page.context().close();
    return [
      atMost(6, `requests to other hosts on ${world.paths.length} pages`, attempts.length, 0),
      atMost(6, 'errors on the console on the way', ada.faults.length - attempts.length, 0),
      atMost(6, 'longest freeze on the way, without a graphics card', longest / 1000, 1, 's'),
    ];
  },
};
