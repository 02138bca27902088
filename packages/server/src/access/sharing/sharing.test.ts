// Sharing one thing, as people and their adversaries do it.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePipeline, placeOf, unused, type Place } from '../../testing/pipelines.ts';
import { withOnly } from '../../testing/hostile.ts';
import { dialects, testServer, type Person, type TestServer } from '../../testing/server.ts';

const HOUR = 3_600;

describe.each(dialects)('sharing on %s', (dialect) => {
  let server: TestServer;
  let place: Place;
  let ann: Person;
  let ben: Person;
  let eve: Person;
  beforeAll(async () => {
    server = await testServer(dialect);
    place = await placeOf(server.admin);
    ann = await server.person('ann', { roles: ['developer'] });
    ben = await server.person('ben', { roles: ['guest'] });
    eve = await server.person('eve');
  });
  afterAll(() => server.close());

  const secret = (who = ann, more: object = {}) => makePipeline(who, place, { private: true, ...more });
  const share = (who: Person, thing: { id: string }, body: object, type = 'pipeline') => who.post(`/shares/${type}/${thing.id}`, body);
  const unshare = (who: Person, thing: { id: string }, whom: string, type = 'pipeline') => who.del(`/shares/${type}/${thing.id}?${whom}`);
  const may = async (who: Person, thing: { id: string }): Promise<string> => ((await who.get(`/pipelines/${thing.id}`)).body.may ?? []).toSorted().join();
  const soon = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString().slice(0, 23) + '000';

  test('gives a level, changes it, takes it back; each counts for the next request', async () => {
    const thing = await secret();
    expect(await may(ben, thing)).toBe('');
    expect((await share(ann, thing, { user: 'ben', level: 'view' })).status).toBe(200);
    expect(await may(ben, thing)).toBe('read');
    const edited = await share(ann, thing, { user: 'ben', level: 'use' });
    expect(edited.body.shares).toMatchObject([{ principal: { kind: 'user', name: 'ben' }, level: 'edit', expires: null, given_by: 'ann' }]);
    expect(await may(ben, thing)).toBe('read,update');
    await share(ann, thing, { user: 'ben', level: 'manage' });
    expect(await may(ben, thing)).toBe('delete,read,share,update');
    await share(ann, thing, { user: 'ben', level: 'view' });
    expect(await may(ben, thing)).toBe('read');
    expect((await unshare(ann, thing, 'user=ben')).status).toBe(200);
    expect((await ben.get(`/pipelines/${thing.id}`)).status).toBe(404);
    expect((await unshare(ann, thing, 'user=ben')).status).toBe(404);
  });

  test('is called by the name of the thing among one’s roles, for those who may read it', async () => {
    const thing = await secret();
    await share(ann, thing, { user: 'ben', level: 'view' });
    const told = async (who: Person) => (await who.get('/users/ben?hydrate=true')).body.resources.roles.find((role: any) => role.scope.id === thing.id)?.scope.name;
    expect(await told(ben)).toBe(thing.name);
    expect(await told(server.admin)).not.toBe(thing.name);
    await unshare(ann, thing, 'user=ben');
  });

  test('at view or edit lets nobody share it on, and shows no more than one’s own share', async () => {
    const thing = await secret();
    for (const level of ['view', 'edit']) {
      await share(ann, thing, { user: 'ben', level });
      for (const answer of [
        await share(ben, thing, { user: 'eve', level: 'view' }),
        await ben.put(`/shares/pipeline/${thing.id}`, { general: 'shared' }),
        await unshare(ben, thing, 'team=nobody'),
        await ben.post('/role_assignments', { role: 'guest', user: 'eve', resource_type: 'pipeline', resource_id: thing.id }),
      ])
        expect([answer.status, answer.body.needs], answer.text).toEqual([403, 'pipeline:share']);
      expect((await ben.del(`/pipelines/${thing.id}`)).status).toBe(403);
      const seen = (await ben.get(`/shares/pipeline/${thing.id}`)).body;
      expect(seen).toMatchObject({ may: { share: false, transfer: false, take_over: false, levels: [] }, owner: { name: 'ann' }, mine: { level } });
      expect(seen.shares).toMatchObject([{ principal: { name: 'ben' } }]);
    }
    const [denied] = (await server.admin.get(`/audit_events?target_id=${thing.id}&outcome=denied&size=1&sort_by=desc:created`)).body.items;
    expect(denied.body).toMatchObject({ actor_name: 'ben', target_type: 'pipeline', target_name: null });
  });

  test('gives nobody more than the giver holds', async () => {
    const thing = await makePipeline(ann, place);
    const sharer = await withOnly(server, unused('sharer'), ['read', 'pipeline:share']);
    expect((await share(sharer, thing, { user: 'eve', level: 'view' })).status).toBe(200);
    expect((await share(sharer, thing, { user: 'eve', level: 'edit' })).body.needs).toBe('pipeline:update');
    expect((await sharer.get(`/shares/pipeline/${thing.id}`)).body.may).toEqual({ share: true, transfer: false, take_over: false, levels: ['view'] });
    expect(await may(eve, thing)).toBe('read');
  });

  test('that is over counts no more, and is not listed', async () => {
    const thing = await secret();
    expect((await share(ann, thing, { user: 'ben', level: 'edit', expires: soon(-5) })).status).toBe(422);
    const given = await share(ann, thing, { user: 'ben', level: 'edit', expires: soon(HOUR) });
    expect(given.body.shares[0].expires).not.toBeNull();
    expect(await may(ben, thing)).toBe('read,update');
    server.shift(2 * HOUR);
    expect((await ben.get(`/pipelines/${thing.id}`)).status).toBe(404);
    expect((await ann.get(`/shares/pipeline/${thing.id}`)).body.shares).toEqual([]);
    server.shift(-2 * HOUR);
  });

  test('with a team holds for who is in it, as long as he is', async () => {
    const thing = await secret();
    const name = unused('team');
    await server.admin.post('/teams', { name, members: ['ben'] });
    await share(ann, thing, { team: name, level: 'view' });
    expect(await may(ben, thing)).toBe('read');
    const people = (await ann.get(`/shares/pipeline/${thing.id}/people`)).body.people;
    expect(people.map((one: any) => [one.principal.name, one.level, one.reasons[0].text])).toEqual([
      ['ann', 'manage', 'ann owns it'],
      ['ben', 'view', `ben ∈ team ${name} → role guest on this very thing → pipeline:read`],
    ]);
    await server.admin.put(`/teams/${name}`, { remove_members: ['ben'] });
    expect((await ben.get(`/pipelines/${thing.id}`)).status).toBe(404);
  });

  test('with everybody means everybody of the project, and needs no row a person', async () => {
    const thing = await secret();
    const before = (await ann.get(`/shares/pipeline/${thing.id}`)).body;
    expect(before).toMatchObject({ general: 'private', everyone: { id: place.project, scope: 'project' } });
    const opened = await share(ann, thing, { everyone: true, level: 'edit' });
    expect(opened.body).toMatchObject({ general: 'edit', shares: [{ principal: { kind: 'everyone' }, level: 'edit' }] });
    expect(await may(ben, thing)).toBe('read,update');
    expect((await eve.get(`/pipelines/${thing.id}`)).status, 'eve cannot read the project').toBe(404);
    const later = await server.person(unused('later'), { projects: [{ project: 'default', role: 'guest' }] });
    expect(await may(later, thing)).toBe('read,update');
    const why = (await later.get(`/access/explain?action=update&type=pipeline&id=${thing.id}`)).body;
    expect(why.reasons.map((reason: any) => reason.text)).toEqual([`${later.name} ∈ everyone in project default → role developer on this very thing → pipeline:update`]);
    await ann.put(`/shares/pipeline/${thing.id}`, { general: 'private' });
    expect((await ben.get(`/pipelines/${thing.id}`)).status).toBe(404);
    const flavor = (await ann.post('/flavors', { name: unused('flavor'), type: 'orchestrator', source: 'a.b', config_schema: {}, private: true })).body;
    await share(ann, flavor, { everyone: true, level: 'view' }, 'flavor');
    expect((await eve.get(`/flavors/${flavor.id}`)).body.may).toEqual(['read']);
  });

  test('outlives that its giver may share: what he gave stands, but he gives no more', async () => {
    const thing = await secret();
    await share(ann, thing, { user: 'ben', level: 'manage' });
    const friend = await server.person(unused('friend'));
    expect((await share(ben, thing, { user: friend.name, level: 'edit' })).status).toBe(200);
    await unshare(ann, thing, 'user=ben');
    expect(await may(friend, thing)).toBe('read,update');
    expect((await share(ben, thing, { user: 'eve', level: 'view' })).status).toBe(404);
    expect((await ann.get(`/shares/pipeline/${thing.id}`)).body.shares).toMatchObject([{ principal: { name: friend.name }, given_by: 'ben' }]);
  });

  test('can be given back by whoever has it', async () => {
    const thing = await secret();
    await share(ann, thing, { user: 'ben', level: 'view' });
    expect((await unshare(ben, thing, 'user=ben')).text).toBe('null');
    expect((await ben.get(`/pipelines/${thing.id}`)).status).toBe(404);
  });

  test('what is hidden and what is not there answer alike, whatever is asked about them', async () => {
    const thing = await secret();
    const nothing = { id: '00000000-0000-4000-8000-000000000000' };
    const ask = async (id: string): Promise<string[]> => {
      const answers = [
        await eve.get(`/shares/pipeline/${id}`),
        await eve.get(`/shares/pipeline/${id}/people`),
        await eve.get(`/shares/pipeline/${id}/uses`),
        await eve.get(`/shares/pipeline/${id}/hidden?everyone=true`),
        await eve.post(`/shares/pipeline/${id}`, { user: 'eve', level: 'view' }),
        await eve.put(`/shares/pipeline/${id}`, { general: 'shared' }),
        await eve.del(`/shares/pipeline/${id}?user=eve`),
        await eve.post(`/shares/pipeline/${id}/transfer`, { to: 'eve' }),
        await eve.post(`/shares/pipeline/${id}/take_over`, { reason: 'want' }),
        await eve.post(`/users/resource_membership?resource_type=pipeline&resource_id=${id}&user_id=ben`, '["read"]'),
      ];
      return answers.map((answer) => `${answer.status} ${answer.text.replaceAll(id, 'ID')}`);
    };
    const hidden = await ask(thing.id);
    expect(hidden).toEqual(await ask(nothing.id));
    expect(hidden.map((line) => line.slice(0, 3))).toEqual(['404', '404', '404', '404', '404', '404', '404', '404', '403', '404']);
  });

  test('of a private thing tells the audit log neither its name nor with whom', async () => {
    const name = unused('hush');
    const thing = await secret(ann, { name });
    await share(ann, thing, { user: 'ben', level: 'view' });
    await unshare(ann, thing, 'user=ben');
    const told = (await server.admin.get(`/audit_events?target_id=${thing.id}`)).body.items;
    expect(told.map((row: any) => row.body.action).sort()).toEqual(['create', 'share', 'unshare']);
    expect(JSON.stringify(told)).not.toContain(name);
    expect(JSON.stringify(told)).not.toContain('ben');
    const open = await makePipeline(ann, place);
    await share(ann, open, { user: 'ben', level: 'edit' });
    const [row] = (await server.admin.get(`/audit_events?target_id=${open.id}&action=share`)).body.items;
    expect(row.body).toMatchObject({ target_name: open.name, changes: { shared: { with: 'ben', level: 'edit' } } });
  });

  test('stays with the thing only as long as the thing is there', async () => {
    const tag = (await ann.post('/tags', { name: unused('tag'), private: true })).body;
    await share(ann, tag, { user: 'ben', level: 'view' }, 'tag');
    expect((await ben.get(`/tags/${tag.id}`)).status).toBe(200);
    await ann.del(`/tags/${tag.id}`);
    const left = await server.app.database.read.selectFrom('role_assignment').select('id').where('resource_id', '=', tag.id).execute();
    expect(left).toEqual([]);
  });

  test('the wire’s own way says which actions, and takes them back with none', async () => {
    const thing = await secret();
    const call = (actions: readonly string[], who = ann, to = 'ben') =>
      who.post(`/users/resource_membership?resource_type=pipeline&resource_id=${thing.id}&user_id=${to}`, JSON.stringify(actions));
    expect((await call(['read'])).text).toBe('null');
    expect(await may(ben, thing)).toBe('read');
    await call(['read', 'update']);
    expect(await may(ben, thing)).toBe('read,update');
    expect((await call(['read', 'delete'])).status).toBe(400);
    expect((await call(['read'], ann, 'ann')).status).toBe(400);
    expect((await call(['read'], ben, 'eve')).status).toBe(403);
    await call([]);
    expect((await ben.get(`/pipelines/${thing.id}`)).status).toBe(404);
  });

  test('after whatever is shared and taken back, the predicate and the explanation agree', async () => {
    const thing = await secret();
    const name = unused('crew');
    await server.admin.post('/teams', { name, members: ['ben'] });
    const whom = [{ user: 'ben' }, { user: 'eve' }, { team: name }, { everyone: true }];
    const step = fc.oneof(
      fc.record({ do: fc.constant('share' as const), to: fc.constantFrom(...whom), level: fc.constantFrom('view', 'edit', 'manage'), over: fc.boolean() }),
      fc.record({ do: fc.constant('unshare' as const), to: fc.constantFrom(...whom) }),
      fc.record({ do: fc.constant('general' as const), general: fc.constantFrom('private', 'shared', 'view', 'edit') }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
        for (const one of steps) {
          if (one.do === 'share') await share(ann, thing, { ...one.to, level: one.level, expires: one.over ? soon(HOUR) : null });
          else if (one.do === 'unshare') await unshare(ann, thing, new URLSearchParams(one.to as never).toString());
          else await ann.put(`/shares/pipeline/${thing.id}`, { general: one.general });
        }
        const people = (await ann.get(`/shares/pipeline/${thing.id}/people`)).body.people;
        for (const who of [ben, eve]) {
          const allowed = await may(who, thing);
          const explained: string[] = [];
          for (const action of ['delete', 'read', 'share', 'update']) {
            const answer = (await server.admin.get(`/access/explain?principal=${who.name}&action=${action}&type=pipeline&id=${thing.id}`)).body;
            const own = (await who.get(`/access/explain?action=${action}&type=pipeline&id=${thing.id}`)).body;
            if (own.allowed === true) explained.push(action);
            if (answer.allowed !== undefined) expect(answer.allowed).toBe(own.allowed === true);
          }
          expect(explained.join()).toBe(allowed);
          expect(people.some((one: any) => one.principal.name === who.name)).toBe(allowed !== '');
          expect((await who.get(`/pipelines?project=${place.project}&id=${thing.id}`)).body.total ?? 0).toBe(allowed === '' ? 0 : 1);
        }
      }),
      { numRuns: dialect === 'sqlite' ? 12 : 3 },
    );
  }, 60_000);
});
