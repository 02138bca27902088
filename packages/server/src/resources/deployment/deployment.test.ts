import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePipeline, makeRun, makeSnapshot, makeVersion, placeOf, unused, type Place } from '../../testing/pipelines.ts';
import { dialects, testServer, type Person, type TestServer } from '../../testing/server.ts';

describe.each(dialects)('what is served on %s', (dialect) => {
  let server: TestServer;
  let place: Place;
  let deployer: string;
  beforeAll(async () => {
    server = await testServer(dialect);
    place = await placeOf(server.admin);
    deployer = (await server.admin.get('/components?type=deployer&name=default')).body.items[0].id;
  });
  afterAll(() => server.close());

  const deploy = async (person: Person, more: object = {}) => {
    const pipeline = await makePipeline(person, place);
    const snapshot = await makeSnapshot(person, place, pipeline);
    const made = await person.post('/deployments', {
      project: place.project,
      name: unused('deployment'),
      snapshot_id: snapshot.id,
      deployer_id: deployer,
      auth_key: null,
      tags: null,
      ...more,
    });
    return { made, pipeline, snapshot };
  };

  test('deployments are reported by their deployer; their key is told to those who may change them', async () => {
    const { admin } = server;
    const guest = await server.person(unused('gu'), { roles: ['guest'] });
    const { made, pipeline, snapshot } = await deploy(admin, { auth_key: 'the key of a deployment', tags: ['live'] });
    expect(made.status, made.text).toBe(200);
    expect(made.body).toMatchObject({
      body: { status: 'unknown', url: null },
      metadata: { auth_key: 'the key of a deployment', deployment_metadata: {} },
      resources: {
        snapshot: { id: snapshot.id },
        deployer: { id: deployer },
        pipeline: { id: pipeline.id },
        stack: { id: place.stack },
        visualizations: [],
        tags: [{ name: 'live' }],
      },
    });
    const path = `/deployments/${made.body.id}`;
    expect((await admin.put(path, { status: 'running', url: 'http://localhost:8001', deployment_metadata: { pid: 7, load: 1 } })).body).toMatchObject({
      body: { status: 'running', url: 'http://localhost:8001' },
      metadata: { auth_key: 'the key of a deployment', deployment_metadata: { pid: 7 } },
    });
    expect((await guest.get(path)).body.metadata.auth_key).toBeNull();
    expect((await guest.put(path, { status: 'error' })).status).toBe(403);
    expect((await guest.get(`/deployments?pipeline=${pipeline.name}&status=running`)).body.total).toBe(1);
    const stored = await server.app.database.read.selectFrom('deployment').select('auth_key').where('id', '=', made.body.id).executeTakeFirstOrThrow();
    expect(stored['auth_key']).not.toContain('the key');
    const store = (await admin.get('/components?type=artifact_store&name=default')).body.items[0].id;
    expect((await deploy(admin, { deployer_id: store })).made.text).toContain('is no deployer');
    expect((await admin.post('/deployments', { project: place.project, name: made.body.name, snapshot_id: snapshot.id, deployer_id: deployer })).status).toBe(409);
    expect((await admin.del(path)).body).toBeNull();
    expect((await admin.get(`/pipeline_snapshots/${snapshot.id}`)).body.resources.deployment).toBeNull();
  });

  test('a deployer with deployments cannot be removed', async () => {
    const { admin } = server;
    const own = (await admin.post('/components', { name: unused('docker'), type: 'deployer', flavor: 'docker', configuration: {} })).body.id;
    const { made } = await deploy(admin, { deployer_id: own });
    expect((await admin.del(`/components/${own}`)).status).toBe(403);
    await admin.del(`/deployments/${made.body.id}`);
    expect((await admin.del(`/components/${own}`)).status).toBe(200);
  });

  test('services have a state that follows from their status, and are found by their configuration', async () => {
    const { admin } = server;
    const run = await makeRun(admin, place);
    const config = { model_name: unused('m'), pipeline_name: 'serve', pipeline_step_name: 'deploy', replicas: 1 };
    const service_type = { type: 'model-serving', flavor: 'mlflow', name: 'mlflow', description: '', logo_url: '' };
    const request = {
      project: place.project,
      name: unused('service'),
      service_type,
      config,
      labels: { team: 'a' },
      status: { state: 'pending_startup' },
      pipeline_run_id: run.id,
    };
    const made = await admin.post('/services', request);
    expect(made.status, made.text).toBe(200);
    expect(made.body).toMatchObject({
      body: { service_type, state: 'pending_startup', labels: { team: 'a' } },
      metadata: { config },
      resources: { pipeline_run: { id: run.id } },
    });
    expect((await admin.post('/services', { ...request, name: unused('service') })).status).toBe(409);
    const found = async (query: string) => (await admin.get(`/services?${query}`)).body.items.map((item: any) => item.id);
    expect(await found('running=True')).toEqual([]);
    const changed = await admin.put(`/services/${made.body.id}`, {
      status: { state: 'active' },
      admin_state: 'active',
      prediction_url: 'http://localhost/predict',
      labels: null,
    });
    expect(changed.body).toMatchObject({
      body: { state: 'active', labels: { team: 'a' } },
      metadata: { admin_state: 'active', prediction_url: 'http://localhost/predict' },
    });
    expect((await admin.put(`/services/${made.body.id}`, { status: { state: 'dancing' } })).status).toBe(422);
    for (const query of ['running=True', 'flavor=mlflow&type=model-serving', 'pipeline_name=serve', 'pipeline_step_name=deploy', `pipeline_run_id=${run.id}`])
      expect(await found(query), query).toEqual([made.body.id]);
    expect(await found(`config=${encodeURIComponent(Buffer.from(JSON.stringify(config)).toString('base64'))}`)).toEqual([made.body.id]);
    expect((await admin.get('/services?config=nonsense')).status).toBe(422);
    const model = (await admin.post('/models', { project: place.project, name: unused('model') })).body;
    const version = (await admin.post('/model_versions', { project: place.project, model: model.id, name: 'one' })).body;
    expect((await admin.put(`/services/${made.body.id}`, { model_version_id: version.id })).body.resources.model_version.id).toBe(version.id);
    expect((await admin.get(`/model_versions/${version.id}`)).body.resources.services).toMatchObject({ total: 1, items: [{ id: made.body.id }] });
  });

  test('pictures are pinned by who may change the thing, in order, once, and hide what may not be read', async () => {
    const { admin } = server;
    const [alice, guest] = [await server.person(unused('al'), { roles: ['developer'] }), await server.person(unused('gu'), { roles: ['guest'] })];
    const artifact = (await alice.post('/artifacts', { project: place.project, name: unused('plots'), private: true })).body;
    const version = await makeVersion(alice, place, artifact.name, {
      artifact_name: undefined,
      artifact_id: artifact.id,
      visualizations: [
        { type: 'html', uri: 'a.html' },
        { type: 'image', uri: 'b.png' },
      ],
    });
    const [html, image] = ['html', 'image'].map((type) => version.metadata.visualizations.find((one: any) => one.body.type === type));
    const run = await makeRun(alice, place);
    const pipeline = run.resources.pipeline.id;
    const pin = (person: Person, more: object) =>
      person.post('/curated_visualizations', { project: place.project, resource_id: pipeline, resource_type: 'pipeline', artifact_visualization_id: html.id, ...more });
    expect((await pin(guest, {})).status).toBe(403);
    expect((await pin(admin, {})).status).toBe(404);
    const second = await pin(alice, { display_order: 2, display_name: 'Losses' });
    expect(second.status, second.text).toBe(200);
    expect(second.body).toMatchObject({
      body: {
        artifact_visualization_id: html.id,
        artifact_version_id: version.id,
        display_order: 2,
        layout_size: 'full_width',
        resource_type: 'pipeline',
        resource_id: pipeline,
      },
      resources: { artifact_visualization: { id: html.id, body: { type: 'html' } } },
    });
    expect((await pin(alice, {})).status).toBe(409);
    expect((await pin(alice, { artifact_visualization_id: image.id, display_order: 2 })).status).toBe(409);
    const first = await pin(alice, { artifact_visualization_id: image.id, display_order: 1, layout_size: 'half_width' });
    expect((await alice.get(`/pipelines/${pipeline}`)).body.resources.visualizations.map((one: any) => one.id)).toEqual([first.body.id, second.body.id]);
    const seen = (await guest.get(`/curated_visualizations/${first.body.id}`)).body;
    expect(seen).toMatchObject({ body: { artifact_version_id: null }, resources: { artifact_visualization: { permission_denied: true, body: null } } });
    expect((await alice.put(`/curated_visualizations/${first.body.id}`, { display_order: null, display_name: 'x' })).body.body).toMatchObject({ display_order: null });
    expect((await guest.del(`/curated_visualizations/${first.body.id}`)).status).toBe(403);
    const other = (await admin.post('/projects', { name: unused('elsewhere') })).body.id;
    const foreign = await makePipeline(admin, { ...place, project: other });
    const shown = await makeVersion(admin, place, unused('public'), { visualizations: [{ type: 'csv', uri: 'a.csv' }] });
    expect((await pin(admin, { resource_id: foreign.id, artifact_visualization_id: shown.metadata.visualizations[0].id })).status).toBe(403);
    for (const [resource_type, resource_id, path] of [
      ['pipeline_run', run.id, `/runs/${run.id}`],
      ['pipeline_snapshot', run.resources.snapshot.id, `/pipeline_snapshots/${run.resources.snapshot.id}`],
    ] as const) {
      const made = await pin(alice, { resource_type, resource_id });
      expect(made.status, made.text).toBe(200);
      expect((await alice.get(path)).body.resources.visualizations.map((one: any) => one.id)).toEqual([made.body.id]);
    }
    expect((await pin(admin, { resource_type: 'project', resource_id: place.project, artifact_visualization_id: shown.metadata.visualizations[0].id })).status).toBe(200);
    await alice.del(`/pipelines/${pipeline}`);
    expect((await alice.get(`/curated_visualizations/${first.body.id}`)).status).toBe(404);
  });
});
