// Asking for access to what one may read but not change, and to what one may not even see.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePipeline, placeOf, unused, type Place } from '../../testing/pipelines.ts';
import { dialects, testServer, type Person, type TestServer } from '../../testing/server.ts';

const DAY = 86_400;
const NOTHING = '00000000-0000-4000-8000-00000000000';

describe.each(dialects)('requests for access on %s', (dialect) => {
  let server: TestServer;
  let place: Place;
  let ann: Person;
  beforeAll(async () => {
    server = await testServer(dialect);
    place = await placeOf(server.admin);
    ann = await server.person('ann', { roles: ['developer'] });
  });
  afterAll(() => server.close());

  const secret = (more: object = {}) => makePipeline(ann, place, { private: true, ...more });
  const guest = () => server.person(unused('guest'), { roles: ['guest'] });
  const ask = (who: Person, id: string, more: object = {}) => who.post('/access_requests', { type: 'pipeline', id, ...more });
  /** The same person with a token that does not end. */
  const lasting = async (who: Person) => server.as(who.name, (await who.post('/tokens', { name: 'lasting' })).body.body.token);
  const waiting = async (who: Person, thing: { id: string }) => (await who.get(`/access_requests?state=pending&mine=false&target_id=${thing.id}`)).body.items;

  test('reach the owner, who grants a lower level; whoever asked sees it', async () => {
    const [thing, ben] = [await secret(), await guest()];
    const asked = await ask(ben, thing.id, { level: 'manage', note: 'I am on call' });
    expect(asked.body).toMatchObject({ body: { mine: true, level: 'manage', state: 'pending', note: 'I am on call', target_id: thing.id, target_name: null } });
    const [seen] = await waiting(ann, thing);
    expect(seen).toMatchObject({ id: asked.body.id, body: { user_name: ben.name, mine: false, target_name: thing.name, level: 'manage' } });
    expect((await ann.get('/access/me')).body.waiting.requests).toBeGreaterThan(0);
    expect((await ben.get('/access/me')).body.waiting).toEqual({ requests: 0, notices: 0 });
    expect((await server.admin.get(`/access_requests/${seen.id}`)).status, 'an administrator learns nothing').toBe(404);
    expect((await ann.post(`/access_requests/${seen.id}/grant`, { level: 'edit', note: 'welcome' })).body.body).toMatchObject({
      state: 'granted',
      granted_level: 'edit',
    });
    expect((await ben.get(`/pipelines/${thing.id}`)).body.may).toEqual(['read', 'update']);
    expect((await ben.get(`/access_requests/${seen.id}`)).body.body).toMatchObject({
      state: 'granted',
      granted_level: 'edit',
      answer: 'welcome',
      answered_by_name: 'ann',
      target_name: thing.name,
    });
    expect(await waiting(ann, thing)).toEqual([]);
    expect((await ann.post(`/access_requests/${seen.id}/grant`, {})).status).toBe(409);
    const more = (await ask(ben, thing.id, { level: 'manage' })).body;
    expect((await ann.post(`/access_requests/${more.id}/grant`, { level: 'manage', expires: '2099-01-01T00:00:00' })).status).toBe(200);
    expect((await ann.get(`/shares/pipeline/${thing.id}`)).body.shares).toMatchObject([{ level: 'manage', expires: '2099-01-01T00:00:00.000000' }]);
  });

  test('for what is hidden and for what is not there are the same', async () => {
    const [thing, ben] = [await secret(), await guest()];
    const plain = (answer: any, id: string) =>
      JSON.stringify(answer)
        .replaceAll(id, 'ID')
        .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+/g, 'AT')
        .replaceAll(answer.id, 'REQUEST');
    const [hidden, missing] = [(await ask(ben, thing.id)).body, (await ask(ben, `${NOTHING}1`)).body];
    expect(plain(hidden, thing.id)).toBe(plain(missing, `${NOTHING}1`));
    for (const body of [
      { type: 'pipeline', id: thing.name },
      { type: 'pipeline', id: 'no such thing' },
    ])
      expect((await ben.post('/access_requests', body)).status).toBe(422);
    expect((await ben.post('/access_requests', { type: 'user', id: NOTHING + '1' })).status).toBe(422);
    const audit = (await server.admin.get('/audit_events?action=create&target_type=access_request&size=50')).body.items;
    expect(audit.length).toBeGreaterThan(0);
    expect(JSON.stringify(audit)).not.toContain(thing.id);
    expect((await ben.post(`/access_requests/${hidden.id}/grant`, {})).text.replaceAll(thing.id, 'ID')).toBe(
      (await ben.post(`/access_requests/${missing.id}/grant`, {})).text.replaceAll(`${NOTHING}1`, 'ID'),
    );
    const eve = await guest();
    expect((await eve.get(`/access_requests/${hidden.id}`)).status).toBe(404);
    expect((await eve.get('/access_requests')).body.total).toBe(0);
    for (const verb of ['grant', 'decline']) expect((await eve.post(`/access_requests/${hidden.id}/${verb}`, {})).status).toBe(404);
  });

  test('that is declined ends it for a day; one that waits is changed, not made again', async () => {
    const [thing, ben] = [await makePipeline(ann, place), await guest()];
    expect((await ask(ben, thing.id, { level: 'view' })).status, 'he can do that already').toBe(400);
    const first = (await ask(ben, thing.id, { level: 'edit' })).body;
    const again = (await ask(ben, thing.id, { level: 'manage', note: 'please' })).body;
    expect([again.id, again.body.level, again.body.note, again.body.target_name]).toEqual([first.id, 'manage', 'please', thing.name]);
    const declined = await ann.post(`/access_requests/${first.id}/decline`, { note: 'not now' });
    expect(declined.body.body.state).toBe('declined');
    expect((await ben.get(`/access_requests/${first.id}`)).body.body).toMatchObject({ state: 'declined', answer: 'not now' });
    expect((await ask(ben, thing.id, { level: 'edit' })).status).toBe(429);
    const patient = await lasting(ben);
    server.shift(DAY + 10);
    const later = await ask(patient, thing.id, { level: 'edit' });
    server.shift(-DAY - 10);
    expect(later.status, later.text).toBe(200);
  });

  test('end by themselves, or are withdrawn by whoever made them', async () => {
    const [thing, ben] = [await secret(), await guest()];
    const asked = (await ask(ben, thing.id)).body;
    expect((await ann.del(`/access_requests/${asked.id}`)).status).toBe(403);
    expect((await ben.del(`/access_requests/${asked.id}`)).status).toBe(200);
    expect(await waiting(ann, thing)).toEqual([]);
    const more = (await ask(ben, thing.id)).body;
    const [asker, owner] = [await lasting(ben), await lasting(ann)];
    server.shift(15 * DAY);
    const [seen, granted, left] = [
      await asker.get(`/access_requests/${more.id}`),
      await owner.post(`/access_requests/${more.id}/grant`, {}),
      await waiting(owner, thing),
    ];
    server.shift(-15 * DAY);
    expect([seen.body.body.state, granted.status, left]).toEqual(['expired', 409, []]);
  });

  test('are answered by those only who may share the thing at that moment', async () => {
    const [thing, ben, cleo] = [await secret(), await guest(), await guest()];
    await ann.post(`/shares/pipeline/${thing.id}`, { user: cleo.name, level: 'manage' });
    const asked = (await ask(ben, thing.id)).body;
    expect((await waiting(cleo, thing)).map((one: any) => one.id)).toEqual([asked.id]);
    await ann.del(`/shares/pipeline/${thing.id}?user=${cleo.name}`);
    expect(await waiting(cleo, thing)).toEqual([]);
    expect((await cleo.post(`/access_requests/${asked.id}/grant`, {})).status).toBe(404);
    await ann.del(`/pipelines/${thing.id}`);
    expect(await waiting(ann, thing)).toEqual([]);
    expect((await ann.post(`/access_requests/${asked.id}/grant`, {})).status).toBe(404);
    expect((await ben.get(`/access_requests/${asked.id}`)).body.body.state).toBe('pending');
  });

  test('are limited in number, whatever they ask for', async () => {
    const ben = await guest();
    const answers: number[] = [];
    for (let i = 0; i < 21; i++) answers.push((await ask(ben, `${NOTHING.slice(0, -1)}${String(i).padStart(2, '0')}`)).status);
    expect(answers.filter((status) => status === 200)).toHaveLength(20);
    expect(answers.at(-1)).toBe(429);
  });
});
