// What the parts of one running server share.
import type { Passwords } from './auth/passwords.ts';
import type { Config } from './config.ts';
import type { Lookup } from './services/stores/s3_endpoint.ts';
import type { Clock, Database, Sealing } from './kernel/context.ts';
import type { Changes } from './services/changes.ts';

export interface App {
  readonly config: Config;
  readonly database: Database;
  readonly clock: Clock;
  readonly passwords: Passwords;
  readonly sealing: Sealing;
  /** Address under which people reach the server, without a slash at the end. */
  readonly publicUrl: () => string;
  /** What is committed, told to those who wait for it. */
  readonly changes: Changes;
  /** One implicit person, no roles: what the command line does without a server. */
  readonly local: boolean;
  /** Finds addresses for names in place of the system, in tests. */
  readonly lookup?: Lookup | undefined;
}
