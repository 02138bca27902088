// What a kind of webhook must know: how its senders sign, and what they say.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Invalid, Refused } from '../../../kernel/errors.ts';
import type { Values } from '../../../kernel/resource.ts';
import { fitsDynamic, judgeDynamic } from './dynamic.ts';
import { judgeFilter, matches, matchesAny, type Said } from './filter.ts';

export type Headers = Readonly<Record<string, string | undefined>>;
export interface Event {
  readonly event_type: string;
  /** What the sender calls this delivery; null where it has no name for it. */
  readonly delivery_id: string | null;
  readonly payload: Values;
}
export interface Delivery {
  /** Null where the sender only tries the address, or tells of itself. */
  readonly event: Event | null;
  readonly status: number;
  readonly body?: unknown;
}
/** What a target may say of an event: a condition on a text, on a list of texts, or yes or no. */
type Targets = Readonly<Record<string, Readonly<Record<string, 'text' | 'list' | 'flag'>>>>;
export interface Provider {
  /** Why the sender is not believed; null where he is. */
  readonly doubt: (body: Buffer, headers: Headers, secret: string, now: string) => string | null;
  /** What was sent. Throws Refused. */
  readonly read: (payload: Values, headers: Headers) => Delivery;
  readonly targets: Targets;
  /** Whether a trigger may want all events. */
  readonly all: boolean;
  /** The event in the words of its targets, with its `type`; null for one that no target describes. */
  readonly meaning: (event: Event) => Values | null;
  /** What the conditions are compared with, where it is not the meaning itself. */
  readonly view?: (meaning: Values) => Values;
  readonly judge?: (target: Values) => void;
  readonly fits?: (target: Values, meaning: Values) => boolean;
}

/** Are two texts the same? Takes as long for a wrong one as for one that is nearly right. */
export const same = (a: string, b: string): boolean => {
  const [left, right] = [a, b].map((text) => createHmac('sha256', 'compare').update(text).digest());
  return timingSafeEqual(left!, right!);
};
export const hmac = (secret: string, ...parts: readonly (string | Buffer)[]): string => {
  const digest = createHmac('sha256', secret);
  for (const part of parts) digest.update(part);
  return digest.digest('hex');
};
/** Judges a signature over the body: `sha256=<hex>`, or the hexadecimal digits alone. */
export const signedBy =
  (header: string, prefix: string): Provider['doubt'] =>
  (body, headers, secret) => {
    const given = headers[header];
    if (given === undefined || !given.startsWith(prefix)) return `The header ${header} is missing or malformed`;
    return same(prefix === '' ? given.toLowerCase() : given, prefix + hmac(secret, body)) ? null : 'The signature does not fit';
  };

/** A text inside a document, or null. */
export const text = (document: unknown, ...path: readonly string[]): string | null => {
  let value = document;
  for (const key of path) value = value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Values)[key] : undefined;
  return typeof value === 'string' && value !== '' ? value : null;
};
/** The text of a required header. Throws Refused. */
export const header = (headers: Headers, name: string): string => {
  const given = headers[name];
  if (given === undefined || given === '') throw new Refused(`The header ${name} is missing`);
  return given;
};

const MOST_TARGETS = 10;
/** The configuration of a trigger, complete. Throws Invalid. */
export const judgeConfiguration = (provider: Provider, given: Values): Values => {
  const list = given['target_events'] as unknown;
  if (list === undefined || list === null) {
    if (provider.all) return { target_events: null };
    throw new Invalid('configuration: target_events is missing');
  }
  if (!Array.isArray(list) || list.length > MOST_TARGETS || (list.length === 0 && !provider.all))
    throw new Invalid(`configuration: target_events takes 1 to ${MOST_TARGETS} targets`);
  return {
    target_events: list.map((target: unknown) => {
      if (target === null || typeof target !== 'object' || Array.isArray(target)) throw new Invalid('configuration: a target is an object with a type');
      const { type, ...said } = target as Values;
      const known =
        type === 'dynamic' ? { event_type: 'text', filters: 'text' } : typeof type === 'string' && Object.hasOwn(provider.targets, type) ? provider.targets[type]! : null;
      if (known === null) throw new Invalid(`configuration: the type of a target is one of ${[...Object.keys(provider.targets), 'dynamic'].join(', ')}`);
      const odd = Object.keys(said).find((name) => !Object.hasOwn(known, name));
      if (odd !== undefined) throw new Invalid(`configuration: a target of the type '${type}' says nothing of '${odd.slice(0, 100)}'`);
      if (type === 'dynamic') return judgeDynamic(said);
      const whole = Object.fromEntries(Object.entries(known).map(([name, kind]) => [name, kind === 'flag' ? flag(name, said[name]) : judgeFilter(name, said[name])]));
      provider.judge?.(whole);
      return { type, ...whole };
    }),
  };
};
const flag = (name: string, said: unknown): boolean | null => {
  if (said === undefined || said === null || typeof said === 'boolean') return said ?? null;
  throw new Invalid(`${name} is true or false`);
};

/** Does a trigger with this configuration want the event? */
export const wants = (provider: Provider, configuration: Values, event: Event, meaning: Values | null): boolean => {
  const targets = configuration['target_events'] as readonly Values[] | null;
  if (targets === null || targets.length === 0) return provider.all;
  return targets.some((target) => {
    if (target['type'] === 'dynamic') return fitsDynamic(target, event);
    if (meaning === null || meaning['type'] !== target['type']) return false;
    const seen = provider.view?.(meaning) ?? meaning;
    const fits = Object.entries(provider.targets[target['type'] as string]!).every(([name, kind]) => {
      if (!(name in seen)) return true;
      if (kind === 'flag') return target[name] === null || seen[name] === target[name];
      return kind === 'list' ? matchesAny(seen[name] as string[], target[name] as Said) : matches(seen[name], target[name] as Said);
    });
    return fits && (provider.fits?.(target, meaning) ?? true);
  });
};
