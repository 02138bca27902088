export { createClient, type Answer, type Client, type ClientOptions, type Fetch, type Init } from './client.ts';
export { ApiError, BadAnswer, Unreachable } from './errors.ts';
export { apiKeyLogin, awaitDevice, beginDevice, passwordLogin } from './login.ts';
export { path, type Query } from './query.ts';
export type * from './types.ts';
