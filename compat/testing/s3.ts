// A server that speaks S3, on this machine alone, with one user whose signatures it checks.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { AwsClient } from 'aws4fetch';
import { freePort } from '../../scripts/lib/port.ts';
import { ensureS3 } from '../../scripts/lib/python.ts';

export interface S3 {
  readonly url: string;
  readonly key: string;
  readonly secret: string;
  /** Each takes a key as it is. */
  readonly put: (path: string, body: string | Uint8Array) => Promise<void>;
  readonly exists: (path: string) => Promise<boolean>;
  readonly remove: (path: string) => Promise<void>;
  readonly close: () => void;
}

const REGION = 'us-east-1';
/** Calls that need no good signature yet: the user is made with them. */
const OPEN_CALLS = 3;

/** Starts the server with a bucket. Close it. */
export const startS3 = async (bucket: string): Promise<S3> => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(join(await ensureS3(), 'bin', 'moto_server'), ['-H', '127.0.0.1', '-p', String(port)], {
    env: { PATH: process.env['PATH'], INITIAL_NO_AUTH_ACTION_COUNT: String(OPEN_CALLS) },
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  const up = () =>
    fetch(`${url}/moto-api/data.json`).then(
      (answer) => answer.ok,
      () => false,
    );
  for (let tries = 0; tries < 150 && !(await up()); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
  const anyone = new AwsClient({ accessKeyId: 'a', secretAccessKey: 'b', region: REGION, service: 'iam', retries: 0 });
  const iam = async (fields: Record<string, string>): Promise<string> => {
    const answer = await anyone.fetch(`${url}/`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ Version: '2010-05-08', UserName: 'zendo', ...fields }).toString(),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`the S3 server refused ${fields['Action']}: ${text}`);
    return text;
  };
  await iam({ Action: 'CreateUser' });
  const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
  await iam({ Action: 'PutUserPolicy', PolicyName: 'all', PolicyDocument: JSON.stringify(everything) });
  const made = await iam({ Action: 'CreateAccessKey' });
  const of = (name: string): string => new RegExp(`<${name}>([^<]+)</${name}>`).exec(made)![1]!;
  const [key, secret] = [of('AccessKeyId'), of('SecretAccessKey')];
  const client = new AwsClient({
    accessKeyId: key,
    secretAccessKey: secret,
    region: REGION,
    service: 's3',
    retries: 0,
  });
  const call = (method: string, path: string, body?: string | Uint8Array) =>
    client.fetch(`${url}/${bucket}${path.split('/').map(encodeURIComponent).join('/')}`, {
      method,
      ...(body === undefined ? {} : { body: body as never }),
    });
  const put = async (path: string, body?: string | Uint8Array): Promise<void> => {
    const answer = await call('PUT', path, body);
    if (!answer.ok) throw new Error(`the S3 server did not take ${path}: ${await answer.text()}`);
  };
  await put('');
  return {
    url,
    key,
    secret,
    put: (path, body) => put(`/${path}`, body),
    exists: async (path) => (await call('HEAD', `/${path}`)).ok,
    remove: async (path) => void (await call('DELETE', `/${path}`)),
    close: () => void child.kill('SIGKILL'),
  };
};
