// Pipelines and runs as clients leave them: finished, failed, tried again, cached, running, and large ones.
import type { Server } from './server.ts';

interface Thing {
  readonly id: string;
  readonly name: string;
  readonly body: { readonly pipeline_id?: string };
}
interface Wish {
  readonly after?: readonly string[];
  readonly status?: string;
  readonly seconds?: number;
  readonly retries?: number;
  readonly parameters?: object;
  readonly values?: Readonly<Record<string, number | string>>;
  /** Not begun. */
  readonly waits?: boolean;
}
type Plan = Readonly<Record<string, Wish>>;

const traceback = `Traceback (most recent call last):
  File "/work/train.py", line 41, in train
    model.fit(rows, labels)
  File "/work/model.py", line 118, in fit
    raise ValueError(f"{len(rows)} rows but {len(labels)} labels")
ValueError: 1200 rows but 1199 labels
`;
const code = (name: string) => `@step
def ${name.replaceAll(/\W/g, '_')}(rows: pd.DataFrame, rate: float = 0.1) -> Annotated[Model, "model"]:
    """Fits a model to the rows."""
    model = Model(rate=rate)
    model.fit(rows.drop("label", axis=1), rows["label"])
    log_metadata({"accuracy": model.score(rows)})
    return model
`;
const wire = (at: number): string => new Date(at).toISOString().replace('Z', '123');

/** Makes things in one project through the API. */
export const maker = (server: Server, token: string) => {
  const call = <T>(method: string, path: string, body?: unknown): Promise<T> =>
    server.call<T>(method, path, body, token);
  let place: { project: string; stack: string } | undefined;
  const placeOf = async () =>
    (place ??= {
      project: (await call<Thing>('GET', '/projects/default')).id,
      stack: (await call<{ items: Thing[] }>('GET', '/stacks?name=default')).items[0]?.id ?? '',
    });

  const snapshot = async (pipeline: Thing, plan: Plan, config: object, is_dynamic = false): Promise<Thing> => {
    const { project, stack } = await placeOf();
    const steps = Object.entries(plan).map(([name, wish]) => [
      name,
      {
        spec: {
          source: { module: 'train', attribute: name, type: 'user' },
          upstream_steps: wish.after ?? [],
          inputs: {},
          invocation_id: name,
        },
        config: {
          name,
          parameters: wish.parameters ?? {},
          substitutions: {},
          outputs: {},
          external_input_artifacts: {},
          enable_cache: true,
          ...(wish.retries && { retry: { max_retries: wish.retries, delay: 0, backoff: 1 } }),
        },
        step_config_overrides: { name },
      },
    ]);
    return call('POST', '/pipeline_snapshots', {
      project,
      stack,
      pipeline: pipeline.id,
      run_name_template: '{date}',
      pipeline_configuration: { name: pipeline.name, execution_mode: 'continue_on_failure', ...config },
      step_configurations: Object.fromEntries(steps),
      client_environment: { os: 'linux', python_version: '3.12.3' },
      is_dynamic,
    });
  };

  const version = async (name: string, type: string): Promise<Thing> =>
    call('POST', '/artifact_versions', {
      project: (await placeOf()).project,
      artifact_name: name,
      type,
      uri: `/data/${name}`,
      materializer: { module: 'zenml.materializers', attribute: 'BuiltInMaterializer', type: 'internal' },
      data_type: { module: 'builtins', attribute: 'dict', type: 'builtin' },
      save_type: 'step_output',
    });

  const publish = async (type: string, id: string, values: Readonly<Record<string, number | string>>) =>
    call('POST', '/run-metadata', {
      project: (await placeOf()).project,
      resources: [{ id, type }],
      values,
      types: Object.fromEntries(
        Object.entries(values).map(([key, value]) => [key, typeof value === 'string' ? 'str' : 'float']),
      ),
    });

  const begin = async (run: Thing, name: string, start: number, outputs: Map<string, Thing>, wish: Wish) =>
    call<Thing>('POST', '/steps', {
      project: (await placeOf()).project,
      pipeline_run_id: run.id,
      name,
      status: 'running',
      start_time: wire(start),
      source_code: code(name),
      docstring: 'Fits a model to the rows.',
      inputs: Object.fromEntries(
        (wish.after ?? []).flatMap((one) => [[one, [outputs.get(one)?.id]]].filter(([, of]) => of?.[0])),
      ),
    });

  const pipeline = async (name: string): Promise<Thing> => {
    const { project } = await placeOf();
    const found = await call<{ items: Thing[] }>('GET', `/pipelines?project=${project}&name=${name}`);
    return found.items[0] ?? call('POST', '/pipelines', { project, name, description: null, tags: ['demo'] });
  };

  /** A run of the named pipeline with these steps, which began so many minutes ago. `lean`: without artifacts. */
  const run = async (
    name: string,
    plan: Plan,
    more: { minutes?: number; tags?: string[]; config?: object; lean?: boolean; name?: string } = {},
  ): Promise<Thing> => {
    const of = await pipeline(name);
    const { project } = await placeOf();
    let at = Date.now() - (more.minutes ?? 30) * 60_000;
    const [made] = await call<[Thing]>('POST', '/runs', {
      project,
      snapshot: (await snapshot(of, plan, more.config ?? {})).id,
      name: more.name ?? `${name}-${wire(at).slice(0, 19).replaceAll(/[-:T]/g, '_')}`,
      status: 'running',
      start_time: wire(at),
      orchestrator_environment: {},
      tags: more.tags ?? null,
    });
    const outputs = new Map<string, Thing>();
    for (const [step, wish] of Object.entries(plan)) {
      if (wish.waits) continue;
      for (let tries = wish.retries ?? 0; tries > 0; tries--) {
        const failed = await begin(made, step, at, outputs, wish);
        at += 4000;
        await call('PUT', `/steps/${failed.id}`, {
          status: 'failed',
          end_time: wire(at),
          exception_info: { traceback, message: '1200 rows but 1199 labels', source: 'builtins.ValueError' },
        });
      }
      const begun = await begin(made, step, at, outputs, wish);
      const status = wish.status ?? 'completed';
      if (wish.values) await publish('step_run', begun.id, wish.values);
      if (status === 'running') continue;
      const model = step.startsWith('train');
      if (status === 'completed' && !more.lean)
        outputs.set(step, await version(model ? 'model' : step, model ? 'ModelArtifact' : 'DataArtifact'));
      const output = outputs.get(step);
      at += (wish.seconds ?? 12) * 1000;
      await call('PUT', `/steps/${begun.id}`, {
        status,
        end_time: wire(at),
        ...(output && { outputs: { [model ? 'model' : 'output']: [output.id] } }),
        ...(status === 'failed' && {
          exception_info: {
            traceback,
            message: '1200 rows but 1199 labels',
            source: 'builtins.ValueError',
            user_code_line: 4,
          },
        }),
      });
    }
    return made;
  };
  /** Many runs of one pipeline, without steps. */
  const many = async (name: string, count: number): Promise<void> => {
    const { project } = await placeOf();
    const { id } = await snapshot(await pipeline(name), { only: {} }, {});
    for (let index = 0; index < count; index++)
      await call('POST', '/runs', {
        project,
        snapshot: id,
        name: `${name}-${index}`,
        status: 'completed',
        start_time: wire(Date.now()),
        orchestrator_environment: {},
      });
  };
  /** A dynamic run that asks for a rate and waits for it. */
  const asking = async (name: string): Promise<Thing> => {
    const { project } = await placeOf();
    const [made] = await call<[Thing]>('POST', '/runs', {
      project,
      snapshot: (await snapshot(await pipeline(name), { only: {} }, {}, true)).id,
      name: `${name}-1`,
      status: 'running',
      start_time: wire(Date.now()),
      orchestrator_environment: {},
    });
    await call('POST', '/run_wait_conditions', {
      project,
      run: made.id,
      name: 'approve',
      type: 'external_input',
      question: 'At what rate?',
      data_schema: { type: 'object', properties: { rate: { type: 'number' } }, required: ['rate'] },
      metadata: {},
    });
    return made;
  };
  return { run, publish, many, asking, call };
};

