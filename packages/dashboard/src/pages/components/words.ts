interface Words {
  readonly one: string;
  readonly many: string;
  /** What it is for, in our own words. */
  readonly text: string;
}

/** What a stack can be made of, the needed parts first. */
export const typeWords: Readonly<Record<string, Words>> = {
  orchestrator: { one: 'Orchestrator', many: 'Orchestrators', text: 'Runs the steps of a pipeline, in their order.' },
  artifact_store: { one: 'Artifact store', many: 'Artifact stores', text: 'Keeps what steps produce.' },
  container_registry: {
    one: 'Container registry',
    many: 'Container registries',
    text: 'Keeps the container images that steps run in.',
  },
  image_builder: { one: 'Image builder', many: 'Image builders', text: 'Builds those container images.' },
  step_operator: {
    one: 'Step operator',
    many: 'Step operators',
    text: 'Runs single steps on other machines, such as ones with a GPU.',
  },
  experiment_tracker: {
    one: 'Experiment tracker',
    many: 'Experiment trackers',
    text: 'Records parameters and metrics of experiments.',
  },
  deployer: { one: 'Deployer', many: 'Deployers', text: 'Serves whole pipelines behind an address.' },
  model_deployer: { one: 'Model deployer', many: 'Model deployers', text: 'Serves models behind an address.' },
  model_registry: {
    one: 'Model registry',
    many: 'Model registries',
    text: 'Lists versions of models in another system.',
  },
  data_validator: {
    one: 'Data validator',
    many: 'Data validators',
    text: 'Checks data and models for quality and drift.',
  },
  feature_store: {
    one: 'Feature store',
    many: 'Feature stores',
    text: 'Serves features for training and for predictions.',
  },
  annotator: { one: 'Annotator', many: 'Annotators', text: 'Lets people label data.' },
  alerter: { one: 'Alerter', many: 'Alerters', text: 'Sends messages, such as when a run has failed.' },
  log_store: { one: 'Log store', many: 'Log stores', text: 'Keeps the logs of runs and steps.' },
  sandbox: { one: 'Sandbox', many: 'Sandboxes', text: 'Runs code that nobody has looked at, shut off from the rest.' },
};

export const componentTypes = Object.keys(typeWords);
export const NEEDED: readonly string[] = ['orchestrator', 'artifact_store'];
/** Of these a stack may have several. */
export const REPEATABLE: readonly string[] = ['alerter', 'experiment_tracker', 'sandbox', 'step_operator'];

const plain = (type: string): string => type.replaceAll('_', ' ');
export const oneOf = (type: string): string => typeWords[type]?.one ?? plain(type);
export const manyOf = (type: string): string => typeWords[type]?.many ?? plain(type);
/** In the middle of a sentence. */
export const inText = (type: string): string => plain(type);
/** With its article: `an alerter`. */
export const aOf = (type: string): string => `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${inText(type)}`;
/** As the command line calls it. */
export const asCommand = (type: string): string => type.replaceAll('_', '-');

/** The reason why nobody can change it; null for everything else. */
export const builtinReason = (thing: {
  readonly name: string;
  readonly body: { readonly user_id?: string | null; readonly is_custom?: boolean } | null;
}): string | null => {
  const { body } = thing;
  if (!body || body.user_id !== null) return null;
  return body.is_custom === false || thing.name === 'default'
    ? 'It came with the server and stays as it is: every client relies on it. Copy it instead.'
    : null;
};
