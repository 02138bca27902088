/** What a stack is made of, with the short options that the Python client has for them. */
export const types = {
  orchestrator: { short: undefined, summary: 'Orchestrators: run the steps of pipelines' },
  artifact_store: { short: 'a', summary: 'Artifact stores: keep what steps produce' },
  container_registry: { short: 'c', summary: 'Container registries: keep images' },
  image_builder: { short: 'i', summary: 'Image builders' },
  step_operator: { short: 's', summary: 'Step operators: run single steps elsewhere' },
  experiment_tracker: { short: 'e', summary: 'Experiment trackers' },
  deployer: { short: 'D', summary: 'Deployers: serve pipelines' },
  model_deployer: { short: 'd', summary: 'Model deployers: serve models' },
  model_registry: { short: 'r', summary: 'Model registries' },
  data_validator: { short: undefined, summary: 'Data validators' },
  feature_store: { short: 'f', summary: 'Feature stores' },
  annotator: { short: undefined, summary: 'Annotators: people label data' },
  alerter: { short: undefined, summary: 'Alerters: send messages' },
  log_store: { short: 'l', summary: 'Log stores' },
  sandbox: { short: undefined, summary: 'Sandboxes' },
} as const;
export type ComponentType = keyof typeof types;
export const typeNames = Object.keys(types) as ComponentType[];
/** Of these a stack may have several. */
export const repeatable: readonly string[] = ['alerter', 'experiment_tracker', 'sandbox', 'step_operator'];
export const inText = (type: string): string => type.replaceAll('_', ' ');
export const asWord = (type: string): string => type.replaceAll('_', '-');
