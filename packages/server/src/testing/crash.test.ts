// The server is killed in the middle of writing, again and again: what was acknowledged is there, and nothing is there by half.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { send, spawnServer, type Spawned } from './hostile.ts';
import { PASSWORD } from './server.ts';

const ROUNDS = Number(process.env['ZENDO_TEST_KILLS'] ?? 20);

/** What must never be found: one statement for each way in which a thing could be there by half. */
const HALVES: Readonly<Record<string, string>> = {
  'a user without its role': `select name from account where name like 'user-%' and not exists (select 1 from role_assignment as a where a.user_id = account.id)`,
  'a user without its teams': `select name from account where name like 'user-%' and (select count(*) from team_member as m where m.account_id = account.id) <> 1`,
  'a pending user without an invitation': `select name from account where status = 'pending' and not exists (select 1 from invitation as i where i.user_id = account.id)`,
  'an invitation without its user': `select id from invitation where user_id not in (select id from account)`,
  'a role without its permissions': `select name from role where name like 'role-%' and (select count(*) from role_permission as p where p.role_id = role.id) <> 3`,
  'a team without its member': `select name from team where name like 'team-%' and (select count(*) from team_member as m where m.team_id = team.id) <> 1`,
  'an assignment of nothing': `select id from role_assignment where role_id not in (select id from role) or (user_id is not null and user_id not in (select id from account))`,
  'a thing without its audit row': `select id from (select id from account where name like 'user-%' or name like 'guest-%' union all select id from role where name like 'role-%' union all select id from team where name like 'team-%') where id not in (select target_id from audit_event where target_id is not null)`,
  'an audit row without its event': `select id from audit_event where outcome = 'success' and id not in (select id from outbox)`,
  'an audit row of a thing that is not there': `select target_name from audit_event where action = 'create' and outcome = 'success' and target_type in ('user', 'role', 'team') and target_id not in (select id from account union all select id from role union all select id from team)`,
};

test(
  `after each of ${ROUNDS} kills everything acknowledged is there and nothing by half`,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'zendo-crash-'));
    const start = () => spawnServer({ ZENDO_DATA_DIR: folder });
    let server: Spawned = await start();
    const acknowledged: string[] = [];
    const starts: number[] = [];
    let sent = 0;
    try {
      const token = (await send(server.url, 'POST', '/setup', { body: { setup_token: server.setup_token, username: 'admin', password: PASSWORD } })).body
        .access_token as string;
      await send(server.url, 'POST', '/teams', { token, body: { name: 'everybody' } });
      const make = [
        (i: number) => ['/users', { name: `user-${i}`, roles: ['guest'], teams: ['everybody'] }] as const,
        (i: number) => ['/invitations', { name: `guest-${i}`, roles: ['guest', 'developer'] }] as const,
        (i: number) => ['/roles', { name: `role-${i}`, permissions: ['read', 'me', 'user:create'] }] as const,
        (i: number) => ['/teams', { name: `team-${i}`, members: ['admin'] }] as const,
      ];
      for (let round = 0; round < ROUNDS; round++) {
        let killed = false;
        const writer = async () => {
          while (!killed) {
            const i = ++sent;
            const [path, body] = make[i % make.length]!(i);
            const answer = await send(server.url, 'POST', path, { token, body }).catch(() => null);
            if (answer === null) return;
            expect(answer.status, answer.text).toBe(200);
            acknowledged.push(body.name);
          }
        };
        const enough = acknowledged.length + Math.floor(Math.random() * 20);
        const writers = Array.from({ length: 8 }, writer);
        while (acknowledged.length < enough)
          await new Promise((resolve) => {
            setTimeout(resolve, Math.random() * 4);
          });
        killed = true;
        await server.kill();
        await Promise.all(writers);
        const from = performance.now();
        server = await start();
        starts.push(performance.now() - from);
        expect((await send(server.url, 'GET', '/current-user', { token })).body.name).toBe('admin');
        const file = new DatabaseSync(join(folder, 'zendo.db'), { readOnly: true });
        const names = new Set(
          (file.prepare('select name from account union all select name from role union all select name from team').all() as { name: string }[]).map((row) => row.name),
        );
        expect(acknowledged.filter((name) => !names.has(name))).toEqual([]);
        for (const [what, statement] of Object.entries(HALVES)) expect(file.prepare(statement).all(), what).toEqual([]);
        expect(file.prepare('pragma integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
        expect(file.prepare('pragma foreign_key_check').all()).toEqual([]);
        file.close();
      }
      const unanswered = sent - acknowledged.length;
      console.log(
        `${ROUNDS} kills: ${acknowledged.length} writes acknowledged, 0 lost, ${unanswered} cut off; started again in ${starts.toSorted((a, b) => a - b)[Math.floor(starts.length / 2)]!.toFixed(0)} ms (median)`,
      );
      // Otherwise the kills would not have come in the middle of anything.
      expect(acknowledged.length).toBeGreaterThan(ROUNDS);
      expect(unanswered).toBeGreaterThan(ROUNDS);
    } finally {
      await server.kill();
      rmSync(folder, { recursive: true, force: true });
    }
  },
  60_000 + ROUNDS * 6_000,
);
