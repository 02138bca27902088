import type { Values } from '../../../kernel/resource.ts';
import { header, signedBy, text, type Provider } from './provider.ts';

const commit = (name: string | null, sha: string | null): Values | null => (sha === null ? null : { name, sha });
/** One text of each object in a list. */
const each = (list: unknown, name: string): readonly string[] => (Array.isArray(list) ? list.flatMap((item) => text(item, name) ?? []) : []);
/** All of these are there, or there is no meaning. */
const given = (required: Values, rest: Values): Values | null => (Object.values(required).includes(null) ? null : { ...required, ...rest });

const MEANINGS: Readonly<Record<string, (payload: Values) => Values | null>> = {
  pull_request: (p) =>
    p['action'] !== 'closed' || p['pull_request']?.['merged'] !== true
      ? null
      : given(
          { type: 'merged_pull_request', repo: text(p, 'repository', 'full_name'), target_branch: text(p, 'pull_request', 'base', 'ref') },
          {
            source_branch: text(p, 'pull_request', 'head', 'ref'),
            author: text(p, 'pull_request', 'user', 'login'),
            commit: commit(text(p, 'pull_request', 'title'), text(p, 'pull_request', 'merge_commit_sha')),
          },
        ),
  workflow_run: (p) =>
    p['action'] !== 'completed'
      ? null
      : given(
          { type: 'workflow_run_completed', workflow: text(p, 'workflow_run', 'name') },
          { conclusion: text(p, 'workflow_run', 'conclusion'), actor: text(p, 'workflow_run', 'actor', 'login') },
        ),
  push: (p) =>
    given(
      { type: 'push', repo: text(p, 'repository', 'full_name'), branch: /^refs\/heads\/(.+)$/s.exec(text(p, 'ref') ?? '')?.[1] ?? null },
      { actor: text(p, 'sender', 'login'), commit: commit(text(p, 'head_commit', 'message'), text(p, 'head_commit', 'id')) },
    ),
  release: (p) =>
    p['action'] !== 'published'
      ? null
      : given(
          { type: 'release_published', repo: text(p, 'repository', 'full_name'), tag: text(p, 'release', 'tag_name') },
          { target_branch: text(p, 'release', 'target_commitish'), actor: text(p, 'release', 'author', 'login') },
        ),
  issues: (p) =>
    p['action'] !== 'opened'
      ? null
      : given(
          {
            type: 'issue_opened',
            repo: text(p, 'repository', 'full_name'),
            number: typeof p['issue']?.['number'] === 'number' ? p['issue']['number'] : null,
            title: text(p, 'issue', 'title'),
          },
          {
            author: text(p, 'issue', 'user', 'login'),
            author_association: text(p, 'issue', 'author_association'),
            labels: each(p['issue']?.['labels'], 'name'),
            assignees: each(p['issue']?.['assignees'], 'login'),
            milestone: text(p, 'issue', 'milestone', 'title'),
            issue_type: text(p, 'issue', 'type', 'name'),
          },
        ),
};

export const github: Provider = {
  doubt: signedBy('x-hub-signature-256', 'sha256='),
  read: (payload, headers) => ({ event: { event_type: header(headers, 'x-github-event'), delivery_id: headers['x-github-delivery'] ?? null, payload }, status: 202 }),
  targets: {
    merged_pull_request: { repo: 'text', target_branch: 'text', source_branch: 'text', author: 'text' },
    workflow_run_completed: { workflow: 'text', conclusion: 'text', actor: 'text' },
    push: { repo: 'text', branch: 'text', actor: 'text' },
    release_published: { repo: 'text', tag: 'text', target_branch: 'text', actor: 'text' },
    issue_opened: { repo: 'text', author: 'text', author_association: 'text', labels: 'list', assignees: 'list', milestone: 'text' },
  },
  all: false,
  meaning: ({ event_type, payload }) => (Object.hasOwn(MEANINGS, event_type) ? MEANINGS[event_type]!(payload) : null),
};
