// A graph of a thousand steps and a list of a hundred thousand runs.
import { maker, wide } from '../e2e/runs.ts';
import { median } from '../../../bench/lib/stats.ts';
import { atLeast, atMost, type Bars, unmeasured } from './bar.ts';
import type { World } from './world.ts';

const STEPS = 1000;
const RUNS = 100_000;

export const graph: Bars = {
  numbers: [15],
  measure: async (world) => {
    const what = `graph of ${STEPS} steps: interactive`;
    const { run } = maker(world.server, world.admin);
    const made = await run(`sweep-${STEPS}`, wide(STEPS, 25), { minutes: 50, lean: true });
    const { page } = await world.visit('ada');
    const address = `/projects/default/runs/${made.id}/graph`;
    const times: number[] = [];
    for (let round = 0; round < 3; round++) {
      await page.goto(address, { waitUntil: 'commit' });
      const drawn = page.locator('.react-flow__node').first();
      const there = await drawn.waitFor({ timeout: 20_000 }).then(
        () => true,
        () => false,
      );
      if (!there) return [unmeasured(15, what, 'the page draws no graph', '≤ 1.5 s')];
      // Interactive: a step can be chosen, and the page says which.
      await drawn.click();
      await page.waitForFunction(() => new URLSearchParams(location.search).has('step'), undefined, { polling: 'raf' });
      times.push(await page.evaluate(() => performance.now()));
    }
    await page.context().close();
    return [atMost(15, what, median(times) / 1000, 1.5, 's')];
  },
};

/** Copies of a run, written past the interface: making them one by one would take an hour. */
const copyRuns = (world: World, count: number): void => {
  const file = world.database();
  const columns = (file.prepare('pragma table_info(pipeline_run)').all() as { name: string }[]).map(({ name }) => name);
  const own: Readonly<Record<string, string>> = {
    id: `lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-7' || substr(hex(randomblob(2)), 2) || '-8' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))`,
    name: `'copy-' || n`,
    snapshot_id: 'null',
    orchestrator_run_id: 'null',
    created: `strftime('%Y-%m-%dT%H:%M:%f', '2026-01-01', '+' || n || ' seconds') || '000'`,
  };
  const values = columns.map((name) => own[name] ?? `"${name}"`).join();
  file.exec(`with recursive counted(n) as (select 1 union all select n + 1 from counted where n < ${count})
    insert into pipeline_run (${columns.map((name) => `"${name}"`).join()})
    select ${values} from (select * from pipeline_run limit 1), counted`);
  file.close();
};

export const list: Bars = {
  numbers: [15],
  measure: async (world) => {
    copyRuns(world, RUNS);
    const { page } = await world.visit('ada');
    const first = performance.now();
    await page.goto('/projects/default/runs?size=500');
    await page.locator('tbody tr a').first().waitFor({ timeout: 60_000 });
    const opened = performance.now() - first;
    await page
      .getByText(/of 100,?\d{3}/)
      .first()
      .waitFor({ timeout: 5000 })
      .catch(() => null);
    const frames = await page.evaluate(
      () =>
        new Promise<number[]>((resolve) => {
          const times: number[] = [];
          const step = (now: number): void => {
            times.push(now);
            window.scrollBy(0, 60);
            if (times.length < 240) requestAnimationFrame(step);
            else resolve(times);
          };
          requestAnimationFrame(step);
        }),
    );
    const gaps = frames.slice(1).map((at, index) => at - (frames[index] ?? at));
    const fps = 1000 / (gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length);
    const rows = await page.locator('tbody tr').count();
    await page.context().close();
    return [
      atMost(15, `list of ${RUNS.toLocaleString('en')} runs, 500 on a page: open`, opened / 1000, 1.5, 's'),
      atLeast(15, 'scrolling it, on average', Math.round(fps), 58, 'frames/s'),
      atMost(15, 'slowest frame of 240', Math.max(...gaps), 100, 'ms'),
      atMost(15, 'rows in the page while scrolling', rows, 100),
    ];
  },
};
