import { command, group, number, text } from '../core/command.ts';
import type { Context } from '../core/context.ts';

const options = {
  port: number('port to listen on (8237)', { value: 'number' }),
  host: text('address to listen on (127.0.0.1)', { value: 'address' }),
  data_dir: text('folder of the database', { value: 'folder' }),
  public_url: text('address under which people reach it', { value: 'address' }),
};
type Input = {
  readonly port: number | undefined;
  readonly host: string | undefined;
  readonly data_dir: string | undefined;
  readonly public_url: string | undefined;
};

// The server prints its own address and set-up link; Ctrl-C is its business from here on.
const run = async (_ctx: Context, { port, host, data_dir, public_url }: Input): Promise<void> => {
  process.removeAllListeners('SIGINT');
  const { startServer } = await import('@zendo/server');
  const running = await startServer({
    port: port ?? 8237,
    ...(host === undefined ? {} : { host }),
    ...(data_dir === undefined ? {} : { dataDir: data_dir }),
    ...(public_url === undefined ? {} : { publicUrl: public_url }),
  });
  await new Promise<void>((ended) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ended());
  });
  await running.close();
};

const notes = 'It runs until Ctrl-C. The first start prints a link with which the first administrator is made.';
const examples = [
  'up',
  'up --port 9000 --data-dir ./zendo-data',
  'up --host 0.0.0.0 --public-url https://zendo.example.org',
];

export const up = command({ name: 'up', summary: 'Start a server here', notes, examples, options, run });

export const server = group({
  name: 'server',
  summary: 'Run a server',
  commands: [command({ name: 'start', summary: 'Start a server here (the same as up)', notes, options, run })],
});
