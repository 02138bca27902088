// What somebody may not do: every refusal says what is missing, and no control promises what will be refused.
import type { Locator, Page } from 'playwright-core';
import openapi from '../../api/openapi.json' with { type: 'json' };
import { settled } from '../e2e/browser.ts';
import { allOf, atMost, type Bars } from './bar.ts';
import type { World } from './world.ts';

interface Answer {
  readonly status: number;
  readonly body: unknown;
}
const ask = async (world: World, token: string, method: string, path: string): Promise<Answer> => {
  const answer = await fetch(`${world.server.url}/api/v1${path}`, {
    method: method.toUpperCase(),
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(method === 'get' ? {} : { body: '{}' }),
  });
  return { status: answer.status, body: await answer.json().catch(() => null) };
};

/** What ends the session or never ends, and what refuses because the server is set up: no permission would help. */
const notAsked = /login|logout|event|activate|setup/;

/** Every operation of the interface, with the ids of real things where its path asks for them. */
const operations = async (world: World): Promise<[string, string][]> => {
  const ids = new Map<string, string>();
  const found: [string, string][] = [];
  for (const [path, methods] of Object.entries(openapi.paths)) {
    const bare = path.replace(/^\/api\/v1/, '');
    const collection = /^\/([^/]+)\/\{[^}]+\}/.exec(bare)?.[1];
    if (collection && !ids.has(collection)) {
      const list = await ask(world, world.admin, 'get', `/${collection}?size=1`);
      ids.set(collection, (list.body as { items?: { id: string }[] } | null)?.items?.[0]?.id ?? crypto.randomUUID());
    }
    const filled = bare
      .replace(/\{[^}]+\}/, ids.get(collection ?? '') ?? '')
      .replaceAll(/\{[^}]+\}/g, crypto.randomUUID());
    for (const method of Object.keys(methods)) if (!notAsked.test(bare)) found.push([method, filled]);
  }
  return found;
};

const named = (body: unknown): boolean => {
  const text = JSON.stringify(body);
  return (
    /needs the permission \w+/.test(text) && /Ask .+ for it/.test(text) && Boolean((body as { needs?: string }).needs)
  );
};

/** Controls that one's own account always has: they are not about rights. */
const own = /log out|theme|account|search|collapse|expand|copy|close|menu|skip|download/i;

/** Presses every control of a page that is not switched off, one a load, and what it opens; answers how many there were. */
const pressAll = async (page: Page, path: string): Promise<number> => {
  const open = async (): Promise<Locator[]> => {
    await page.goto(path);
    await settled(page);
    return page.getByRole('main').locator('button:visible:not([aria-disabled="true"]):not(:disabled)').all();
  };
  const count = (await open()).length;
  let pressed = 0;
  for (let at = 0; at < count; at++) {
    const button = (await open())[at];
    if (!button || own.test((await button.getAttribute('aria-label')) ?? (await button.textContent()) ?? '')) continue;
    pressed += 1;
    await button.click({ timeout: 2000 }).catch(() => null);
    await page.waitForTimeout(60);
    for (const item of await page.locator('[data-item]:visible:not([aria-disabled="true"])').all()) {
      await item.click({ timeout: 500 }).catch(() => null);
      break;
    }
    const dialog = page.getByRole('dialog').last();
    if ((await dialog.count()) === 0) continue;
    for (const field of await dialog
      .locator('input[type="text"]:visible, input:not([type]):visible, textarea:visible')
      .all())
      await field.fill('x').catch(() => null);
    const submit = dialog.locator('button[type="submit"]:visible:not([aria-disabled="true"]):not(:disabled)').last();
    if ((await submit.count()) > 0) await submit.click({ timeout: 2000 }).catch(() => null);
    await page.waitForTimeout(120);
  }
  return pressed;
};

export const refusals: Bars = {
  numbers: [11],
  measure: async (world) => {
    let [refused, good] = [0, 0];
    for (const token of Object.values(world.tokens)) {
      for (const [method, path] of await operations(world)) {
        const { status, body } = await ask(world, token, method, path);
        if (status !== 403) continue;
        refused += 1;
        if (named(body)) good += 1;
        else process.stderr.write(`  says too little: ${method} ${path}: ${JSON.stringify(body)}\n`);
      }
    }
    let pressed = 0;
    const failed: string[] = [];
    for (const name of Object.keys(world.tokens)) {
      const { page } = await world.visit(name);
      page.setDefaultTimeout(5000);
      page.on('response', (answer) => {
        if (answer.status() === 403)
          failed.push(`${name} ${new URL(page.url()).pathname}: ${answer.request().method()} ${answer.url()}`);
      });
      for (const path of world.paths) pressed += await pressAll(page, path);
      await page.context().close();
    }
    for (const line of new Set(failed)) process.stderr.write(`  refused: ${line}\n`);
    return [
      allOf(
        11,
        'refusals that name the permission and who can give it (every operation, as guest and as an empty role)',
        good,
        refused,
      ),
      atMost(11, `of ${pressed} enabled controls pressed as guest and as an empty role, refused`, failed.length, 0),
    ];
  },
};

export const effective: Bars = {
  numbers: [12],
  measure: async (world) => {
    const token = world.tokens.guest;
    const allowed = async (): Promise<boolean> => {
      const name = `t${Math.random().toString(36).slice(2)}`;
      return world.server.call('POST', '/teams', { name }, token).then(
        () => true,
        () => false,
      );
    };
    let good = 0;
    const rounds = 20;
    for (let round = 0; round < rounds; round++) {
      const given = await world.api('POST', '/role_assignments', { role: 'admin', user: 'guest' });
      const after = await allowed();
      await world.api('DELETE', `/role_assignments/${given.id}`);
      if (after && !(await allowed())) good += 1;
    }
    const login = await world.server.call<object>('GET', '/current-user', undefined, token).then(
      () => 1,
      () => 0,
    );
    return [
      allOf(12, 'roles given and taken that held for the very next request of an open session', good, rounds),
      allOf(12, 'the session is still the same, with no new log-in', login, 1),
    ];
  },
};
