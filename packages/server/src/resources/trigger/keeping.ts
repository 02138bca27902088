// What a trigger needs to be whole: each type says its own things, and nothing of the others'.
import type { Context } from '../../kernel/context.ts';
import { Invalid, NotAllowed } from '../../kernel/errors.ts';
import { must } from '../../kernel/find.ts';
import { authorize } from '../../kernel/refusal.ts';
import type { Values } from '../../kernel/resource.ts';
import { canonicalDate } from '../../kernel/validate.ts';
import { providers } from '../webhook/providers/index.ts';
import { judgeConfiguration } from '../webhook/providers/provider.ts';
import { EVENTS, SOURCES } from './events.ts';
import { judgePlan, nextOccurrence, type Plan } from './occurrence.ts';

const PLAN = ['cron_expression', 'interval', 'start_time', 'end_time', 'run_once_start_time', 'max_runs'] as const;
const SAYS: Readonly<Record<string, readonly string[]>> = {
  schedule: PLAN,
  platform_event: ['source_entity', 'target_events'],
  webhook: ['webhook_id', 'configuration'],
};
const FLAVORS: Readonly<Record<string, string>> = { schedule: 'native schedule', platform_event: 'platform event', webhook: 'webhook' };

/** Throws Invalid where a trigger says something that only another type says. */
const nothingElse = (type: string, said: Values): void => {
  const odd = Object.entries(SAYS)
    .filter(([other]) => other !== type)
    .flatMap(([, names]) => names)
    .find((name) => said[name] !== undefined && said[name] !== null);
  if (odd !== undefined) throw new Invalid(`A trigger of the type '${type}' has no ${odd}`);
};

const planOf = (row: Values): Plan => Object.fromEntries(PLAN.map((name) => [name, row[name] ?? null])) as unknown as Plan;

/** The time at which an active schedule comes due next. */
export const dueNext = (row: Values, after: string): string | null => (row['active'] === true && row['is_archived'] !== true ? nextOccurrence(planOf(row), after) : null);

/** Whoever listens to a thing must be allowed to change it: it will set off runs. Throws Invalid, NotFound, NotAllowed. */
const judgeSource = async (ctx: Context, row: Values): Promise<Values> => {
  const source = row['source_entity'] as Values | null;
  const kind = source === null || typeof source['type'] !== 'string' || !Object.hasOwn(SOURCES, source['type']) ? null : source['type'];
  if (kind === null || typeof source!['id'] !== 'string') throw new Invalid(`source_entity is {type, id}, with a type of ${Object.keys(SOURCES).join(', ')}`);
  const found = await authorize(ctx, ctx.registry.get(SOURCES[kind]!), source!['id'], 'update', ['id', 'project_id']);
  if (found['project_id'] !== row['project_id']) throw new Invalid('source_entity lies in another project');
  const events = (row['target_events'] ?? []) as readonly string[];
  const known = Object.keys(EVENTS[kind]!);
  const odd = events.find((event) => !known.includes(event));
  if (events.length === 0 || odd !== undefined) throw new Invalid(`target_events takes one or more of ${known.join(', ')}`);
  return { source_entity: { type: kind, id: found['id'] }, source_key: `${kind}:${found['id']}`, target_events: [...new Set(events)] };
};

/** What follows from what a trigger says. Throws where it does not say enough. */
const judged = async (ctx: Context, row: Values): Promise<Values> => {
  switch (row['type']) {
    case 'schedule':
      judgePlan(planOf(row));
      return {};
    case 'platform_event':
      return judgeSource(ctx, row);
    default: {
      if (typeof row['webhook_id'] !== 'string') throw new Invalid('webhook_id is missing');
      if (row['configuration'] === null || row['configuration'] === undefined) throw new Invalid('configuration is missing');
      const hook = await must(ctx, ctx.registry.get('webhook'), row['webhook_id'], 'read', ['webhook_type']);
      return { configuration: judgeConfiguration(providers[hook['webhook_type'] as string]!, row['configuration'] as Values) };
    }
  }
};

export const completeTrigger = async (ctx: Context, input: Values): Promise<Values> => {
  const type = input['type'] as string;
  nothingElse(type, input);
  const flavor = FLAVORS[type]!;
  if ((input['flavor'] ?? flavor) !== flavor) throw new Invalid(`A trigger of the type '${type}' has the flavor '${flavor}'`);
  const more = await judged(ctx, { ...input, type });
  return { is_archived: false, flavor, ...more, next_occurrence: type === 'schedule' ? dueNext({ ...input, is_archived: false }, ctx.now) : null };
};

export const changeTrigger = async (ctx: Context, row: Values, input: Values): Promise<Values> => {
  if (row['is_archived'] === true) throw new NotAllowed('What is archived stays as it is; make a new trigger');
  if (input['type'] !== undefined && input['type'] !== row['type']) throw new NotAllowed(`The type of a trigger stays '${row['type']}'; make a new one`);
  nothingElse(row['type'], input);
  const { type: _, flavor: __, next_occurrence: asked, ...said } = input;
  const after = { ...row, ...said };
  const own = SAYS[row['type'] as string]!.some((name) => said[name] !== undefined);
  const more = own ? await judged(ctx, after) : {};
  if (row['type'] !== 'schedule') return more;
  const wanted = typeof asked === 'string' && after['active'] === true ? canonicalDate('next_occurrence', asked) : null;
  return { ...more, next_occurrence: wanted ?? (own || said['active'] !== undefined ? dueNext(after, ctx.now) : row['next_occurrence']) };
};
