import { afterAll, beforeAll, expect, test } from 'vitest';
import { cli, discard, temporary } from './testing/cli.ts';
import { administrator, startServer, type TestServer } from './testing/server.ts';

let server: TestServer;
const folder = temporary();
const zendo = cli(folder);
let call: Awaited<ReturnType<typeof administrator>>;
const good = async (line: string): Promise<string> => {
  const { code, out, err } = await zendo(line);
  expect(code, err).toBe(0);
  return out;
};
const json = async (line: string): Promise<any> => JSON.parse(await good(`${line} -o json`));

beforeAll(async () => {
  server = await startServer();
  await zendo(['login', server.url, '--username', server.username, '--password-stdin'], { stdin: server.password });
  call = await administrator(server);
});
afterAll(async () => {
  await server?.stop();
  discard(folder);
});

const versionOf = (name: string): object => ({
  project: 'default',
  artifact_name: name,
  type: 'DataArtifact',
  uri: `/data/${name}`,
  materializer: { module: 'm', attribute: 'M', type: 'internal' },
  data_type: { module: 'builtins', attribute: 'int', type: 'builtin' },
  save_type: 'manual',
});

test('pipelines, their runs and builds are listed, shown and deleted', async () => {
  const pipeline = await call('POST', '/pipelines', { project: 'default', name: 'train' });
  const [stack] = (await call('GET', '/stacks?name=default')).items;
  const snapshot = await call('POST', '/pipeline_snapshots', {
    project: 'default',
    pipeline: pipeline.id,
    stack: stack.id,
    run_name_template: 'x',
    pipeline_configuration: { name: 'train' },
    step_configurations: {},
    client_environment: {},
  });
  const begin = { project: 'default', snapshot: snapshot.id, status: 'running', orchestrator_environment: {} };
  for (const name of ['one', 'two']) await call('POST', '/runs', { ...begin, name });
  const built = { project: 'default', pipeline: pipeline.id, stack: stack.id, images: {}, is_local: false };
  const build = await call('POST', '/pipeline_builds', { ...built, contains_code: true });

  expect(await good('pipeline list -o csv --columns name,latest,owner')).toBe(
    'name,latest,owner\ntrain,running,boss\n',
  );
  expect((await json('pipeline describe train')).id).toBe(pipeline.id);
  expect(
    await good('pipeline runs list --pipeline train --sort-by asc:name -o csv --columns name,pipeline,stack'),
  ).toBe('name,pipeline,stack\none,train,default\ntwo,train,default\n');
  expect(await good('run list --status running -o name')).toBe('two\none\n');
  expect((await json('run describe one')).body.status).toBe('running');
  expect(await zendo('pipeline runs delete one')).toMatchObject({ code: 2 });
  expect((await zendo('pipeline runs delete one -y')).err).toBe('The run one is deleted.\n');
  expect(await zendo('run describe one')).toMatchObject({ code: 3, out: '' });
  expect(await good('pipeline builds list -o csv --columns pipeline,stack')).toBe('pipeline,stack\ntrain,default\n');
  expect((await zendo(`pipeline builds delete ${build.id} -y`)).code).toBe(0);
  expect((await json('pipeline builds list')).total).toBe(0);
  expect((await json('pipeline schedule list')).total).toBe(0);
  expect((await zendo('pipeline delete train -y')).err).toBe('The pipeline train is deleted.\n');
  expect((await json('run list')).total).toBe(0);
});

