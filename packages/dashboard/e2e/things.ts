// Pipelines, runs, artifacts and models on a server, made through the API as a client makes them.
import type { Server } from './server.ts';

interface Made {
  readonly id: string;
  readonly name: string;
}
export type Api = <T = Made>(method: string, path: string, body?: unknown) => Promise<T>;

export const apiOf =
  (server: Server, token: string): Api =>
  (method, path, body) =>
    server.call(method, path, body, token);

const start = '2026-11-23T09:03:09.093821';

/** A pipeline with steps of these names, one after the other, and a snapshot to run it from. */
const makeSnapshot = async (api: Api, project: string, stack: string, pipeline: string, steps: readonly string[]) => {
  const { id } = await api('POST', '/pipelines', { project, name: pipeline });
  const configured = steps.map((name, at) => [
    name,
    {
      spec: {
        source: { module: 'm', attribute: name, type: 'user' },
        upstream_steps: at > 0 ? [steps[at - 1]] : [],
        inputs: {},
        invocation_id: name,
      },
      config: { name, parameters: {}, substitutions: {}, outputs: {}, external_input_artifacts: {} },
      step_config_overrides: { name },
    },
  ]);
  return api('POST', '/pipeline_snapshots', {
    project,
    pipeline: id,
    stack,
    run_name_template: '{date}',
    pipeline_configuration: { name: pipeline },
    step_configurations: Object.fromEntries(configured),
    client_environment: {},
  });
};

export const makeVersion = (api: Api, project: string, artifact_name: string, more: object = {}) =>
  api('POST', '/artifact_versions', {
    project,
    artifact_name,
    type: 'DataArtifact',
    uri: `/store/${artifact_name}`,
    materializer: { module: 'zenml.materializers', attribute: 'PandasMaterializer', type: 'internal' },
    data_type: { module: 'pandas', attribute: 'DataFrame', type: 'user' },
    save_type: 'step_output',
    ...more,
  });

/** A run whose steps each read what the one before wrote. Answers the run and what was written, by step. */
const makeRun = async (
  api: Api,
  project: string,
  snapshot: Made,
  name: string,
  steps: readonly { name: string; writes: string; more?: object }[],
  status = 'completed',
) => {
  const [run] = await api<[Made]>('POST', '/runs', {
    project,
    snapshot: snapshot.id,
    name,
    status: 'running',
    start_time: start,
    orchestrator_environment: {},
  });
  const written: Record<string, Made> = {};
  let before: Made | null = null;
  for (const [at, step] of steps.entries()) {
    const last = at === steps.length - 1;
    const made: Made = await api('POST', '/steps', {
      project,
      pipeline_run_id: run.id,
      name: step.name,
      status: 'running',
      start_time: start,
      inputs: before ? { data: [before.id] } : {},
    });
    const failed = last && status === 'failed';
    if (!failed) {
      before = await makeVersion(api, project, step.writes, step.more);
      written[step.name] = before;
    }
    await api('PUT', `/steps/${made.id}`, {
      status: failed ? 'failed' : 'completed',
      end_time: '2026-11-23T09:05:11',
      ...(failed ? {} : { outputs: { output: [before?.id] } }),
    });
  }
  return { run, written };
};

/** A project in full use: two pipelines with runs, artifacts in several versions, two models with stages and metrics. */
export const fillProject = async (api: Api, project: string) => {
  const stacks = await api<{ items: Made[] }>('GET', '/stacks?name=default');
  const stack = stacks.items[0]?.id ?? '';
  const steps = [
    {
      name: 'load',
      writes: 'transactions',
      more: { tags: ['raw'], metadata: { rows: 120_000, storage_size: 4_210_332 } },
    },
    { name: 'clean', writes: 'clean_transactions', more: { metadata: { rows: 118_342, storage_size: 3_990_110 } } },
    {
      name: 'train',
      writes: 'fraud_model',
      more: {
        type: 'ModelArtifact',
        data_type: { module: 'sklearn.ensemble', attribute: 'RandomForestClassifier', type: 'user' },
        metadata: { accuracy: 0.9713, depth: 12 },
        visualizations: [{ type: 'html', uri: '/store/fraud_model/report.html' }],
      },
    },
  ];
  const training = await makeSnapshot(
    api,
    project,
    stack,
    'train-fraud',
    steps.map((step) => step.name),
  );
  const nightly = await makeSnapshot(api, project, stack, 'nightly-report', ['load', 'report']);
  const first = await makeRun(api, project, training, 'train-fraud-2026_11_23-01', steps);
  const second = await makeRun(api, project, training, 'train-fraud-2026_11_23-02', steps);
  await makeRun(
    api,
    project,
    nightly,
    'nightly-report-2026_11_23',
    [
      { name: 'load', writes: 'report_input' },
      { name: 'report', writes: 'report' },
    ],
    'failed',
  );
  await makeVersion(api, project, 'scratch', { save_type: 'manual', has_custom_name: true });
  const model = await api('POST', '/models', {
    project,
    name: 'fraud-classifier',
    description: 'Finds card fraud in the stream of transactions.',
    license: 'Apache-2.0',
    limitations: 'Trained on card payments only.',
    tags: ['fraud', 'tabular'],
  });
  await api('POST', '/models', { project, name: 'anomaly-detector', private: true });
  const versions: Made[] = [];
  for (const [at, { run, written }] of [first, second].entries()) {
    const version = await api('POST', '/model_versions', { project, model: model.id, description: `Try ${at + 1}` });
    versions.push(version);
    for (const made of Object.values(written))
      await api('POST', '/model_version_artifacts', { model_version: version.id, artifact_version: made.id });
    await api('POST', '/model_version_pipeline_runs', { model_version: version.id, pipeline_run: run.id });
    await api('POST', '/run-metadata', {
      project,
      resources: [{ id: version.id, type: 'model_version' }],
      values: { accuracy: 0.9612 + at / 100, f1: 0.91 + at / 50, epochs: 20, split: { train: 0.8, test: 0.2 } },
      types: { accuracy: 'float', f1: 'float', epochs: 'int', split: 'dict' },
    });
  }
  await api('PUT', `/model_versions/${versions[0]?.id}`, { stage: 'production', force: true });
  const artifacts = await api<{ items: Made[] }>('GET', `/artifacts?project=${project}&name=fraud_model`);
  return { model, versions, first, second, artifact: artifacts.items[0] ?? { id: '', name: '' }, training, stack };
};
