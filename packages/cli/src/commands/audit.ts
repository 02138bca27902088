import type { Envelope, Page } from '@zendo/client';
import { command, flag, group, many, number, text } from '../core/command.ts';
import { seconds, wireDate } from '../core/duration.ts';
import { usage } from '../core/faults.ts';
import { fetchPage, showPage } from '../core/list.ts';
import { columns } from '../output/columns.ts';

type Event = Envelope<{
  readonly created: string;
  readonly actor_name: string | null;
  readonly via: string | null;
  readonly action: string;
  readonly target_type: string | null;
  readonly target_name: string | null;
  readonly target_id: string | null;
  readonly outcome: string;
  readonly reason: string | null;
  readonly changes: unknown;
  readonly request_id: string | null;
}>;

const eventColumns = columns<Event>({
  at: ({ body }) => body.created.slice(0, 19).replace('T', ' '),
  actor: ({ body }) => body.actor_name,
  action: ({ body }) => body.action,
  target: ({ body }) => [body.target_type, body.target_name ?? body.target_id].filter(Boolean).join('/'),
  outcome: ({ body }) => body.outcome,
  reason: ({ body }) => body.reason,
  'via?': ({ body }) => body.via,
  'changes?': ({ body }) => (body.changes ? JSON.stringify(body.changes) : ''),
  'request_id?': ({ body }) => body.request_id,
  'id?': (event) => event.id,
});

// The wire wants dates in one form only, without T and fraction.
const date = (text: string, option: string): string => {
  if (!/^\d{4}-/.test(text))
    return wireDate(new Date(Date.now() - seconds(text, option) * 1000))
      .slice(0, 19)
      .replace('T', ' ');
  const at = new Date(text.length > 10 && !/[zZ]$/.test(text) ? `${text}Z` : text);
  if (Number.isNaN(at.getTime()))
    throw usage(`${option} ${text}: not a date`, 'Write it as 2026-12-31, 2026-12-31T18:00, 2h or 7d.');
  return wireDate(at).slice(0, 19).replace('T', ' ');
};

const list = command({
  name: 'list',
  aliases: ['ls'],
  summary: 'List who did what, newest first',
  examples: [
    'audit list',
    'audit list --actor ada --since 7d',
    'audit list --outcome denied -o json',
    'audit list --follow',
  ],
  options: {
    actor: text('who did it', { value: 'name' }),
    action: text('what was done, e.g. create'),
    type: text('type of the thing'),
    target: text('name of the thing', { value: 'name' }),
    outcome: text('success or denied', { value: 'outcome', choices: ['success', 'denied'] }),
    since: text('from then on: 2h, 7d or a date', { value: 'when' }),
    until: text('up to then', { value: 'when' }),
    filter: many('any other field', { value: 'field=value' }),
    page: number('page to show, from 1', { value: 'number' }),
    size: number('events on a page (20)', { value: 'number' }),
    all: flag('all pages as one'),
    follow: flag('go on showing what happens', { short: 'f' }),
  },
  run: async (ctx, input) => {
    const api = await ctx.api();
    const at = [
      ...(input.since ? [`gte:${date(input.since, '--since')}`] : []),
      ...(input.until ? [`lte:${date(input.until, '--until')}`] : []),
    ];
    const query = {
      ...Object.fromEntries(
        input.filter.map((one) => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)]),
      ),
      actor_name: input.actor,
      action: input.action,
      target_type: input.type,
      target_name: input.target,
      outcome: input.outcome,
      created: at,
      sort_by: 'desc:created',
      page: input.page,
      size: input.size,
    };
    const page = await fetchPage<Event>(api, '/audit_events', query, input.all);
    if (!input.follow) return showPage(ctx, page, eventColumns, 'Nothing found.');
    await follow(
      page,
      (from) => api.get<Page<Event>>('/audit_events', { ...query, created: `gte:${from}`, page: 1, size: 200 }),
      (event) =>
        ctx.out.lines(
          ctx.globals.output === 'json'
            ? JSON.stringify(event)
            : eventColumns
                .filter((column) => !column.extra)
                .map((column) => column.value(event) ?? '')
                .join('  '),
        ),
    );
  },
});

// The filter has seconds only, so the last one is asked for again and what was shown already is left out.
const follow = async (
  first: Page<Event>,
  since: (from: string) => Promise<Page<Event>>,
  show: (event: Event) => void,
): Promise<never> => {
  let seen = new Set<string>();
  let from = wireDate(new Date()).slice(0, 19).replace('T', ' ');
  for (let page = first; ; page = await since(from)) {
    for (const event of page.items.toReversed()) {
      if (!seen.has(event.id)) show(event);
      from = event.body.created.slice(0, 19).replace('T', ' ');
    }
    seen = new Set([...seen, ...page.items.map((event) => event.id)].slice(-1000));
    await new Promise((next) => setTimeout(next, 2000));
  }
};

export const audit = group({ name: 'audit', summary: 'Who did what', commands: [list] });
