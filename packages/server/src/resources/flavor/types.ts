/** What a stack can be made of. */
export const COMPONENT_TYPES = [
  'alerter',
  'annotator',
  'artifact_store',
  'container_registry',
  'data_validator',
  'deployer',
  'experiment_tracker',
  'feature_store',
  'image_builder',
  'log_store',
  'model_deployer',
  'model_registry',
  'orchestrator',
  'sandbox',
  'step_operator',
] as const;

/** Of these a stack may have several; a step says which one it uses. */
export const REPEATABLE: readonly string[] = ['alerter', 'experiment_tracker', 'sandbox', 'step_operator'];
