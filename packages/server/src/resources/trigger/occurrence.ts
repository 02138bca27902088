// When a schedule comes due. All times are UTC, as everywhere on the wire. No database here.
import { Cron } from 'croner';
import { timestamp } from '../../kernel/context.ts';
import { Invalid } from '../../kernel/errors.ts';

export interface Plan {
  readonly cron_expression: string | null;
  readonly interval: number | null;
  readonly start_time: string | null;
  readonly end_time: string | null;
  readonly run_once_start_time: string | null;
}

const millis = (at: string): number => Date.parse(`${at.slice(0, 23)}Z`);
const written = (at: number): string => timestamp(BigInt(at) * 1000n);

/** The pattern of a cron expression: five fields, or a word such as `@daily`. Throws Invalid. */
const pattern = (expression: string): Cron => {
  const fields = expression.trim();
  if (!/^@\w+$/.test(fields) && fields.split(/\s+/).length !== 5)
    throw new Invalid(`cron_expression: '${expression.slice(0, 100)}' needs five fields: minute, hour, day, month, day of the week`);
  try {
    return new Cron(fields, { timezone: 'UTC', paused: true });
  } catch (error) {
    throw new Invalid(`cron_expression: ${(error as Error).message.replace(/^CronPattern: /, '')}`);
  }
};

/** Throws Invalid unless a plan says exactly one way of coming due, and its times fit together. */
export const judgePlan = (plan: Plan): void => {
  const ways = [plan.cron_expression, plan.interval, plan.run_once_start_time].filter((way) => way !== null);
  if (ways.length !== 1) throw new Invalid('A schedule says exactly one of cron_expression, interval and run_once_start_time');
  if (plan.interval !== null && plan.start_time === null) throw new Invalid('interval needs a start_time to count from');
  if (plan.interval !== null && plan.interval < 60) throw new Invalid('interval is at least 60 seconds');
  if (plan.start_time !== null && plan.end_time !== null && plan.end_time <= plan.start_time) throw new Invalid('end_time must be after start_time');
  if (plan.cron_expression !== null) pattern(plan.cron_expression);
};

/** The first time after `after` at which the schedule comes due; null where it does not any more. */
export const nextOccurrence = (plan: Plan, after: string): string | null => {
  const next = upcoming(plan, after);
  return next === null || (plan.end_time !== null && next > plan.end_time) ? null : next;
};
const upcoming = (plan: Plan, after: string): string | null => {
  if (plan.run_once_start_time !== null) return plan.run_once_start_time > after ? plan.run_once_start_time : null;
  if (plan.cron_expression !== null) {
    const from = plan.start_time !== null && plan.start_time > after ? plan.start_time : after;
    const found = pattern(plan.cron_expression).nextRun(new Date(millis(from)));
    return found === null ? null : written(found.getTime());
  }
  const [start, step] = [millis(plan.start_time!), plan.interval! * 1000];
  if (plan.start_time! > after) return plan.start_time;
  return written(start + (Math.floor((millis(after) - start) / step) + 1) * step);
};
