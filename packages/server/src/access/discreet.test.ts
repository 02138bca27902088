// What is told along with a role: only what the asker may read himself.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withOnly } from '../testing/hostile.ts';
import { dialects, testServer, type Person, type TestServer } from '../testing/server.ts';

describe.each(dialects)('names and numbers around roles, on %s', (dialect) => {
  let server: TestServer;
  let alice: Person;
  let bob: Person;
  beforeAll(async () => {
    server = await testServer(dialect);
    const { admin } = server;
    [alice, bob] = [await server.person('alice', { roles: ['developer'] }), await server.person('bob', { roles: ['developer'] })];
    await server.person('carol', { roles: ['developer'] });
    await admin.post('/teams', { name: 'ml', members: ['carol', 'alice'] });
    await admin.post('/projects', { name: 'fraud' });
    await admin.post('/role_assignments', { role: 'developer', team: 'ml', project: 'fraud' });
    await admin.post('/role_assignments', { role: 'developer', user: 'bob', project: 'fraud' });
  });
  afterAll(() => server.close());

  test('an explanation veils roles on a thing from those who may not share it', async () => {
    const model = (await alice.post('/models', { project: 'default', name: 'priv', private: true })).body;
    for (const given of [
      { role: 'guest', user: 'bob' },
      { role: 'developer', team: 'ml' },
    ])
      expect((await alice.post('/role_assignments', { ...given, resource_type: 'model', resource_id: model.id })).status).toBe(200);
    const why = await bob.get(`/access/explain?principal=carol&action=update&type=model&id=${model.id}`);
    expect(why.body).toMatchObject({
      allowed: true,
      reasons: [{ kind: 'direct', text: 'has access given on this thing', role: null, team: null, scope: null, assignment_id: null, expires: null }],
    });
    const who = await bob.get(`/access/who?action=update&type=model&id=${model.id}`);
    expect(who.body.principals.map((one: any) => one.principal.name).sort()).toEqual(['alice', 'carol']);
    for (const answer of [why, who]) expect(answer.text).not.toMatch(/team ml|"ml"/);
    // Who shared it sees all; everybody sees what he was given himself.
    expect((await alice.get(`/access/explain?principal=carol&action=update&type=model&id=${model.id}`)).body.reasons[0]).toMatchObject({
      role: { name: 'developer' },
      team: { name: 'ml' },
    });
    expect((await bob.get(`/access/explain?action=read&type=model&id=${model.id}`)).body.reasons[0]).toMatchObject({ role: { name: 'guest' } });
  });

  test('members of a project have no names for those who may not read people, teams and roles', async () => {
    const dan = await server.person('dan', { projects: [{ project: 'fraud', role: 'guest' }] });
    const { members } = (await dan.get('/projects/fraud')).body.resources;
    expect(members.map((one: any) => [one.principal.kind, one.principal.name, one.role.name, one.scope.name]).sort()).toEqual([
      ['team', null, null, 'fraud'],
      ['user', null, null, 'fraud'],
      ['user', 'dan', 'guest', 'fraud'],
    ]);
    expect((await bob.get('/projects/fraud')).body.resources.members.map((one: any) => one.principal.name)).toEqual(['bob', 'dan', 'ml']);
  });

  test('roles that people and teams hold have no names for those who may not read roles and projects', async () => {
    const clerk = await withOnly(server, 'clerk', ['user:read', 'team:read', 'role_assignment:read']);
    const held = (await clerk.get('/users/carol')).body.resources.roles;
    expect(held.map((one: any) => [one.role.name, one.scope.name, one.via?.name ?? null])).toEqual(
      expect.arrayContaining([
        [null, null, null],
        [null, null, 'ml'],
      ]),
    );
    expect((await clerk.get('/teams/ml')).body.resources.roles.map((one: any) => [one.role.name, one.scope.name])).toContainEqual([null, null]);
    const what = (await clerk.get('/access/what?principal=carol')).body;
    expect([what.projects.length, what.projects[0].name]).toEqual([1, null]);
    expect((await clerk.get('/users/clerk')).body.resources.roles[0].role.name).toBe('only-clerk');
    expect((await server.admin.get('/access/what?principal=carol')).body.projects[0].name).toBe('fraud');
  });

  test('numbers count what the asker may see', async () => {
    const numbers = async (who: Person) => [
      (await who.get('/projects/fraud')).body.body.member_count,
      (await who.get('/roles/developer')).body.body.holders,
      (await who.get('/teams/ml')).body.body.member_count,
    ];
    const fay = await withOnly(server, 'fay', ['project:read', 'role:read', 'team:read']);
    expect(await numbers(fay)).toEqual([0, 0, 0]);
    const gus = await withOnly(server, 'gus', ['project:read', 'role:read', 'team:read', 'user:read', 'role_assignment:read']);
    const all = await numbers(gus);
    expect(all).toEqual(await numbers(server.admin));
    expect(all.every((number) => number >= 2)).toBe(true);
    expect((await fay.get('/teams?member_count=2')).body.total).toBe(0);
  });
});
