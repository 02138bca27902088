// From Home to somebody new at work: actions, screens, fields, seconds, and what links that are dead say.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { freePort } from '../../../scripts/lib/port.ts';
import { root } from '../../../scripts/lib/paths.ts';
import { allOf, atMost, type Bars } from './bar.ts';
import { PASSWORD, type World } from './world.ts';

interface Invitation {
  readonly id: string;
  readonly body: { readonly token: string };
}

/** Makes an invitation as one does it from Home. Answers the link, and how many times something was pressed or typed. */
const invite = async (page: Page, name: string): Promise<{ link: string; copied: string; actions: number }> => {
  let actions = 0;
  const act = async (what: Promise<unknown>): Promise<void> => {
    actions += 1;
    await what;
  };
  await act(page.getByRole('button', { name: 'Invite', exact: true }).first().click());
  await act(page.getByLabel('User name').fill(name));
  await act(page.getByRole('button', { name: 'Create and copy link' }).click());
  const link = await page.getByRole('textbox', { name: 'Send this link' }).inputValue();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  return { link, copied, actions };
};

/** Whether a link says that it is dead before it shows any field. */
const saysSo = async (world: World, token: string): Promise<boolean> => {
  const { page } = await world.visit();
  await page.goto(`/signup#token=${token}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForFunction(() => !document.querySelector('.skeleton'));
  const heading = await page.getByRole('heading', { level: 1 }).textContent();
  const fields = await page.locator('input:visible').count();
  await page.context().close();
  return /not valid any more/.test(heading ?? '') && fields === 0;
};

export const inviting: Bars = {
  numbers: [7, 8, 10],
  measure: async (world) => {
    const ada = await world.visit('ada');
    await ada.page.goto('/');
    await ada.page.getByRole('heading', { level: 1, name: /Hello/ }).waitFor();
    const made = await invite(ada.page, 'newcomer');
    await ada.page.context().close();
    const newcomer = await world.visit();
    const screens = new Set<string>();
    newcomer.page.on('framenavigated', (frame) => screens.add(new URL(frame.url()).pathname));
    await newcomer.page.goto(made.link);
    await newcomer.page.getByRole('button', { name: 'Create my account' }).waitFor();
    const fields = await newcomer.page.locator('input:visible').count();
    await newcomer.page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await newcomer.page.getByRole('button', { name: 'Create my account' }).click();
    await newcomer.page.getByRole('heading', { name: /^Hello/ }).waitFor();
    await newcomer.page.context().close();
    const token = new URL(made.link).hash.replace('#token=', '');
    const again = { token, password: PASSWORD };
    const second = await world.server.call('POST', '/invitations/accept', again).catch((error: unknown) => error);

    const one = (name: string, more: object = {}) =>
      world.api<Invitation>('POST', '/invitations', { name, ...more }) as Promise<Invitation>;
    const short = await one('late', { expires_in: 60 }).catch(() => null);
    const pending = await one('patient');
    const renewed = await world.api<Invitation>('POST', `/invitations/${pending.id}/renew`, {});
    const revoked = await one('unwanted');
    await world.api('DELETE', `/invitations/${revoked.id}`);
    const dead = [token, pending.body.token, revoked.body.token];
    const told: boolean[] = [];
    for (const each of dead) told.push(await saysSo(world, each));
    if (short) {
      expire(world, short.id);
      told.push(await saysSo(world, short.body.token));
    }
    const alive = !(await saysSo(world, renewed.body.token));
    return [
      atMost(7, 'actions from Home to a copied link', made.actions, 4),
      allOf(
        7,
        'the link is in the clipboard, and works once',
        Number(made.copied === made.link) + Number(second instanceof Error),
        2,
      ),
      atMost(8, 'screens from the link to Home', screens.size - 1, 1),
      atMost(8, 'fields on it', fields, 3),
      allOf(10, 'links used, renewed, revoked or expired that say so before any field', told.filter(Boolean).length, 4),
      allOf(10, 'renewed links that work', Number(alive), 1),
    ];
  },
};

/** Puts the end of a link into the past, past the interface: waiting for it would take a minute. */
const expire = (world: World, id: string): void => {
  const file = world.database();
  file.prepare('update invitation set expires = ? where id = ?').run('2020-01-01T00:00:00.000000', id);
  file.close();
};

/** A server of its own, from nothing to a second person at work, as somebody does it in a browser. */
export const fromNothing: Bars = {
  numbers: [9],
  measure: async (world) => {
    const folder = mkdtempSync(join(tmpdir(), 'zendo-bars-'));
    const port = await freePort();
    const began = performance.now();
    const server = spawn(
      process.execPath,
      [join(root, 'bin', 'zendo.mjs'), 'up', '--port', String(port), '--data-dir', folder],
      {
        env: { ...process.env, ZENDO_CONFIG_DIR: folder, ZENDO_NO_BROWSER: '1' },
      },
    );
    const gone = new Promise((resolve) => server.once('exit', resolve));
    try {
      const link = await setUpLink(server);
      const context = await world.browser.newContext({ viewport: { width: 1440, height: 900 } });
      await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(link).origin });
      const page = await context.newPage();
      await page.goto(link);
      await page.getByLabel('Name of the workspace').fill('Garden');
      await page.getByLabel('Your user name').fill('ada');
      await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
      await page.getByRole('button', { name: 'Create administrator and workspace' }).click();
      await page.getByRole('link', { name: 'Go to Home' }).click();
      const made = await invite(page, 'grace');
      const other = await (await world.browser.newContext()).newPage();
      await other.goto(made.link);
      await other.getByLabel('Password', { exact: true }).fill(PASSWORD);
      await other.getByRole('button', { name: 'Create my account' }).click();
      await other.getByRole('heading', { name: /^Hello/ }).waitFor();
      const seconds = (performance.now() - began) / 1000;
      await other.context().close();
      await context.close();
      return [
        atMost(9, 'zendo up to a second person signed up, scripted (without fetching the package)', seconds, 120, 's'),
      ];
    } finally {
      server.kill('SIGTERM');
      await gone;
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

const setUpLink = (server: ReturnType<typeof spawn>): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = '';
    const listen = (part: Buffer): void => {
      said += part.toString();
      const link = /http:\S+\/setup#token=\S+/.exec(said)?.[0];
      if (link) resolve(link);
    };
    server.stdout?.on('data', listen);
    server.stderr?.on('data', listen);
    server.once('exit', () => reject(new Error(`zendo up ended:\n${said}`)));
  });