test('artifacts and their versions are listed, and what nothing uses is removed', async () => {
  for (const name of ['rows', 'rows', 'labels']) await call('POST', '/artifact_versions', versionOf(name));
  expect(await good('artifact list --sort-by asc:name -o csv --columns name,latest')).toBe(
    'name,latest\nlabels,1\nrows,2\n',
  );
  expect(
    await good('artifact version list --artifact rows --sort-by asc:version -o csv --columns artifact,version'),
  ).toBe('artifact,version\nrows,1\nrows,2\n');
  const { items } = await json('artifact version list --artifact rows');
  expect((await json(`artifact version describe ${items[0].id}`)).body.uri).toBe('/data/rows');
  expect((await zendo('artifact delete labels -y')).err).toBe('The artifact labels is deleted.\n');
  expect((await zendo('artifact prune --dry-run')).err).toBe('2 versions and 1 artifacts would go.\n');
  expect(await zendo('artifact prune')).toMatchObject({ code: 2 });
  expect((await zendo('artifact prune -y')).err).toBe('2 versions and 1 artifacts removed.\n');
  expect((await json('artifact list')).total).toBe(0);
});

test('models get versions and stages', async () => {
  expect((await zendo('model register oak -d tree --license MIT -t wood')).err).toBe('The model oak is registered.\n');
  expect((await zendo('model register oak')).code).toBe(6);
  for (const name of ['first', 'second']) {
    const { id } = await json('model describe oak');
    await call('POST', '/model_versions', { project: 'default', model: id, name });
  }
  await good('model version update oak 1 --stage production');
  expect((await zendo('model version update oak second -s production')).code).toBe(1);
  await good('model version update oak second -s production -f');
  expect(await good('model version list --model oak --sort-by asc:number -o csv --columns name,number,stage')).toBe(
    'name,number,stage\nfirst,1,archived\nsecond,2,production\n',
  );
  expect((await json('model version describe oak production')).name).toBe('second');
  await good('model update oak -n elm -t hard -r wood');
  expect(await good('model list -o csv --columns name,latest,tags,license')).toBe(
    'name,latest,tags,license\nelm,second,hard,MIT\n',
  );
  expect((await zendo('model version delete elm 1 -y')).err).toBe('Version first of elm is deleted.\n');
  expect((await zendo('model version describe elm 1')).code).toBe(3);
  expect((await zendo('model delete elm -y')).code).toBe(0);
});

test('tags are made, changed and deleted', async () => {
  await good('tag create newest -c red --exclusive');
  await good('tag update newest -n latest -c blue');
  expect(await good('tag list --name latest -o csv --columns name,color,exclusive')).toBe(
    'name,color,exclusive\nlatest,blue,yes\n',
  );
  expect((await zendo('tag create pink -c pink')).code).toBe(1);
  expect((await zendo('tag delete latest -y')).err).toBe('The tag latest is deleted.\n');
  expect((await zendo('tag delete latest -y')).code).toBe(3);
});

test('code repositories are registered as the Python client registers them', async () => {
  await good(
    'code-repository register app --type github --owner=acme --repository=app --token={{github.token}} -d code',
  );
  await good('code-repository register own --type custom --source mine.repos.Mine url=x');
  const { items } = await json('code-repository list --sort-by asc:name');
  expect(items[0]).toMatchObject({
    name: 'app',
    body: { source: { module: 'zenml.integrations.github.code_repositories.github_code_repository' } },
    metadata: { config: { owner: 'acme', repository: 'app' }, description: 'code' },
  });
  expect(await good('code-repository list --sort-by asc:name -o csv --columns name,type')).toBe(
    'name,type\napp,github\nown,Mine\n',
  );
  expect((await zendo('code-repository register x --type svn')).code).toBe(2);
  expect((await zendo('code-repository delete app -y')).err).toBe('The code repository app is deleted.\n');
});

test('a name counts in the workspace that is meant, an id in every one', async () => {
  await good('workspace create fraud');
  const there = await call('POST', '/pipelines', { project: 'fraud', name: 'score' });
  expect((await zendo('pipeline describe score')).code).toBe(3);
  expect((await json('pipeline describe score -w fraud')).id).toBe(there.id);
  expect((await json(`pipeline describe ${there.id}`)).name).toBe('score');
  expect(await good('pipeline list --project fraud -o name')).toBe('score\n');
});
