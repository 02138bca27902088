import type { Client } from './client.ts';
import { ApiError } from './errors.ts';
import type { DeviceGrant, Token } from './types.ts';

/** Logs in with a name and a password. Errors: ApiError 401 when they do not fit, 429 after too many tries. */
export const passwordLogin = (client: Client, username: string, password: string): Promise<Token> =>
  client.form('/login', { grant_type: 'password', username, password });

/** Exchanges the API key of a service account for a token. */
export const apiKeyLogin = (client: Client, key: string): Promise<Token> =>
  client.form('/login', { grant_type: 'zenml-api-key', password: key });

/** Begins a device log-in: the answer has the code and the page where a person confirms it. */
export const beginDevice = (client: Client, clientId: string): Promise<DeviceGrant> =>
  client.form('/device_authorization', { client_id: clientId });

/**
 * Waits until the person has confirmed the device. Out: the token. Errors: ApiError with kind `access_denied` or
 * `expired_token`. `sleep` is given so that tests need not wait.
 */
export const awaitDevice = async (
  client: Client,
  clientId: string,
  grant: DeviceGrant,
  sleep: (ms: number) => Promise<unknown> = (ms) => new Promise((done) => setTimeout(done, ms)),
): Promise<Token> => {
  let pause = grant.interval;
  for (;;) {
    await sleep(pause * 1000);
    try {
      return await client.form<Token>('/login', {
        grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
        client_id: clientId,
        device_code: grant.device_code,
      });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.kind === 'slow_down') pause += 5;
      else if (error.kind !== 'authorization_pending') throw error;
    }
  }
};
