/** The exit codes are part of the interface: scripts branch on them. */
export const exit = {
  ok: 0,
  failed: 1,
  usage: 2,
  notFound: 3,
  notLoggedIn: 4,
  notAllowed: 5,
  conflict: 6,
  unreachable: 7,
  interrupted: 130,
} as const;

/** A failure that the CLI itself found: what, and optionally why and what to do next. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly code: number;
  readonly hints: readonly string[];

  constructor(message: string, code: number = exit.failed, hints: readonly string[] = [], cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.hints = hints;
  }
}

export const usage = (message: string, ...hints: readonly string[]): CliError =>
  new CliError(message, exit.usage, hints);

/** The person said no, or Ctrl-C: an end, but no error. */
export class Declined extends CliError {}
export const interrupted = (): CliError => new Declined('Interrupted.', exit.interrupted);
