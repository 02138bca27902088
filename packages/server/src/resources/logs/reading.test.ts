import { appendFileSync, symlinkSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endStep, makeRun, makeStep, makeVersion, placeOf, unused, type Place } from '../../testing/pipelines.ts';
import { dialects, type Person } from '../../testing/server.ts';
import { storeServer, type StoreServer } from '../../testing/store.ts';

const line = (message: string, level = 20) =>
  `${JSON.stringify({ message, level, timestamp: '2026-11-23T09:03:09.093821Z', name: 'unknown', chunk_index: 0, total_chunks: 1, id: crypto.randomUUID() })}\n`;

describe.each(dialects)('reading logs on %s', (dialect) => {
  let server: StoreServer;
  let place: Place;
  let store: { id: string; root: string };
  beforeAll(async () => {
    server = await storeServer(dialect);
    place = await placeOf(server.admin);
    store = await server.store(server.admin);
  });
  afterAll(() => server.close());

  /** An entry of a log as the client makes it; its file holds these messages. */
  const logOf = async (person: Person, link: object, messages: readonly string[], more: object = {}) => {
    const id = crypto.randomUUID();
    const uri = `${store.root}/logs/${id}.log`;
    if (messages.length > 0) server.write(uri, messages.map((message) => line(message)).join(''));
    const made = await person.post('/logs', { project: place.project, id, uri, source: 'client', artifact_store_id: store.id, ...link, ...more });
    expect(made.status, made.text).toBe(200);
    return { id, uri };
  };
  const said = (answer: { body: any }) => (answer.body.items ?? answer.body).map((entry: any) => entry.message);

  test('a run’s and a step’s logs come by source or by id, a page of them by cursors', async () => {
    const { admin } = server;
    const run = await makeRun(admin, place);
    const step = await makeStep(admin, place, run, 'a');
    const ofRun = await logOf(admin, { pipeline_run_id: run.id }, ['one', 'two', 'three']);
    const ofStep = await logOf(admin, { step_run_id: step.id }, ['inner'], { source: 'step' });
    expect(said(await admin.get(`/runs/${run.id}/logs?source=client`))).toEqual(['one', 'two', 'three']);
    expect(said(await admin.get(`/runs/${run.id}/logs?logs_id=${ofRun.id}`))).toEqual(['one', 'two', 'three']);
    expect(said(await admin.get(`/steps/${step.id}/logs?source=step`))).toEqual(['inner']);
    const entry = (await admin.get(`/steps/${step.id}/logs?logs_id=${ofStep.id}`)).body[0];
    expect(Object.keys(entry).sort()).toEqual(['chunk_index', 'filename', 'id', 'level', 'lineno', 'message', 'module', 'name', 'timestamp', 'total_chunks']);
    expect(entry).toMatchObject({ message: 'inner', level: 20, timestamp: '2026-11-23T09:03:09.093821Z', module: null });
    const first = await admin.get(`/logs/${ofRun.id}/entries?limit=2`);
    expect([said(first), first.body.before]).toEqual([['one', 'two'], null]);
    expect(said(await admin.get(`/logs/${ofRun.id}/entries?after=${first.body.after}`))).toEqual(['three']);
    expect(said(await admin.get(`/logs/${ofRun.id}/entries?start=newest&limit=1`))).toEqual(['three']);
    for (const [path, status] of [
      [`/runs/${run.id}/logs`, 400],
      [`/runs/${run.id}/logs?source=client&logs_id=${ofRun.id}`, 400],
      [`/runs/${run.id}/logs?source=other`, 404],
      [`/runs/${run.id}/logs?logs_id=${ofStep.id}`, 404],
      [`/steps/${step.id}/logs?logs_id=${ofRun.id}`, 404],
      [`/runs/${run.id}/logs?logs_id=nonsense`, 422],
      [`/logs/${ofRun.id}/entries?limit=0`, 422],
      [`/logs/${ofRun.id}/entries?limit=x`, 422],
      [`/logs/${ofRun.id}/entries?level=35`, 422],
      [`/logs/${ofRun.id}/entries?since=yesterday`, 422],
      [`/logs/${ofRun.id}/entries?since=2027-01-01T00:00:00&until=2026-01-01T00:00:00`, 422],
      [`/logs/${ofRun.id}/entries?start=middle`, 422],
      [`/logs/${ofRun.id}/entries?before=x`, 400],
      [`/logs/${ofRun.id}/entries?before=p1&after=p1`, 400],
    ] as const)
      expect((await admin.get(path)).status, path).toBe(status);
  });

  test('entries are filtered by level, text and time', async () => {
    const { admin } = server;
    const run = await makeRun(admin, place);
    const log = await logOf(admin, { pipeline_run_id: run.id }, ['calm']);
    appendFileSync(log.uri, line('Trouble ahead', 40));
    const get = async (query: string) => said(await admin.get(`/logs/${log.id}/entries?${query}`));
    expect(await get('level=40')).toEqual(['Trouble ahead']);
    expect(await get('level=warning')).toEqual(['Trouble ahead']);
    expect(await get('level=0')).toEqual(['calm', 'Trouble ahead']);
    expect(await get('search=trouble')).toEqual(['Trouble ahead']);
    expect(await get('since=2026-11-23T09:03:09')).toEqual(['calm', 'Trouble ahead']);
    expect(await get('since=2026-11-23T10:03:10%2B01:00')).toEqual([]);
    expect(await get('until=2026-11-23T09:03:10Z')).toEqual(['calm', 'Trouble ahead']);
  });

  test('a log is followed while its step runs, and ends with it', async () => {
    const { admin } = server;
    const run = await makeRun(admin, place);
    const step = await makeStep(admin, place, run, 'a');
    const log = await logOf(admin, { step_run_id: step.id }, []);
    const get = (query = '') => admin.get(`/logs/${log.id}/entries${query}`);
    const empty = await get();
    expect([empty.status, empty.body.items, empty.body.before]).toEqual([200, [], null]);
    server.write(log.uri, line('begun'));
    const begun = await get(`?after=${empty.body.after}`);
    expect(said(begun)).toEqual(['begun']);
    appendFileSync(log.uri, line('done'));
    await endStep(admin, step, 'completed', { end_time: server.app.clock() });
    // The client may still be sending the last lines.
    expect((await get(`?after=${begun.body.after}`)).body.after).not.toBeNull();
    server.shift(11);
    const done = await get(`?after=${begun.body.after}`);
    expect([said(done), done.body.after]).toEqual([['done'], null]);
  });

  test('of a run are for those who may read the run and the artifact store', async () => {
    const { admin } = server;
    const owner = await server.person(unused('owner'), { roles: ['developer'] });
    const reader = await server.person(unused('reader'), { roles: ['guest'] });
    const blind = unused('blind');
    await admin.post('/roles', { name: blind, permissions: ['run:read', 'project:read'] });
    const noStore = await server.person(unused('nostore'), { roles: [blind] });
    const stranger = await server.person(unused('stranger'));
    const open = await makeRun(owner, place);
    const log = await logOf(owner, { pipeline_run_id: open.id }, ['for all']);
    for (const path of [`/logs/${log.id}/entries`, `/runs/${open.id}/logs?source=client`]) {
      for (const person of [admin, owner, reader]) expect(said(await person.get(path)), person.name).toEqual(['for all']);
      expect((await noStore.get(path)).status).toBe(404);
      const hidden = await stranger.get(path);
      const missing = await stranger.get(path.replace(log.id, '00000000-0000-7000-8000-000000000000').replace(open.id, '00000000-0000-7000-8000-000000000000'));
      expect([hidden.status, hidden.text.replaceAll(log.id, 'X').replaceAll(open.id, 'X')]).toEqual([
        404,
        missing.text.replaceAll('00000000-0000-7000-8000-000000000000', 'X'),
      ]);
      expect((await server.anonymous.get(path)).status).toBe(401);
    }
  });

  test('a URI that points to what is somebody else’s opens nothing', async () => {
    const owner = await server.person(unused('owner'), { roles: ['developer'] });
    const thief = await server.person(unused('thief'), { roles: ['developer'] });
    const hidden = await logOf(owner, {}, ['only mine']);
    const run = await makeRun(thief, place);
    for (const uri of [
      hidden.uri,
      `${store.root}/logs`,
      `${store.root}/logs/`,
      store.root,
      `${store.root}/logs/../logs/${hidden.id}.log`,
      `${store.root}//logs/${hidden.id}.log`,
    ]) {
      const mine = await thief.post('/logs', {
        project: place.project,
        id: crypto.randomUUID(),
        uri,
        source: unused('source'),
        artifact_store_id: store.id,
        pipeline_run_id: run.id,
      });
      expect(mine.status, mine.text).toBe(200);
      const answer = await thief.get(`/logs/${mine.body.id}/entries`);
      expect([403, 404], `${uri}: ${answer.text}`).toContain(answer.status);
      expect(answer.text).not.toContain('only mine');
    }
    // Whose it is reads it all the same, whatever others have written since.
    expect(said(await owner.get(`/logs/${hidden.id}/entries`))).toEqual(['only mine']);
    const version = await makeVersion(thief, place, unused('stolen'), { uri: `${store.root}/logs`, artifact_store_id: store.id });
    for (const path of ['preview', 'download-token']) expect((await thief.get(`/artifact_versions/${version.id}/${path}`)).status).toBe(403);
    expect(said(await owner.get(`/logs/${hidden.id}/entries`))).toEqual(['only mine']);
  });

  test('nothing outside of the store is a log', async () => {
    const { admin } = server;
    const run = await makeRun(admin, place);
    const secret = server.write(`${server.folder}/secret.txt`, 'secret');
    server.write(`${store.root}x/secret.txt`, 'secret');
    server.write(`${store.root}/here.log`, line('here'));
    symlinkSync(secret, `${store.root}/link-${dialect}.log`);
    for (const uri of [
      '/etc/passwd',
      secret,
      `${store.root}x/secret.txt`,
      `${store.root}/../secret.txt`,
      `${store.root}/%2e%2e/secret.txt`,
      `file://${secret}`,
      `${store.root}/link-${dialect}.log`,
      's3://b/k',
      'x',
    ]) {
      const log = await logOf(admin, { pipeline_run_id: run.id }, [], { uri, source: unused('s') });
      const answer = await admin.get(`/logs/${log.id}/entries`);
      // What lies below the root and is not there yet is an empty log.
      if (answer.status === 200) expect([answer.body.items, uri.startsWith(`${store.root}/`)]).toEqual([[], true]);
      else expect([answer.status, answer.body.detail[0]], uri).toEqual([404, 'KeyError']);
    }
  });

  test('stores that the server may not or cannot read say so', async () => {
    const { admin } = server;
    const run = await makeRun(admin, place);
    const outside = await server.store(admin, {}, { path: '/etc' });
    const at = async (artifact_store_id: string | null, uri: string | null, more: object = {}) => {
      const log = await logOf(admin, { pipeline_run_id: run.id }, [], { uri, source: unused('s'), artifact_store_id, ...more });
      return admin.get(`/logs/${log.id}/entries`);
    };
    expect((await at(outside.id, '/etc/passwd')).body.detail).toEqual(['IllegalOperationError', expect.stringContaining('ZENDO_LOCAL_STORES')]);
    const gcp = (await admin.post('/components', { name: unused('gcp'), type: 'artifact_store', flavor: 'gcp', configuration: { path: 'gs://bucket' } })).body;
    expect((await at(gcp.id, 'gs://bucket/x')).status).toBe(501);
    const orchestrator = (await admin.get('/components?type=orchestrator')).body.items[0];
    expect((await at(orchestrator.id, '/x')).status).toBe(404);
    expect((await at(null, null)).body).toEqual({ items: [], before: null, after: null });
    expect((await at(store.id, null)).status).toBe(400);
    expect((await at(store.id, '/x', { log_store_id: orchestrator.id })).status).toBe(501);
    expect((await at(store.id, '/x', { source: 'runner' })).status).toBe(400);
  });

  test('a folder that belongs to a store that one may not read is no store of one’s own', async () => {
    const owner = await server.person(unused('owner'), { roles: ['developer'] });
    const thief = await server.person(unused('thief'), { roles: ['developer'] });
    const path = `${server.folder}/team-${dialect}`;
    const uri = server.write(`${path}/logs/x.log`, line('of the team'));
    await server.store(owner, { private: true }, { path });
    const own = await server.store(owner, { private: true });
    server.write(`${own.root}/x.log`, line('of the owner'));
    const run = await makeRun(thief, place);
    for (const mine of [path, `${path}/logs`, own.root, server.folder]) {
      const { id } = await server.store(thief, {}, { path: mine });
      const log = await logOf(thief, { pipeline_run_id: run.id }, [], { uri: mine === own.root ? `${own.root}/x.log` : uri, source: unused('s'), artifact_store_id: id });
      const answer = await thief.get(`/logs/${log.id}/entries`);
      expect([answer.status, answer.body.detail[1]], mine).toEqual([403, expect.stringContaining('belongs to another store')]);
    }
  });
});

test('a server that is reached from elsewhere reads no files of its own machine unless it is told which', async () => {
  for (const options of [{ host: '0.0.0.0' }, { public_url: 'https://zendo.example.org' }, { local_stores: 'none' }]) {
    const server = await storeServer('sqlite', { local_stores: '', ...options });
    const place = await placeOf(server.admin);
    const run = await makeRun(server.admin, place);
    const store = (await server.admin.get('/components?type=artifact_store&name=default')).body.items[0];
    const log = (await server.admin.post('/logs', { project: place.project, id: crypto.randomUUID(), uri: '/x', artifact_store_id: store.id, pipeline_run_id: run.id }))
      .body;
    const answer = await server.admin.get(`/logs/${log.id}/entries`);
    expect([answer.status, answer.body.detail]).toEqual([
      403,
      ['IllegalOperationError', expect.stringContaining('cannot be accessed from this server: set ZENDO_LOCAL_STORES')],
    ]);
    await server.close();
  }
});
