// Where the input of a step comes from, going by its configuration (wire.md 14.4).
import { plainNumbers } from '../../kernel/json.ts';
import type { Values } from '../../kernel/resource.ts';
import type { Origin } from './artifacts.ts';

/** The origin of each input of a step that really runs. */
export const originOf = (document: Values, pipeline: Values, invocation: string): Origin => {
  const { config, spec } = document;
  const overridden = { ...pipeline['step_default_input_overrides']?.[config.name], ...pipeline['step_input_overrides']?.[invocation] };
  return (name, _artifact_version_id, place) => {
    if (Object.hasOwn(overridden, name)) return { type: 'override' };
    const source = spec.inputs?.[name];
    if (source !== undefined) {
      const one = plainNumbers([source].flat()[place] ?? {}) as Values;
      return { type: 'step_output', input_index: place, chunk_index: one['chunk_index'] ?? null, chunk_size: one['chunk_size'] ?? null };
    }
    if (config.external_input_artifacts?.[name] !== undefined) return { type: 'external' };
    return { type: config.model_artifacts_or_metadata?.[name] !== undefined || config.client_lazy_loaders?.[name] !== undefined ? 'lazy' : 'manual' };
  };
};
