// Pipelines, snapshots, runs and steps for tests, made through the API as a client makes them.
import { expect } from 'vitest';
import type { Answer, Person } from './server.ts';

export interface StepWish {
  readonly after?: readonly string[];
  readonly inputs?: Record<string, unknown>;
  readonly max_retries?: number;
  readonly model?: object;
  readonly parameters?: object;
  readonly heartbeat?: boolean;
}
export interface Place {
  readonly project: string;
  readonly stack: string;
}

const ok = (answer: Answer): any => {
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
};
let count = 0;
/** A word that no other thing has. */
export const unused = (word: string): string => `${word}-${(count += 1)}`;

/** The default project and the default stack. */
export const placeOf = async (person: Person): Promise<Place> => ({
  project: ok(await person.get('/projects/default')).id,
  stack: ok(await person.get('/stacks?name=default')).items[0].id,
});

/** A pipeline of a new name, or one with what is given. */
export const makePipeline = async (person: Person, place: Place, more: object = {}): Promise<any> =>
  ok(await person.post('/pipelines', { project: place.project, name: unused('pipeline'), description: null, tags: null, ...more }));

/** One step as the client posts it. */
export const stepOf = (name: string, wish: StepWish = {}): object => ({
  spec: {
    source: { module: 'm', attribute: name, type: 'user' },
    upstream_steps: wish.after ?? [],
    inputs: wish.inputs ?? {},
    invocation_id: name,
    enable_heartbeat: wish.heartbeat ?? false,
  },
  config: {
    name,
    parameters: wish.parameters ?? {},
    substitutions: {},
    outputs: {},
    external_input_artifacts: {},
    heartbeat_healthy_threshold: 30,
    ...(wish.max_retries === undefined ? {} : { retry: { max_retries: wish.max_retries, delay: 0, backoff: 1 } }),
    ...(wish.model === undefined ? {} : { model: wish.model }),
  },
  step_config_overrides: { name },
});

export const makeSnapshot = async (
  person: Person,
  place: Place,
  pipeline: any,
  steps: Readonly<Record<string, StepWish>> = { a: {} },
  config: object = {},
  more: object = {},
): Promise<any> =>
  ok(
    await person.post('/pipeline_snapshots', {
      project: place.project,
      pipeline: pipeline.id,
      stack: place.stack,
      run_name_template: '{date}',
      pipeline_configuration: { name: pipeline.name, execution_mode: 'continue_on_failure', ...config },
      step_configurations: Object.fromEntries(Object.entries(steps).map(([name, wish]) => [name, stepOf(name, wish)])),
      client_environment: { os: 'linux', python_packages: ['a==1'] },
      ...more,
    }),
  );

export const postRun = (person: Person, place: Place, snapshot: any, more: object = {}): Promise<Answer> =>
  person.post('/runs', {
    project: place.project,
    snapshot: snapshot.id,
    name: unused('run'),
    status: 'running',
    start_time: '2026-11-23T09:03:09.093821',
    orchestrator_environment: {},
    ...more,
  });

/** A run of a snapshot; of a new pipeline with these steps where none is given. */
export const makeRun = async (
  person: Person,
  place: Place,
  steps: Readonly<Record<string, StepWish>> = { a: {} },
  more: object = {},
  config: object = {},
): Promise<any> => {
  const snapshot = await makeSnapshot(person, place, await makePipeline(person, place), steps, config);
  return ok(await postRun(person, place, snapshot, more))[0];
};

export const postStep = (person: Person, place: Place, run: any, name: string, more: object = {}): Promise<Answer> =>
  person.post('/steps', { project: place.project, pipeline_run_id: run.id, name, status: 'running', start_time: '2026-11-23T09:03:10.000001', ...more });
export const makeStep = async (person: Person, place: Place, run: any, name: string, more: object = {}): Promise<any> =>
  ok(await postStep(person, place, run, name, more));
/** Ends a step. */
export const endStep = async (person: Person, step: any, status = 'completed', more: object = {}): Promise<any> =>
  ok(await person.put(`/steps/${step.id}`, { status, end_time: '2026-11-23T09:03:11', ...more }));

export const versionRequest = (place: Place, name: string, more: object = {}): object => ({
  project: place.project,
  artifact_name: name,
  type: 'DataArtifact',
  uri: '/tmp/x',
  materializer: { module: 'm', attribute: 'M', type: 'internal' },
  data_type: { module: 'builtins', attribute: 'int', type: 'builtin' },
  save_type: 'step_output',
  ...more,
});
/** A version of an artifact. */
export const makeVersion = async (person: Person, place: Place, name: string, more: object = {}): Promise<any> =>
  ok(await person.post('/artifact_versions', versionRequest(place, name, more)));
