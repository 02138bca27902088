import { table } from '../ddl.ts';
import type { Migration } from '../migrate.ts';

/** What was taken over from other servers, and how far reading them has come. */
export const importing: Migration = {
  name: '0009_import',
  statements: (d) => [
    table(d, 'imported', { source_id: 'text not null', type: 'text not null', foreign_id: 'text not null', local_id: 'text not null', updated: 'text not null' }, [
      'primary key (source_id, type, foreign_id)',
    ]),
    table(d, 'import_cursor', { source_id: 'text not null', list: 'text not null', at: 'text not null' }, ['primary key (source_id, list)']),
  ],
};
