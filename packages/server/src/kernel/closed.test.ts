// The audit log tells administrators that private things change, never what they are called or hold.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditOf, withOnly } from '../testing/hostile.ts';
import { placeOf, stepOf, type Place } from '../testing/pipelines.ts';
import { dialects, testServer, type Answer, type Person, type TestServer } from '../testing/server.ts';

const ok = (answer: Answer): any => {
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
};

describe.each(dialects)('private things in the audit log, on %s', (dialect) => {
  let server: TestServer;
  let alice: Person;
  let place: Place;
  beforeAll(async () => {
    server = await testServer(dialect);
    place = await placeOf(server.admin);
    alice = await server.person('alice', { roles: ['developer'] });
  });
  afterAll(() => server.close());
  const version = (artifact_name: string) => ({
    project: place.project,
    artifact_name,
    type: 'DataArtifact',
    uri: '/SECRET-uri',
    materializer: { module: 'm', attribute: 'M', type: 'internal' },
    data_type: { module: 'builtins', attribute: 'int', type: 'builtin' },
    save_type: 'manual',
  });

  test('nor what their parts hold, whichever way they are written', async () => {
    const { project, stack } = place;
    const pipeline = ok(await alice.post('/pipelines', { project, name: 'SECRET-pipeline', private: true }));
    const snapshot = ok(
      await alice.post('/pipeline_snapshots', {
        project,
        pipeline: pipeline.id,
        stack,
        name: 'SECRET-snapshot',
        run_name_template: 'SECRET-template',
        pipeline_configuration: { name: 'SECRET-name' },
        source_code: 'SECRET-code',
        step_configurations: { 'SECRET-step': stepOf('SECRET-step') },
        client_environment: { HOME: 'SECRET-home' },
      }),
    );
    const run = ok(await alice.post('/runs', { project, snapshot: snapshot.id, name: 'SECRET-run', status: 'running', orchestrator_environment: {}, private: true }))[0];
    ok(await alice.post('/steps', { project, pipeline_run_id: run.id, name: 'SECRET-step', status: 'running' }));
    ok(await alice.post('/artifacts', { project, name: 'SECRET-artifact', private: true }));
    ok(await alice.post('/artifact_versions', version('SECRET-artifact')));
    ok(await alice.post('/artifact_versions/batch', [version('SECRET-artifact')]));
    const model = ok(await alice.post('/models', { project, name: 'SECRET-model', private: true }));
    const made = ok(await alice.post('/model_versions', { project, model: model.id, name: 'SECRET-version', description: 'SECRET-description' }));
    ok(await alice.put(`/model_versions/${made.id}`, { description: 'SECRET-other' }));
    const open = ok(await alice.post('/models', { project, name: 'open-model' }));
    const beside = ok(await alice.post('/model_versions', { project, model: open.id, name: 'open-version', description: 'open-description' }));
    ok(
      await alice.post('/run-metadata', {
        project,
        resources: [beside, made].map(({ id }) => ({ id, type: 'model_version' })),
        values: { 'SECRET-key': 1 },
        types: { 'SECRET-key': 'int' },
      }),
    );
    const schedule = { project, active: true, cron_expression: '* * * * *' };
    ok(await alice.post('/schedules', { ...schedule, name: 'SECRET-schedule', pipeline_id: pipeline.id }));
    ok(await alice.post('/schedules', { ...schedule, name: 'SECRET-lonely' }));
    ok(await alice.post('/logs', { project, uri: 'SECRET-log' }));
    ok(await alice.del(`/model_versions/${made.id}`));
    expect([...new Set((await auditOf(server)).match(/SECRET[-\w]*/g) ?? [])]).toEqual([]);
    // That they were made is told, and of what is open, everything.
    const told = ok(await server.admin.get('/audit_events?size=200&actor_name=alice')).items.map(({ body }: any) => body);
    expect(told.filter(({ target_id }: any) => target_id === snapshot.id)).toMatchObject([
      { action: 'create', target_name: null, changes: { name: { private: true }, source_code: { private: true } } },
    ]);
    expect(told.filter(({ target_id }: any) => target_id === beside.id)).toMatchObject([
      { target_name: 'open-version', changes: { description: { after: 'open-description' } } },
    ]);
  });

  test('nor their names where somebody is refused', async () => {
    const bob = await server.person('bob', { roles: ['developer'] });
    const model = ok(await alice.post('/models', { project: place.project, name: 'HIDDEN-model', private: true }));
    ok(await alice.post('/role_assignments', { role: 'guest', user: 'bob', resource_type: 'model', resource_id: model.id }));
    expect((await bob.put(`/models/${model.id}`, { description: 'x' })).text).toContain('HIDDEN-model');
    expect((await bob.del(`/models/${model.id}`)).status).toBe(403);
    expect(await auditOf(server)).not.toContain('HIDDEN');
    const denied = ok(await server.admin.get(`/audit_events?outcome=denied&target_id=${model.id}`)).items.map(({ body }: any) => [
      body.action,
      body.target_name,
      body.reason,
    ]);
    expect(denied).toContainEqual(['update', null, 'needs model:update']);
  });

  test('nor what only those see who manage people', async () => {
    const auditor = await withOnly(server, 'auditor', ['settings:manage']);
    ok(await server.admin.post('/users', { name: 'zoe', email: 'zoe@hidden.example', user_metadata: { ssn: 1 } }));
    ok(await server.admin.put('/users/zoe', { email: 'zoe2@hidden.example', full_name: 'Zoe' }));
    ok(await alice.put('/current-user', { email: 'alice@hidden.example', full_name: 'Alice' }));
    const told = await auditor.get('/audit_events?size=200');
    expect(told.text).not.toMatch(/hidden\.example|ssn/);
    const changes = told.body.items.map(({ body }: any) => body.changes).filter((one: any) => one?.email !== undefined);
    expect(changes).toContainEqual({ email: { changed: true }, full_name: { before: '', after: 'Zoe' } });
    expect(changes.every((one: any) => Object.keys(one.email).join() === 'changed')).toBe(true);
  });
});