const training = (more: { rate?: number; accuracy?: number; train?: Wish; evaluate?: Wish } = {}): Plan => ({
  load: { seconds: 21, parameters: { source: 's3://sales/2026.parquet' }, values: { rows: 120_431 } },
  clean: { after: ['load'], seconds: 48, parameters: { drop_empty: true } },
  split: { after: ['clean'], seconds: 6, parameters: { share: 0.2, seed: 7 } },
  train: {
    after: ['split'],
    seconds: 190,
    parameters: { rate: more.rate ?? 0.1, layers: [64, 32] },
    values: { accuracy: more.accuracy ?? 0.91, loss: 1 - (more.accuracy ?? 0.91), epochs: 12 },
    ...more.train,
  },
  evaluate: {
    after: ['train', 'split'],
    seconds: 17,
    values: { f1: (more.accuracy ?? 0.91) - 0.03 },
    ...more.evaluate,
  },
});

/** So many steps in layers, each waiting for one or two of the layer before. */
export const wide = (count: number, across: number): Plan =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => {
      const above = index - across;
      const after = above < 0 ? [] : [`part_${above}`, ...(index % 3 === 0 && above > 0 ? [`part_${above - 1}`] : [])];
      return [`part_${index}`, { after, seconds: 1 + (index % 5) }];
    }),
  );

/** One of each kind, by what it shows. */
export const seedRuns = async (server: Server, token: string, sizes: readonly number[] = [60]) => {
  const { run, publish } = maker(server, token);
  const plain = await run('training', training({ rate: 0.1, accuracy: 0.91 }), { minutes: 900, tags: ['baseline'] });
  const faster = await run('training', training({ rate: 0.3, accuracy: 0.87 }), {
    minutes: 600,
    config: { enable_cache: false },
  });
  await publish('pipeline_run', plain.id, { accuracy: 0.91, dataset: '2026-10' });
  await publish('pipeline_run', faster.id, { accuracy: 0.87, dataset: '2026-11' });
  const retried = await run('training', training({ train: { retries: 2 } }), { minutes: 300 });
  const failed = await run(
    'training',
    training({ train: { status: 'failed', values: {} }, evaluate: { waits: true } }),
    { minutes: 90, tags: ['nightly'] },
  );
  const running = await run(
    'training',
    training({ train: { status: 'running', values: { loss: 0.42 } }, evaluate: { waits: true } }),
    { minutes: 5, tags: ['nightly'] },
  );
  const large = [];
  for (const size of sizes)
    large.push(await run(`sweep-${size}`, wide(size, size > 100 ? 25 : 6), { minutes: 50, lean: size > 100 }));
  return { plain, faster, retried, failed, running, large };
};
