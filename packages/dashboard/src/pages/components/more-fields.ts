import type { Schema } from '../../resource/schema/kinds.ts';

const texts: Schema = { type: 'object', additionalProperties: { type: 'string' } };
const any: Schema = {
  type: 'object',
  additionalProperties: { anyOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }] },
};

/** What stacks and components carry beside their parts: written with the same form as a configuration. */
export const moreFields: Schema = {
  type: 'object',
  properties: {
    labels: { ...any, description: 'Words to find it by and to tell scripts what it is for.' },
    environment: { ...texts, description: 'Environment variables for everything that runs with it.' },
  },
};
