import { describe, expect, test } from 'vitest';
import { parsePath } from './dynamic.ts';
import { matches, matchesAny } from './filter.ts';
import { providers } from './index.ts';
import { judgeConfiguration, wants, type Event } from './provider.ts';

const wanted = (kind: string, target: object, event: Event): boolean => {
  const provider = providers[kind]!;
  return wants(provider, judgeConfiguration(provider, { target_events: [target] }), event, provider.meaning(event));
};
const github = (event_type: string, payload: object): Event => ({ event_type, delivery_id: 'd', payload });

describe('conditions on texts', () => {
  test('compare in all their ways, and what is not there fits nothing', () => {
    expect(
      ['main', 'equals:main', 'startswith:ma', 'endswith:in', 'contains:ai', 'oneof:["x","main"]', 'notequals:x', 'odd:main'].map((said) => matches('main', said)),
    ).toEqual([...Array.from({ length: 7 }, () => true), false]);
    expect([matches(null, 'main'), matches(null, null), matches('odd:main', 'odd:main'), matches('b', ['a', 'b'])]).toEqual([false, true, true, true]);
    expect([matchesAny(['a', 'b'], 'b'), matchesAny(['a', 'b'], 'notequals:b'), matchesAny([], 'notequals:b')]).toEqual([true, false, false]);
  });

  test('lead into the body of any event', () => {
    expect(parsePath('a.b[0]["c d"][*]')).toEqual(['a', 'b', 0, 'c d', null]);
    for (const bad of ['', '.a', 'a.', 'a[', 'a[-1]', '[0]', 'a[*][*]', 'a b', 'a.b.c.d.e.f.g.h.i']) expect(() => parsePath(bad), bad).toThrow('is no path');
    const event = github('push', { commits: [{ by: 'ada' }, { by: 'bob' }], n: 3, ok: true });
    expect(wanted('custom', { type: 'dynamic', event_type: 'push', filters: { 'commits[*].by': 'bob', n: '3', ok: 'true' } }, event)).toBe(true);
    expect(wanted('custom', { type: 'dynamic', event_type: 'push', filters: { 'commits[*].by': 'notequals:bob' } }, event)).toBe(false);
    expect(wanted('custom', { type: 'dynamic', event_type: 'pull' }, event)).toBe(false);
  });
});

describe('what senders mean', () => {
  test('GitHub: a push to a branch, a merged request, an opened issue', () => {
    const repository = { full_name: 'o/r' };
    const push = github('push', { ref: 'refs/heads/main', repository, sender: { login: 'ada' }, head_commit: { id: 'c', message: 'm' } });
    expect(wanted('github', { type: 'push', repo: 'o/r', branch: ['x', 'main'], actor: 'ada' }, push)).toBe(true);
    expect(wanted('github', { type: 'push', branch: 'other' }, push)).toBe(false);
    expect(wanted('github', { type: 'push' }, github('push', { ref: 'refs/tags/v1', repository }))).toBe(false);
    const merged = { action: 'closed', repository, pull_request: { merged: true, base: { ref: 'main' }, head: { ref: 'f' }, user: { login: 'ada' } } };
    expect(wanted('github', { type: 'merged_pull_request', target_branch: 'main' }, github('pull_request', merged))).toBe(true);
    expect(wanted('github', { type: 'merged_pull_request' }, github('pull_request', { ...merged, pull_request: { ...merged.pull_request, merged: false } }))).toBe(false);
    const issue = github('issues', { action: 'opened', repository, issue: { number: 1, title: 't', labels: [{ name: 'bug' }] } });
    expect([wanted('github', { type: 'issue_opened', labels: 'bug' }, issue), wanted('github', { type: 'issue_opened', assignees: 'ada' }, issue)]).toEqual([
      true,
      false,
    ]);
  });

  test('Slack: what people write, not what robots do, unless it is asked for', () => {
    const slack = (event: object): Event => ({
      event_type: (event as { type: string }).type,
      delivery_id: 'E',
      payload: { team_id: 'T', event_time: 1, event: { event_ts: '1', channel: 'C', user: 'U', ts: '2', ...event } },
    });
    const plain = slack({ type: 'message', text: 'deploy now' });
    expect([wanted('slack', { type: 'message', text: 'contains:deploy' }, plain), wanted('slack', { type: 'message', threaded: true }, plain)]).toEqual([true, false]);
    const bot = slack({ type: 'message', text: 'x', bot_id: 'B' });
    expect([wanted('slack', { type: 'message' }, bot), wanted('slack', { type: 'message', include_subtypes: true }, bot)]).toEqual([false, true]);
    const reaction = slack({ type: 'reaction_added', reaction: 'rocket', item: { type: 'message', ts: '9', channel: 'C' } });
    expect([
      wanted('slack', { type: 'reaction_added', reaction: 'rocket', item_id: '9', channel_id: 'C' }, reaction),
      wanted('slack', { type: 'reaction_added', item_type: 'file' }, reaction),
    ]).toEqual([true, false]);
  });

  test('ClickUp: ids as texts or numbers, and the status after the change', () => {
    const event: Event = { event_type: 'taskStatusUpdated', delivery_id: null, payload: { task_id: 7, list_id: 'l', history_items: [{ after: { status: 'done' } }] } };
    expect([wanted('clickup', { type: 'taskStatusUpdated', task_id: '7', status: 'done' }, event), wanted('clickup', { type: 'taskUpdated' }, event)]).toEqual([
      true,
      false,
    ]);
  });

  test('a configuration that nobody can understand is refused in words', () => {
    const judge = (kind: string, configuration: object) => () => judgeConfiguration(providers[kind]!, configuration as never);
    expect(judge('github', {})).toThrow('target_events is missing');
    expect(judge('github', { target_events: [{ type: 'pushed' }] })).toThrow('the type of a target is one of merged_pull_request');
    expect(judge('github', { target_events: [{ type: 'push', brunch: 'x' }] })).toThrow("says nothing of 'brunch'");
    expect(judge('github', { target_events: [{ type: 'push', branch: 'oneof:x' }] })).toThrow('takes a JSON list');
    expect(judge('slack', { target_events: [{ type: 'message', include_subtypes: true, subtype: 'x' }] })).toThrow('either include_subtypes');
    expect(judgeConfiguration(providers['custom']!, {})).toEqual({ target_events: null });
  });
});
