import { table, tallied, thing } from '../ddl.ts';
import type { Migration } from '../migrate.ts';

/** Sharing with everybody, what a role leaves out on one thing, private tags, versions of private runs, requests for access and notices. */
export const sharing: Migration = {
  name: '0008_sharing',
  statements: (d) => {
    const text = d === 'sqlite' ? 'text' : 'text collate "C"';
    const bool = d === 'sqlite' ? 'integer' : 'smallint';
    return [
      // A permission that counts at the server and in projects, but not where the role is given on one thing.
      `alter table role_permission add column wide ${bool} not null default 0`,
      // Everybody of a project (its id), or of the server ('server').
      `alter table role_assignment add column members_of ${text}`,
      `alter table tag add column private ${bool} not null default 0`,
      ...tallied(d, 'tag', false),
      `insert into tally (kind, project_id, owner, private, n) select 'tag', '', '', 0, count(*) from tag`,
      `insert into tally (kind, project_id, owner, private, n) select 'tag', '', user_id, 0, count(*) from tag where user_id is not null group by user_id`,
      'create index tag_shown on tag (private, created, id)',
      // The private run that wrote a version: then that run, and not the artifact, says who sees it. It stays when the run goes.
      `alter table artifact_version add column private_run_id ${text}`,
      'create index artifact_version_private_run on artifact_version (private_run_id)',
      table(d, 'access_request', {
        ...thing,
        user_id: 'text not null references account(id) on delete cascade',
        target_type: 'text not null',
        target_id: 'text not null',
        level: 'text not null',
        note: 'text',
        expires: 'text not null',
        decided: 'text',
        granted_level: 'text',
        answer: 'text',
        answered_by: 'text',
        answered_at: 'text',
      }),
      'create index access_request_user on access_request (user_id, created)',
      'create index access_request_target on access_request (target_type, target_id)',
      table(d, 'notice', {
        ...thing,
        user_id: 'text not null references account(id) on delete cascade',
        kind: 'text not null',
        target_type: 'text not null',
        target_id: 'text not null',
        target_name: 'text',
        by_id: 'text',
        by_name: 'text not null',
        reason: 'text',
      }),
      'create index notice_user on notice (user_id, created)',
    ];
  },
};
