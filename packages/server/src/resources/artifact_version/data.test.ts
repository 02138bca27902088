import { existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { extract } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeSnapshot, makePipeline, makeRun, makeStep, makeVersion, placeOf, endStep, unused, type Place } from '../../testing/pipelines.ts';
import { dialects, type Answer, type Person } from '../../testing/server.ts';
import { storeServer, type StoreServer } from '../../testing/store.ts';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');

/** The files of a .tar.gz. */
const unpacked = async (archive: Buffer): Promise<Record<string, string>> => {
  const found: Record<string, string> = {};
  const tar = extract();
  tar.end(gunzipSync(archive));
  for await (const entry of tar) {
    let text = '';
    for await (const part of entry) text += String(part);
    found[entry.header.name] = text;
  }
  return found;
};

describe.each(dialects)('the data of artifacts on %s', (dialect) => {
  let server: StoreServer;
  let place: Place;
  let store: { id: string; root: string };
  beforeAll(async () => {
    server = await storeServer(dialect, { store_answer_bytes: 5000, download_bytes: 100_000 });
    place = await placeOf(server.admin);
    store = await server.store(server.admin);
  });
  afterAll(() => server.close());

  /** A version with these files, as the client makes it. */
  const versionOf = async (
    person: Person,
    files: Record<string, string | Uint8Array>,
    more: { visualizations?: readonly (readonly [string, string])[]; [key: string]: unknown } = {},
  ) => {
    const uri = `${store.root}/step/output/${crypto.randomUUID()}`;
    for (const [name, text] of Object.entries(files)) server.write(`${uri}/${name}`, text);
    const visualizations = (more.visualizations ?? []).map(([type, name]) => ({ type, uri: name.startsWith('/') ? name : `${uri}/${name}` }));
    const version = await makeVersion(person, place, unused('artifact'), { uri, artifact_store_id: store.id, ...more, visualizations });
    return { ...version, uri } as { id: string; uri: string };
  };
  const bytesOf = (path: string) => server.server.inject({ url: `/api/v1${path}`, headers: { host: 'localhost' } });
  const tokenFor = async (person: Person, path: string): Promise<string> => {
    const answer = await person.get(path);
    expect(answer.status, answer.text).toBe(200);
    return answer.body;
  };

  test('visualizations come with their type, an image in base64', async () => {
    const { admin } = server;
    const version = await versionOf(
      admin,
      { 'output.html': '<b>hé</b>', 'v.png': PNG, 'v.md': '# x', 'large.csv': 'x'.repeat(5001) },
      {
        visualizations: [
          ['html', 'output.html'],
          ['image', 'v.png'],
          ['markdown', 'v.md'],
          ['csv', 'large.csv'],
          ['csv', 'missing.csv'],
          ['html', '/etc/passwd'],
        ],
      },
    );
    const shown: readonly any[] = (await admin.get(`/artifact_versions/${version.id}`)).body.metadata.visualizations;
    const at = (name: string) => admin.get(`/artifact_versions/${version.id}/visualize?index=${shown.findIndex((one) => one.body.uri.endsWith(name))}`);
    expect((await at('output.html')).body).toEqual({ type: 'html', value: '<b>hé</b>' });
    expect((await at('v.png')).body).toEqual({ type: 'image', value: PNG.toString('base64') });
    expect((await at('v.md')).body).toEqual({ type: 'markdown', value: '# x' });
    expect((await at('large.csv')).body.detail[0]).toBe('IllegalOperationError');
    expect((await at('missing.csv')).status).toBe(404);
    expect((await at('/etc/passwd')).status).toBe(404);
    for (const [index, status] of [
      [6, 404],
      [-1, 404],
      ['x', 422],
    ] as const)
      expect((await admin.get(`/artifact_versions/${version.id}/visualize?index=${index}`)).status).toBe(status);
    const first = await admin.get(`/artifact_versions/${version.id}/visualize`);
    expect(first.headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8', 'x-content-type-options': 'nosniff' });
  });

  test('a preview shows text, JSON and the head of a table, never what is pickled', async () => {
    const { admin } = server;
    const preview = async (files: Record<string, string | Uint8Array>) => {
      const answer = await admin.get(`/artifact_versions/${(await versionOf(admin, files)).id}/preview`);
      expect(answer.status, answer.text).toBe(200);
      return answer;
    };
    const json = await preview({ 'data.json': '{"x": [1.0, 2]}', 'metadata.json': '{}' });
    expect(json.body).toMatchObject({ kind: 'json', file: 'data.json', truncated: false, reason: null, size: 17, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(json.text).toContain('"value":{"x":[1.0,2]}');
    expect((await preview({ 'output.csv': 'a,b\r\n"1,""x""",2\n' })).body).toMatchObject({
      kind: 'table',
      value: [
        ['a', 'b'],
        ['1,"x"', '2'],
      ],
      truncated: false,
    });
    const long = (await preview({ 'output.csv': `a,b\n${'1,2\n'.repeat(40_000)}` })).body;
    expect([long.value.length, long.truncated, long.sha256]).toEqual([50, true, null]);
    expect((await preview({ 'output.md': '# é' })).body).toMatchObject({ kind: 'text', value: '# é' });
    const text = (await preview({ 'data.txt': `${'é'.repeat(40_000)}` })).body;
    expect([text.kind, text.truncated, text.value.length]).toEqual(['text', true, 32_768]);
    expect((await preview({ 'data.txt': new Uint8Array([0, 255, 1]) })).body).toMatchObject({ kind: 'none', reason: 'It is no text.' });
    const pickled = await preview({ 'artifact.pkl': 'cos\nsystem\n', 'python_version.txt': '3.11' });
    expect(pickled.body).toMatchObject({ kind: 'text', file: 'python_version.txt', files: [{ path: 'artifact.pkl', size: 11 }, { path: 'python_version.txt' }] });
    expect((await preview({ 'artifact.pkl': 'cos\nsystem\n' })).body).toMatchObject({ kind: 'none', value: null, reason: expect.stringContaining('pickled') });
    expect((await preview({ 'model.bin': 'x' })).body).toMatchObject({ kind: 'none' });
    const gone = await makeVersion(admin, place, unused('gone'), { uri: `${store.root}/gone`, artifact_store_id: store.id });
    expect((await admin.get(`/artifact_versions/${gone.id}/preview`)).status).toBe(404);
    const nowhere = await makeVersion(admin, place, unused('nowhere'));
    expect((await admin.get(`/artifact_versions/${nowhere.id}/preview`)).status).toBe(404);
  });

  test('is downloaded as an archive, with a token for this one thing', async () => {
    const { admin } = server;
    const version = await versionOf(admin, { 'data.json': '{"x": 1}', 'deep/er.txt': 'y', empty: '' }, {});
    writeFileSync(`${server.folder}/secret.txt`, 'secret');
    symlinkSync(`${server.folder}/secret.txt`, `${version.uri}/link`);
    const token = await tokenFor(admin, `/artifact_versions/${version.id}/download-token`);
    const answer = await bytesOf(`/artifact_versions/${version.id}/data?token=${token}`);
    expect(answer.statusCode).toBe(200);
    expect(await unpacked(answer.rawPayload)).toEqual({ 'data.json': '{"x": 1}', 'deep/er.txt': 'y', empty: '' });
    expect(answer.headers).toMatchObject({
      'content-type': 'application/gzip',
      'content-disposition': expect.stringMatching(/^attachment; filename="artifact-\d+-1\.tar\.gz"/),
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox'),
      'cache-control': 'no-store',
    });
    const file = await makeVersion(admin, place, 'a "b" /é', { uri: server.write(`${store.root}/one.bin`, 'bytes'), artifact_store_id: store.id });
    const single = await bytesOf(`/artifact_versions/${file.id}/data?token=${await tokenFor(admin, `/artifact_versions/${file.id}/download-token`)}`);
    expect(await unpacked(single.rawPayload)).toEqual({ 'one.bin': 'bytes' });
    expect(single.headers['content-disposition']).toBe(`attachment; filename="a_b_-1.tar.gz"; filename*=UTF-8''a%20%22b%22%20%2F%C3%A9-1.tar.gz`);
    const large = await versionOf(admin, { a: 'x'.repeat(60_000), b: 'x'.repeat(60_000) });
    expect((await admin.get(`/artifact_versions/${large.id}/download-token`)).body.detail[0]).toBe('IllegalOperationError');
    const audit = (await admin.get(`/audit_events?action=download_token&target_id=${version.id}&hydrate=true`)).text;
    expect(audit).toContain(version.id);
    expect(audit).not.toContain(token);
  });

  test('a download token is good for half a minute, one thing, one purpose, and as long as its maker may', async () => {
    const { admin } = server;
    const person = await server.person(unused('person'), { roles: ['developer'] });
    const one = await versionOf(admin, { 'data.json': '1' });
    const two = await versionOf(admin, { 'data.json': '2' });
    const data = async (id: string, token: string) => (await bytesOf(`/artifact_versions/${id}/data?token=${encodeURIComponent(token)}`)).statusCode;
    const fresh = () => tokenFor(person, `/artifact_versions/${one.id}/download-token`);
    const token = await fresh();
    expect(await data(one.id, token)).toBe(200);
    expect(await data(two.id, token)).toBe(401);
    for (const other of ['', 'x', person.token, admin.token, `${token}x`, token.replace('zdow_', 'zses_'), token.slice(5), '\u0000'])
      expect([401, 422], other).toContain(await data(one.id, other));
    expect((await bytesOf(`/artifact_versions/${one.id}/data`)).statusCode).toBe(422);
    expect((await bytesOf(`/artifact_versions/x/data?token=${token}`)).statusCode).toBe(422);
    // It is no credential anywhere else.
    expect((await server.as('', token).get('/current-user')).status).toBe(401);
    expect((await server.as('', token).get(`/artifact_versions/${one.id}`)).status).toBe(401);
    expect((await bytesOf(`/pipeline_snapshots/${one.id}/code?token=${token}`)).statusCode).toBe(401);
    server.shift(31);
    expect(await data(one.id, token)).toBe(401);
    const revoked = await fresh();
    const sessions = (await person.get('/sessions')).body.items;
    await person.del(`/sessions/${sessions.find((session: any) => session.body.current).id}`);
    expect(await data(one.id, revoked)).toBe(401);
    const again = server.as(
      person.name,
      (await server.anonymous.post('/login', new URLSearchParams({ username: person.name, password: 'correct horse battery' }))).body.access_token,
    );
    const held = await tokenFor(again, `/artifact_versions/${one.id}/download-token`);
    const assignment = (await admin.get(`/role_assignments?size=1000`)).body.items.find((item: any) => JSON.stringify(item).includes(person.name));
    expect((await admin.del(`/role_assignments/${assignment.id}`)).status).toBe(200);
    expect(await data(one.id, held)).toBe(404);
    await admin.put(`/users/${person.name}`, { active: false });
    expect(await data(one.id, held)).toBe(401);
  });

  test('is for those who may read the version and its store', async () => {
    const { admin } = server;
    const owner = await server.person(unused('owner'), { roles: ['developer'] });
    const guest = await server.person(unused('guest'), { roles: ['guest'] });
    const role = unused('role');
    await admin.post('/roles', { name: role, permissions: ['artifact:read', 'project:read'] });
    const noStore = await server.person(unused('nostore'), { roles: [role] });
    const stranger = await server.person(unused('stranger'));
    const version = await versionOf(owner, { 'data.json': '1', 'v.md': 'x' }, { visualizations: [['markdown', 'v.md']] });
    for (const what of ['visualize', 'preview', 'download-token']) {
      const path = `/artifact_versions/${version.id}/${what}`;
      for (const person of [admin, owner, guest]) expect((await person.get(path)).status, `${person.name} ${what}`).toBe(200);
      for (const person of [noStore, stranger]) expect((await person.get(path)).status, `${person.name} ${what}`).toBe(404);
      expect((await server.anonymous.get(path)).status).toBe(401);
    }
    for (const person of [guest, noStore, stranger, server.anonymous])
      expect([401, 403, 404]).toContain((await person.del(`/artifact_versions/${version.id}/data`)).status);
    expect(existsSync(`${version.uri}/data.json`)).toBe(true);
  });

  test('is removed where the client or a person asks for it', async () => {
    const { admin } = server;
    const [one, two, three, four] = [
      await versionOf(admin, { a: '1' }),
      await versionOf(admin, { a: '1' }),
      await versionOf(admin, { a: '1' }),
      await versionOf(admin, { a: '1' }),
    ];
    const there = async (version: { id: string; uri: string }) => [existsSync(version.uri), (await admin.get(`/artifact_versions/${version.id}`)).status];
    expect((await admin.del(`/artifact_versions/${one.id}`)).status).toBe(200);
    expect(await there(one)).toEqual([true, 404]);
    expect((await admin.del(`/artifact_versions/${two.id}?delete_metadata=True&delete_from_artifact_store=True`)).status).toBe(200);
    expect(await there(two)).toEqual([false, 404]);
    expect((await admin.del(`/artifact_versions/${three.id}?delete_metadata=False&delete_from_artifact_store=True`)).status).toBe(200);
    expect(await there(three)).toEqual([false, 200]);
    expect((await admin.del(`/artifact_versions/${four.id}?delete_metadata=False`)).status).toBe(200);
    expect(await there(four)).toEqual([true, 200]);
    expect((await admin.del(`/artifact_versions/${four.id}/data?and_version=true`)).status).toBe(200);
    expect(await there(four)).toEqual([false, 404]);
    // The removal of nothing but the version leaves the data, whatever else is asked.
    const five = await versionOf(admin, { a: '1' });
    expect((await admin.del(`/artifact_versions/${five.id}?and_version=true&x=1`)).status).toBe(200);
    expect(await there(five)).toEqual([true, 404]);
    // What a run uses stays, and its data with it, unless the data alone is meant.
    const run = await makeRun(admin, place);
    const step = await makeStep(admin, place, run, 'a');
    const used = await versionOf(admin, { a: '1' });
    await endStep(admin, step, 'completed', { outputs: { output: [used.id] } });
    const refused: Answer = await admin.del(`/artifact_versions/${used.id}?delete_from_artifact_store=true`);
    expect([refused.status, ...(await there(used))]).toEqual([400, true, 200]);
  });

  test('is not removed where somebody else’s lies in the same place', async () => {
    const owner = await server.person(unused('owner'), { roles: ['developer'] });
    const other = await server.person(unused('other'), { roles: ['developer'] });
    const hidden = unused('hidden');
    expect((await owner.post('/artifacts', { project: place.project, name: hidden, private: true })).status).toBe(200);
    const theirs = await makeVersion(owner, place, hidden, { uri: `${store.root}/shared-${dialect}/theirs`, artifact_store_id: store.id });
    server.write(`${store.root}/shared-${dialect}/theirs/data.json`, '"theirs"');
    for (const uri of [`shared-${dialect}/theirs`, `shared-${dialect}`, `shared-${dialect}/theirs/data.json`]) {
      const mine = await makeVersion(other, place, unused('mine'), { uri: `${store.root}/${uri}`, artifact_store_id: store.id });
      for (const path of ['preview', 'download-token']) expect((await other.get(`/artifact_versions/${mine.id}/${path}`)).status, `${uri} ${path}`).toBe(403);
      expect((await other.del(`/artifact_versions/${mine.id}/data`)).status, uri).toBe(403);
    }
    expect((await owner.get(`/artifact_versions/${theirs.id}/preview`)).body.value).toBe('theirs');
  });

  test('the code of a snapshot is downloaded with a token of its own', async () => {
    const { admin } = server;
    const hash = 'ab'.repeat(20);
    server.write(`${store.root}/code_uploads/${hash}.tar.gz`, 'code');
    const orchestrator = (await admin.get('/components?type=orchestrator&name=default')).body.items[0].id;
    const stack = (await admin.post('/stacks', { name: unused('stack'), components: { orchestrator: [orchestrator], artifact_store: [store.id] } })).body;
    const snapshotOf = async (code_path: string | null) =>
      makeSnapshot(admin, { ...place, stack: stack.id }, await makePipeline(admin, place), undefined, {}, { code_path });
    const good = await snapshotOf(`${store.root}/code_uploads/${hash}.tar.gz`);
    const token = await tokenFor(admin, `/pipeline_snapshots/${good.id}/download-token`);
    const answer = await bytesOf(`/pipeline_snapshots/${good.id}/code?token=${token}`);
    expect([answer.statusCode, answer.payload, answer.headers['content-disposition']]).toEqual([
      200,
      'code',
      expect.stringContaining(`filename="${good.id}-code.tar.gz"`),
    ]);
    expect((await bytesOf(`/artifact_versions/${good.id}/data?token=${token}`)).statusCode).toBe(401);
    const version = await versionOf(admin, { 'data.json': '1' });
    const status = async (code_path: string | null) => (await admin.get(`/pipeline_snapshots/${(await snapshotOf(code_path)).id}/download-token`)).status;
    expect(await status(null)).toBe(400);
    for (const path of [
      '/etc/passwd',
      `${version.uri}/data.json`,
      `${store.root}/code_uploads`,
      `${store.root}/code_uploads/../logs/${hash}.tar.gz`,
      `${store.root}/code_uploads/${'cd'.repeat(20)}.tar.gz`,
    ])
      expect(await status(path), path).toBe(404);
    const code = await makeVersion(admin, place, unused('code'), { uri: `${store.root}/code_uploads/${hash}.tar.gz`, artifact_store_id: store.id });
    expect((await admin.get(`/artifact_versions/${code.id}/preview`)).status).toBe(403);
  });
});
