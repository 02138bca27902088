import { command, group, number, text } from '../core/command.ts';
import type { Context } from '../core/context.ts';
import { CliError, exit } from '../core/faults.ts';

const options = {
  port: number('port to listen on (8237)', { value: 'number' }),
  host: text('address to listen on (127.0.0.1)', { value: 'address' }),
  data_dir: text('folder of the database', { value: 'folder' }),
  public_url: text('address under which people reach it', { value: 'address' }),
};
type Input = { readonly [K in 'host' | 'data_dir' | 'public_url']: string | undefined } & {
  readonly port: number | undefined;
};

const open = async (input: Input) => {
  const { startServer } = await import('@zendo/server');
  const given = Object.entries(input).filter(([key, value]) => key in options && value !== undefined);
  try {
    return await startServer(Object.fromEntries(given));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      throw new CliError('the port is taken', exit.conflict, [
        'Is a server running already? --port names another one.',
      ]);
    throw new CliError(`the server did not start: ${message}`, exit.failed, [], error);
  }
};

// Ctrl-C is the server's business from here on: it ends what it has begun.
const run = async (ctx: Context, input: Input): Promise<void> => {
  const running = await open(input);
  const ended = new Promise<void>((done) => {
    process.removeAllListeners('SIGINT');
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done());
  });
  ctx.say(`Zendo runs at ${running.url} (Ctrl-C stops it).`);
  if (running.setup_url) {
    ctx.say('Open this link to create the first administrator. It works once:');
    ctx.out.lines(running.setup_url);
  }
  await ended;
  ctx.say('Stopping.');
  await running.close();
};

const notes = 'It runs until Ctrl-C. As long as nobody has set it up, it prints the link with which to do so.';
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
