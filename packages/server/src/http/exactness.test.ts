// What must come back as it went in, and the exact form of answers that clients branch on (wire.md 4, 5, 9, 10).
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePipeline, makeRun, makeSnapshot, makeStep, placeOf, postRun, stepOf, unused, type Place } from '../testing/pipelines.ts';
import { dialects, testServer, type TestServer } from '../testing/server.ts';

/** Numbers that a round trip through ordinary JSON would change. */
const ODD = ['1.0', '-0.0', '1e2', '1152921504606846976', '12345678901234567890123', '0.10000000000000000555', '1e400', '-1.5E-400', '100.00'];
const DOCUMENT = `{"b":${ODD[0]},"a":[${ODD.join(',')}],"10":"ten","2":{"z":null,"y":true},"ü":"\\u00fc"}`;

describe.each(dialects)('exactness on %s', (dialect) => {
  let server: TestServer;
  let place: Place;
  beforeAll(async () => {
    server = await testServer(dialect);
    place = await placeOf(server.admin);
  });
  afterAll(() => server.close());

  /** How the numbers of the document stand in the text of an answer. */
  const numbers = (text: string): string => /"a":\[([^\]]*)\]/.exec(text)?.[1] ?? text;

  test('numbers keep the way in which they were written: configurations, parameters, metadata, in every answer and in a repeated one', async () => {
    const { admin } = server;
    const pipeline = await makePipeline(admin, place);
    const step = JSON.stringify(stepOf('train', { parameters: 'HERE' as never })).replace('"HERE"', DOCUMENT);
    const body = `{"project":"${place.project}","pipeline":"${pipeline.id}","stack":"${place.stack}","run_name_template":"x","pipeline_configuration":{"name":"p","extra":${DOCUMENT}},"step_configurations":{"train":${step}},"client_environment":${DOCUMENT}}`;
    const key = { 'idempotency-key': crypto.randomUUID() };
    const [made, again] = [await admin.post('/pipeline_snapshots', body, key), await admin.post('/pipeline_snapshots', body, key)];
    expect(made.status, made.text).toBe(200);
    expect(again.body.id).toBe(made.body.id);
    const one = await admin.get(`/pipeline_snapshots/${made.body.id}`);
    const list = await admin.get(`/pipeline_snapshots?pipeline_id=${pipeline.id}&hydrate=true`);
    for (const [what, answer] of Object.entries({ made, again, one, list })) {
      expect(numbers(answer.text), what).toBe(ODD.join(','));
      expect(answer.text.split(`"a":[${ODD.join(',')}]`).length - 1, `${what}: configuration, parameters and environment`).toBe(3);
    }
    const [run] = (await postRun(admin, place, made.body)).body;
    expect(numbers((await admin.get(`/runs/${run.id}/pipeline-configuration`)).text)).toBe(ODD.join(','));
    const train = await makeStep(admin, place, run, 'train');
    expect(numbers((await admin.get(`/steps/${train.id}`)).text)).toBe(ODD.join(','));
    const values = `{"project":"${place.project}","resources":[{"id":"${run.id}","type":"pipeline_run"}],"values":{"a":[${ODD.join(',')}],"big":${ODD[3]}},"types":{"a":"list","big":"int"}}`;
    expect((await admin.post('/run-metadata', values)).status).toBe(200);
    const shown = (await admin.get(`/runs/${run.id}`)).text;
    for (const part of [`"a":[${ODD.join(',')}]`, `"big":${ODD[3]}`]) expect(shown.slice(shown.indexOf('"run_metadata"'))).toContain(part);
    expect((await admin.get(`/runs?hydrate=true&pipeline_id=${pipeline.id}`)).text).toContain(`"big":${ODD[3]}`);
    const component = `{"name":"${unused('store')}","type":"artifact_store","flavor":"local","configuration":{"path":"/x"},"labels":{"a":"1.0"}}`;
    expect((await admin.post('/components', component)).status).toBe(200);
  });

  test('moments are naive and have microseconds, whichever way they came', async () => {
    const { admin } = server;
    const snapshot = await makeSnapshot(admin, place, await makePipeline(admin, place));
    for (const [sent, kept] of [
      ['2026-11-23T09:03:09.803043', '2026-11-23T09:03:09.803043'],
      ['2026-11-23T09:03:09', '2026-11-23T09:03:09.000000'],
      ['2026-11-23T09:03:09.5Z', '2026-11-23T09:03:09.500000'],
      ['2026-11-23T11:03:09.123456+02:00', '2026-11-23T09:03:09.123456'],
      ['2026-11-22T23:33:09.000001-09:30', '2026-11-23T09:03:09.000001'],
    ]) {
      const [run] = (await postRun(admin, place, snapshot, { start_time: sent })).body;
      expect(run.metadata.start_time, sent).toBe(kept);
      expect((await admin.get(`/runs/${run.id}`)).body.metadata.start_time).toBe(kept);
      expect(run.metadata.config.substitutions.time).toBe(kept!.slice(11).replaceAll(/[:.]/g, '_'));
      for (const at of [run.body.created, run.body.updated]) expect(at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/);
    }
    for (const wrong of ['yesterday', '2026-13-01T00:00:00', '2026-11-23', 7])
      expect((await postRun(admin, place, snapshot, { start_time: wrong })).status, String(wrong)).toBe(422);
    const first = (await admin.get('/runs?sort_by=created&size=1')).body.items[0];
    const at = first.body.created.replace('T', ' ').slice(0, 19);
    expect((await admin.get(`/runs?created=gte:${encodeURIComponent(at)}`)).body.total).toBeGreaterThan(0);
    expect((await admin.get(`/runs?created=gte:${encodeURIComponent(first.body.created)}`)).status).toBe(422);
  });

  test('what changes changes `updated` alone', async () => {
    const { admin } = server;
    const before = (await admin.post('/tags', { name: unused('tag') })).body;
    const after = (await admin.put(`/tags/${before.id}`, { color: 'red' })).body;
    expect(after.body.created).toBe(before.body.created);
    expect(after.body.updated > before.body.updated).toBe(true);
    expect((await admin.get(`/tags/${before.id}`)).body.body).toEqual(after.body);
  });

  test('pages: their form, their bounds, and what lies beyond them', async () => {
    const { admin } = server;
    const empty = await admin.get('/tags?name=no-such-tag');
    expect(empty.body).toEqual({ index: 1, max_size: 20, total_pages: 1, total: 0, items: [] });
    const word = unused('paged');
    for (let i = 0; i < 5; i++) await admin.post('/tags', { name: `${word}-${i}` });
    const page = await admin.get(`/tags?name=startswith:${word}-&size=2&page=3&sort_by=asc:name`);
    expect(page.body).toMatchObject({ index: 3, max_size: 2, total_pages: 3, total: 5, items: [{ name: `${word}-4` }] });
    const beyond = await admin.get(`/tags?name=startswith:${word}-&size=2&page=4`);
    expect([beyond.status, beyond.body.detail[0]]).toEqual([400, 'ValueError']);
    expect((await admin.get('/tags?name=no-such-tag&page=2')).status).toBe(400);
    for (const query of ['size=0', 'size=10001', 'page=0', 'page=-1', 'page=x', 'size=1.5']) expect((await admin.get(`/tags?${query}`)).status, query).toBe(422);
    expect((await admin.get('/tags?size=10000')).status).toBe(200);
    // Both words for a direction, one that is none, and equal values told apart by id.
    const ids = async (sort: string) => (await admin.get(`/tags?name=startswith:${word}-&sort_by=${sort}`)).body.items.map((item: any) => item.id);
    expect(await ids('desc:name')).toEqual((await ids('asc:name')).toReversed());
    expect(await ids('sideways:name')).toEqual(await ids('name'));
    expect(await ids('desc:exclusive')).toEqual((await ids('exclusive')).toReversed());
  });

  test('errors: a class for each status, and one form of 422 where the genuine server has two', async () => {
    const { admin } = server;
    const genuine = { 'user-agent': 'zenml/0.98.0', 'x-request-id': 'abcd1234' };
    const name = unused('taken');
    await admin.post('/tags', { name });
    const guest = await server.person(unused('gu'), { roles: ['guest'] });
    const tag = (await admin.get(`/tags/${name}`)).body.id;
    const run = await makeRun(admin, place, { a: {} }, { status: 'completed' });
    const answers: [number, string, Promise<any>][] = [
      [409, 'EntityExistsError', admin.post('/tags', { name }, genuine)],
      [404, 'KeyError', admin.get(`/tags/${crypto.randomUUID()}`, genuine)],
      [404, 'KeyError', admin.get('/runs?project=no-such-project', genuine)],
      [403, 'IllegalOperationError', guest.put(`/tags/${tag}`, { color: 'red' }, genuine)],
      [403, 'IllegalOperationError', admin.put(`/runs/${run.id}`, { status: 'running' }, genuine)],
      [400, 'ValueError', admin.get('/tags?page=900', genuine)],
      [422, 'ValueError', admin.get('/runs?created=gt:yesterday', genuine)],
      [422, 'ValueError', admin.get('/runs?sort_by=no_such_field', genuine)],
      [501, 'NotImplementedError', admin.post(`/runs/${run.id}/refresh`, {}, genuine)],
      [401, 'CredentialsNotValid', server.as('nobody', 'no-token').get('/tags', genuine)],
    ];
    for (const [status, kind, asked] of answers) {
      const answer = await asked;
      expect([answer.status, answer.body.detail?.[0]], answer.text).toEqual([status, kind]);
      expect(typeof answer.body.detail[1]).toBe('string');
      expect(answer.headers['x-request-id']).toBe('abcd1234');
    }
    // The genuine server tells these as a bare list; its client reads both, and this one also says which field was wrong.
    for (const asked of [
      admin.get('/tags?size=0', genuine),
      admin.get('/runs/no-id', genuine),
      admin.post('/tags', { name: 7 }, genuine),
      admin.post('/pipelines', { name: 'x' }, genuine),
    ]) {
      const answer = await asked;
      expect([answer.status, answer.body.detail[0], answer.body.detail.length], answer.text).toEqual([422, 'ValueError', 2]);
    }
    expect((await admin.post('/tags', { name: 7 }, genuine)).body.fields).toEqual({ name: expect.any(String) });
    const nobody = await server.anonymous.get('/tags');
    expect([nobody.status, nobody.body, nobody.headers['www-authenticate']]).toEqual([401, { detail: 'Not authenticated' }, 'Bearer']);
    expect((await admin.get('/no-such-thing')).body).toEqual({ detail: 'Not Found' });
    const wrong = await admin.put('/tags', {});
    expect([wrong.status, wrong.body]).toEqual([405, { detail: 'Method Not Allowed' }]);
  });

  test('a request that arrives twice is done once, for whom and where it was meant', async () => {
    const { admin } = server;
    const key = { 'idempotency-key': crypto.randomUUID() };
    const body = { project: place.project, name: unused('once'), description: null };
    const [one, two] = await Promise.all([admin.post('/pipelines', body, key), admin.post('/pipelines', body, key)]);
    expect([one.status, two.status], `${one.text} ${two.text}`).toEqual([200, 200]);
    expect(two.body).toEqual(one.body);
    expect((await admin.get(`/pipelines?name=${body.name}`)).body.total).toBe(1);
    const ada = await server.person(unused('ada'), { roles: ['developer'] });
    expect((await ada.post('/pipelines', body, key)).status).toBe(409);
    expect((await admin.post('/tags', { name: body.name }, key)).status).toBe(200);
    expect((await admin.post('/pipelines', { ...body, name: `${body.name}-other` }, key)).body.name).toBe(`${body.name}-other`);
    // Failures are not kept: what was mended succeeds.
    const retry = { 'idempotency-key': crypto.randomUUID() };
    const later = { ...body, name: unused('later') };
    const model = { project: place.project, name: later.name };
    await admin.post('/models', model);
    expect((await admin.post('/models', model, retry)).status).toBe(409);
    await admin.del(`/models/${(await admin.get(`/models?name=${later.name}`)).body.items[0].id}`);
    expect((await admin.post('/models', model, retry)).status).toBe(200);
    expect((await admin.post('/tags', { name: 'x' }, { 'idempotency-key': 'no key' })).status).toBe(400);
  });
});
