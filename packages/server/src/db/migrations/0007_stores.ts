import { table } from '../ddl.ts';
import type { Migration } from '../migrate.ts';

/** Tokens for downloads, and how it is found out to whom a place in a store belongs. */
export const stores: Migration = {
  name: '0007_stores',
  statements: (d) => [
    table(d, 'download', {
      id: 'id',
      created: 'text not null',
      token_hash: 'text not null unique',
      purpose: 'text not null',
      target_id: 'text not null',
      user_id: 'text not null references account(id) on delete cascade',
      session_id: 'text references session(id) on delete cascade',
      expires: 'text not null',
    }),
    'create index download_session on download (session_id)',
    'create index download_user on download (user_id)',
    // A URI can be longer than an index takes.
    'create index artifact_version_uri on artifact_version (substr(uri, 1, 300))',
    'create index logs_uri on logs (substr(uri, 1, 300))',
  ],
};
