// What the parts of one running server share.
import type { Passwords } from './auth/passwords.ts';
import type { Config } from './config.ts';
import type { Clock, Database, Sealing } from './kernel/context.ts';

export interface App {
  readonly config: Config;
  readonly database: Database;
  readonly clock: Clock;
  readonly passwords: Passwords;
  readonly sealing: Sealing;
  /** Address under which people reach the server, without a slash at the end. */
  readonly publicUrl: () => string;
  /** One implicit person, no roles: what the command line does without a server. */
  readonly local: boolean;
}
