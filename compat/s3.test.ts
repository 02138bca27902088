// Logs and artifacts in an S3 store, on a server that speaks S3 and checks signatures.
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeRun, makeVersion, placeOf, unused, type Place } from '../packages/server/src/testing/pipelines.ts';
import { testServer, type TestServer } from '../packages/server/src/testing/server.ts';
import { startS3, type S3 } from './testing/s3.ts';

const line = (i: number): string =>
  `${JSON.stringify({ message: `line ${i}`, level: 20, timestamp: '2026-11-23T09:03:09Z' })}\n`;

describe('an S3 store', () => {
  let s3: S3;
  let server: TestServer;
  let place: Place;
  let store: string;
  const root = 's3://zendo-test/team a';
  beforeAll(async () => {
    s3 = await startS3('zendo-test');
    server = await testServer('sqlite', { s3_endpoints: s3.url, store_answer_bytes: 3_000_000 });
    place = await placeOf(server.admin);
    store = await storeWith({ key: s3.key, secret: s3.secret });
  }, 300_000);
  afterAll(async () => {
    s3.close();
    await server.close();
  });

  const storeWith = async (more: object): Promise<string> => {
    const made = await server.admin.post('/components', {
      name: unused('s3'),
      type: 'artifact_store',
      flavor: 's3',
      configuration: { path: root, client_kwargs: { endpoint_url: s3.url }, ...more },
    });
    expect(made.status, made.text).toBe(200);
    return made.body.id;
  };
  const versionOf = async (path: string, files: Record<string, string>, more: object = {}) => {
    for (const [name, text] of Object.entries(files)) await s3.put(`team a/${path}/${name}`, text);
    return makeVersion(server.admin, place, unused('artifact'), {
      uri: `${root}/${path}`,
      artifact_store_id: store,
      ...more,
    });
  };
  const get = async (path: string) => {
    const answer = await server.admin.get(path);
    expect(answer.status, `${path}: ${answer.text}`).toBe(200);
    return answer.body;
  };

  test('holds logs in a folder of files, whose cursors outlive their merging', async () => {
    const run = await makeRun(server.admin, place);
    const id = crypto.randomUUID();
    await server.admin.post('/logs', {
      project: place.project,
      id,
      uri: `${root}/logs/${id}`,
      source: 'client',
      artifact_store_id: store,
      pipeline_run_id: run.id,
    });
    const said = (page: any) => page.items.map((entry: any) => entry.message);
    expect(said(await get(`/logs/${id}/entries`))).toEqual([]);
    const parts = [line(0) + line(1), line(2) + line(3), line(4)];
    for (const [i, part] of parts.entries()) await s3.put(`team a/logs/${id}/170000000${i}.25.log`, part);
    const first = await get(`/logs/${id}/entries?limit=3`);
    expect(said(first)).toEqual(['line 0', 'line 1', 'line 2']);
    for (const i of parts.keys()) await s3.remove(`team a/logs/${id}/170000000${i}.25.log`);
    await s3.put(`team a/logs/${id}/1700000009.5_merged.log`, parts.join(''));
    expect(said(await get(`/logs/${id}/entries?after=${first.after}`))).toEqual(['line 3', 'line 4']);
    expect(said(await get(`/logs/${id}/entries?start=newest&limit=2`))).toEqual(['line 3', 'line 4']);
    expect((await get(`/runs/${run.id}/logs?source=client`)).length).toBe(5);
  });

  test('gives the end of a large log in parts', async () => {
    const run = await makeRun(server.admin, place);
    const id = crypto.randomUUID();
    await s3.put(`team a/logs/${id}.log`, Array.from({ length: 100_000 }, (_, i) => line(i)).join(''));
    await server.admin.post('/logs', {
      project: place.project,
      id,
      uri: `${root}/logs/${id}.log`,
      artifact_store_id: store,
      pipeline_run_id: run.id,
    });
    const last = await get(`/logs/${id}/entries?start=newest&limit=1000`);
    expect([last.items.length, last.items.at(-1).message]).toEqual([1000, 'line 99999']);
    expect((await get(`/logs/${id}/entries?before=${last.before}&limit=1`)).items[0].message).toBe('line 98999');
  });

  test('holds visualizations, previews, archives, and lets data go', async () => {
    const uri = `step/output+1/${crypto.randomUUID()}`;
    const files = { 'data.json': '{"x": 1.0}', 'v.md': '# ü', 'sub/deep er.txt': 'y' };
    const version = await versionOf(uri, files, { visualizations: [{ type: 'markdown', uri: `${root}/${uri}/v.md` }] });
    expect(await get(`/artifact_versions/${version.id}/visualize`)).toEqual({ type: 'markdown', value: '# ü' });
    expect(await get(`/artifact_versions/${version.id}/preview`)).toMatchObject({
      kind: 'json',
      value: { x: 1 },
      files: [{ path: 'data.json', size: 10 }, { path: 'sub/deep er.txt' }, { path: 'v.md' }],
    });
    const token = await get(`/artifact_versions/${version.id}/download-token`);
    const archive = await server.server.inject({
      url: `/api/v1/artifact_versions/${version.id}/data?token=${token}`,
      headers: { host: 'localhost' },
    });
    const tar = gunzipSync(archive.rawPayload).toString('latin1');
    for (const name of ['data.json', 'sub/deep er.txt', 'v.md', '{"x": 1.0}']) expect(tar).toContain(name);
    await s3.put(`team a/${uri}-sibling/data.json`, '"stays"');
    expect((await server.admin.del(`/artifact_versions/${version.id}/data`)).status).toBe(200);
    expect((await server.admin.get(`/artifact_versions/${version.id}/preview`)).status).toBe(404);
    expect(await s3.exists(`team a/${uri}/data.json`)).toBe(false);
    expect(await s3.exists(`team a/${uri}-sibling/data.json`)).toBe(true);
  });

  test('is read below its prefix alone', async () => {
    await s3.put('elsewhere/data.json', '"secret"');
    await s3.put('team ab/data.json', '"secret"');
    for (const uri of [
      `s3://zendo-test/elsewhere`,
      `${root}b`,
      `${root}/../elsewhere`,
      `${root}/%2E%2E/elsewhere`,
      root,
      `${root}/`,
      `s3://other/x`,
      '/etc/passwd',
    ]) {
      const version = await makeVersion(server.admin, place, unused('artifact'), { uri, artifact_store_id: store });
      const answer = await server.admin.get(`/artifact_versions/${version.id}/preview`);
      expect([answer.status, answer.text.includes('secret')], uri).toEqual([404, false]);
    }
  });

  test('that refuses its credentials, or has no such bucket, says so', async () => {
    const preview = async (artifact_store_id: string, uri = `${root}/x`) => {
      const version = await makeVersion(server.admin, place, unused('artifact'), { uri, artifact_store_id });
      return server.admin.get(`/artifact_versions/${version.id}/preview`);
    };
    const wrong = await preview(await storeWith({ key: s3.key, secret: 'wrong' }));
    expect([wrong.status, wrong.body.detail[1]]).toEqual([403, expect.stringContaining('refuses its own credentials')]);
    const unknown = await preview(await storeWith({ key: 'AKIAUNKNOWN', secret: 'wrong' }));
    expect([unknown.status, unknown.text.includes('AKIAUNKNOWN')]).toEqual([403, false]);
    const path = `s3://no-such-bucket`;
    expect((await preview(await storeWith({ key: s3.key, secret: s3.secret, path }), `${path}/x`)).status).toBe(503);
  });
});
