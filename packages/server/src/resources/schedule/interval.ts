// How often a schedule comes round: said as the wire says durations (`PT1H`), kept as seconds so that it can be compared.
import { sql } from 'kysely';
import { Invalid } from '../../kernel/errors.ts';
import type { Alias } from '../../kernel/field.ts';
import { by } from '../../kernel/resource.ts';

const DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
/** The same length of time, as `PT<seconds>S`. Throws Invalid. */
export const inSeconds = (given: string): string => {
  if (/^\d+(\.\d+)?$/.test(given)) return `PT${given}S`;
  const found = DURATION.exec(given);
  if (found === null || given.length < 3) throw new Invalid(`interval_second: '${given}' is no length of time; write it as PT1H or as seconds`);
  const [days, hours, minutes, seconds] = found.slice(1).map((part) => Number(part ?? 0)) as [number, number, number, number];
  return `PT${((days * 24 + hours) * 60 + minutes) * 60 + seconds}S`;
};

const column = (t: Alias) => sql.ref(`${t}.interval_second`);
/** By the number of seconds. */
export const intervalFilter = by(
  'number',
  (t) =>
    sql`case when ${column(t)} like 'PT%S' and ${column(t)} not like '%H%' and ${column(t)} not like '%M%' then cast(substr(${column(t)}, 3, length(${column(t)}) - 3) as double precision) end`,
);
