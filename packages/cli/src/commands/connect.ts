import { path, type Envelope } from '@zendo/client';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { command, off, text } from '../core/command.ts';
import { clientFor } from '../core/connection.ts';
import { usage } from '../core/faults.ts';
import { signIn, signInOptions } from '../core/signin.ts';

const keys = ['url', 'username', 'password', 'workspace'] as const;
type File = { readonly [K in (typeof keys)[number]]?: string };

// Flat `key: value` lines are all that such a file has; JSON is taken as well.
const readFile = (file: string): File => {
  let raw: string;
  try {
    raw = readFileSync(file, 'utf8');
  } catch (error) {
    throw usage(`--config ${file}: ${(error as Error).message}`);
  }
  const pairs: [string, unknown][] = raw.trimStart().startsWith('{')
    ? Object.entries(JSON.parse(raw) as object)
    : [...raw.matchAll(/^\s*([a-z_]+)\s*:\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^#\n]*?))\s*(?:#.*)?$/gm)].map(
        ([, key, a, b, c]) => [key!, a ?? b ?? c],
      );
  return Object.fromEntries(
    pairs.filter(([key, value]) => keys.includes(key as 'url') && typeof value === 'string' && value),
  );
};

export const connect = command({
  name: 'connect',
  summary: 'Connect to a server: all commands go there from now on',
  notes: 'The address and the token are kept, the password never. `disconnect` goes back to local mode.',
  examples: [
    'connect --url https://zendo.example.org --username ada',
    'connect --url https://zendo.example.org --username ada --password-stdin < password.txt',
    'connect --url https://zendo.example.org --device',
  ],
  options: {
    url: text('address of the server', { value: 'address' }),
    ...signInOptions,
    workspace: text('workspace to start with'),
    verify_ssl: off('do not check the certificate of the server'),
    ssl_ca_cert: text('certificate to trust', { value: 'file' }),
    config: text('file with url, username, password, workspace', { value: 'file' }),
  },
  run: async (ctx, input) => {
    const file = input.config === undefined ? {} : readFile(input.config);
    const url =
      input.url ??
      file.url ??
      ctx.env.ZENDO_URL ??
      ctx.env.ZENML_STORE_URL ??
      (await ctx.ask.text('Address of the server', '--url'));
    const tls = {
      ...(input.verify_ssl ? {} : { verify_ssl: false }),
      ...(input.ssl_ca_cert === undefined ? {} : { ca_cert: resolve(input.ssl_ca_cert) }),
    };
    if (!input.verify_ssl) ctx.say('Warning: the certificate is not checked; anybody in between can read along.');
    // A password in a file is not in the process list, so it is not warned about.
    const env = file.password && input.password === undefined ? { ...ctx.env, ZENDO_PASSWORD: file.password } : ctx.env;
    await signIn({ ...ctx, env }, url, { ...input, username: input.username ?? file.username }, tls);
    const workspace = input.workspace ?? file.workspace;
    if (!workspace) return;
    const { token } = ctx.config();
    const client = clientFor(ctx.env, url, token, tls);
    const project = await client.get<Envelope>(path`/projects/${workspace}`);
    await client.put('/current-user', { default_project_id: project.id });
    ctx.say(`Workspace: ${project.name}`);
  },
});
