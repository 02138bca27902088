// Acts that cannot be undone ask first: in the dashboard with the consequence, on the command line with a refusal to guess.
import { settled } from '../e2e/browser.ts';
import { allOf, type Bars } from './bar.ts';
import { connected } from './command-line.ts';

/** Command lines that remove something, without -y and without a terminal: each must stop and change nothing. */
const removals = [
  'user delete grace',
  'team delete vision',
  'role delete empty',
  'service-account delete ci',
  'workspace delete fraud',
];

export const destructive: Bars = {
  numbers: [15],
  measure: async (world) => {
    const { run, end } = await connected(world);
    let stopped = 0;
    for (const line of removals) {
      const { code, err } = await run(line);
      if (code === 2 && /-y|--yes/.test(err)) stopped += 1;
      else process.stderr.write(`  ${line}: exit ${code} ${err.slice(0, 200)}\n`);
    }
    end();
    const { page } = await world.visit('ada');
    let [found, asks] = [0, 0];
    for (const path of world.paths) {
      await page.goto(path);
      await settled(page);
      const button = page
        .getByRole('main')
        .getByRole('button', { name: /^(Delete|Remove)/ })
        .first();
      if ((await button.count()) === 0 || (await button.getAttribute('aria-disabled')) === 'true') continue;
      found += 1;
      await button.click();
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      const words = ((await dialog.textContent()) ?? '').length;
      const count = (name: string | RegExp) => dialog.getByRole('button', { name }).count();
      // What cannot be removed at all is only said so: there is nothing to press.
      const harmless = (await count(/^(Delete|Remove|Leave)/)) === 0;
      if (harmless || ((await count('Cancel')) + (await count('Close')) > 0 && words > 80)) asks += 1;
      else process.stderr.write(`  ${path}: ${await dialog.textContent()}\n`);
    }
    await page.context().close();
    return [
      allOf(15, 'command lines that remove something and stop, off a terminal, without -y', stopped, removals.length),
      allOf(15, 'buttons that remove something and first tell what goes', asks, found),
    ];
  },
};
