import { secondsBetween, timestamp } from '../../../kernel/context.ts';
import { Invalid, Refused } from '../../../kernel/errors.ts';
import type { Values } from '../../../kernel/resource.ts';
import { matches, type Said } from './filter.ts';
import { hmac, same, text, type Provider } from './provider.ts';

/** A request that was signed longer ago is one that somebody kept. */
const TOLERANCE_SECONDS = 300;
const SOMEBODY = { team_id: 'text', channel_id: 'text', user_id: 'text' } as const;
const REACTION = { ...SOMEBODY, reaction: 'text', item_user_id: 'text', item_type: 'text', item_id: 'text' } as const;
const METADATA = { ...SOMEBODY, app_id: 'text', bot_id: 'text', metadata_event_type: 'text' } as const;

const byBot = (part: unknown): boolean =>
  text(part, 'bot_id') !== null || (part as Values | null)?.['bot_profile'] instanceof Object || text(part, 'subtype') === 'bot_message';
const who = (...parts: readonly unknown[]): string | null => parts.map((part) => text(part, 'user') ?? text(part, 'user_id')).find((found) => found !== null) ?? null;
/** All of these are there, or there is no meaning. */
const given = (required: Values, rest: Values = {}): Values | null => (Object.values(required).includes(null) ? null : { ...required, ...rest });

const mention = (e: Values): Values | null =>
  byBot(e) ? null : given({ channel_id: text(e, 'channel'), user_id: who(e) }, { text: text(e, 'text'), message_ts: text(e, 'ts'), thread_ts: text(e, 'thread_ts') });
const message = (e: Values): Values | null => {
  const content = (['message', 'previous_message'].map((name) => e[name] as unknown).find((part) => part instanceof Object && !Array.isArray(part)) ?? e) as Values;
  const found = {
    user_id: who(e, content),
    channel_id: text(e, 'channel') ?? text(content, 'channel'),
    channel_type: text(e, 'channel_type') ?? text(content, 'channel_type'),
    text: text(content, 'text'),
    subtype: text(e, 'subtype'),
    bot_authored: byBot(e) || byBot(content),
    message_ts: text(content, 'ts') ?? text(e, 'deleted_ts') ?? text(e, 'ts'),
    thread_ts: text(content, 'thread_ts') ?? text(e, 'thread_ts'),
  };
  const nameless = found.user_id === null || found.channel_id === null || found.message_ts === null;
  return found.subtype === null && !found.bot_authored && nameless ? null : found;
};
const ITEM: Readonly<Record<string, string>> = { message: 'ts', file: 'file', file_comment: 'file_comment' };
const reaction = (e: Values): Values | null => {
  const type = text(e, 'item', 'type') ?? '';
  const id = Object.hasOwn(ITEM, type) ? text(e, 'item', ITEM[type]!) : null;
  return given(
    { reaction: text(e, 'reaction'), user_id: who(e), item: id === null ? null : { type, id, channel_id: text(e, 'item', 'channel'), file_id: text(e, 'item', 'file') } },
    { channel_id: text(e, 'item', 'channel'), item_user_id: text(e, 'item_user') },
  );
};
const document = (value: unknown): Values | null => {
  const [event_type, event_payload] = [text(value, 'event_type'), (value as Values | null)?.['event_payload'] as unknown];
  return event_type === null || !(event_payload instanceof Object) ? null : { event_type, event_payload };
};
const metadata = (e: Values): Values | null =>
  given(
    { channel_id: text(e, 'channel_id'), app_id: text(e, 'app_id'), user_id: who(e), message_ts: text(e, 'message_ts'), metadata: document(e['metadata']) },
    { bot_id: text(e, 'bot_id') },
  );
const updated = (e: Values): Values | null => {
  const [now, before] = [metadata(e), document(e['previous_metadata'])];
  return now === null || before === null ? null : { ...now, previous_metadata: before };
};
const MEANINGS: Readonly<Record<string, (event: Values) => Values | null>> = {
  app_mention: mention,
  message,
  reaction_added: reaction,
  reaction_removed: reaction,
  message_metadata_posted: metadata,
  message_metadata_updated: updated,
  file_shared: (e) => given({ channel_id: text(e, 'channel_id'), user_id: who(e), file_id: text(e, 'file_id') }),
};

export const slack: Provider = {
  doubt: (body, headers, secret, now) => {
    const [signature, at] = [headers['x-slack-signature'], headers['x-slack-request-timestamp']];
    if (signature === undefined || !signature.startsWith('v0=')) return 'The header x-slack-signature is missing or malformed';
    if (at === undefined || !/^\d{1,12}$/.test(at)) return 'The header x-slack-request-timestamp is missing or malformed';
    if (Math.abs(secondsBetween(timestamp(BigInt(at) * 1_000_000n), now)) > TOLERANCE_SECONDS) return 'The request is too old, or from the future';
    return same(signature, `v0=${hmac(secret, `v0:${at}:`, body)}`) ? null : 'The signature does not fit';
  },
  read: (payload) => {
    switch (payload['type']) {
      case 'url_verification': {
        const challenge = text(payload, 'challenge');
        if (challenge === null) throw new Refused('The verification has no challenge');
        return { event: null, status: 200, body: { challenge } };
      }
      case 'app_rate_limited':
        return { event: null, status: 200 };
      case 'event_callback': {
        const [event_type, delivery_id] = [text(payload, 'event', 'type'), text(payload, 'event_id')];
        if (event_type === null || delivery_id === null) throw new Refused('The event needs event.type and event_id');
        return { event: { event_type, delivery_id, payload }, status: 200 };
      }
      default:
        throw new Refused('Deliveries of this type are not known');
    }
  },
  targets: {
    app_mention: { ...SOMEBODY, text: 'text', threaded: 'flag' },
    message: { ...SOMEBODY, channel_type: 'text', text: 'text', subtype: 'text', include_subtypes: 'flag', threaded: 'flag' },
    reaction_added: REACTION,
    reaction_removed: REACTION,
    message_metadata_posted: METADATA,
    message_metadata_updated: METADATA,
    file_shared: { ...SOMEBODY, file_id: 'text' },
  },
  all: false,
  judge: (target) => {
    if (target['include_subtypes'] === true && target['subtype'] !== null && target['subtype'] !== undefined)
      throw new Invalid('A target says either include_subtypes or which subtype');
  },
  meaning: ({ event_type, payload, delivery_id }) => {
    const event = payload['event'] as Values;
    const common = given({
      event_id: delivery_id,
      team_id: text(payload, 'team_id') ?? text(event, 'team_id'),
      event_time: typeof payload['event_time'] === 'number' ? payload['event_time'] : null,
      event_ts: text(event, 'event_ts'),
    });
    const found = common === null || !Object.hasOwn(MEANINGS, event_type) ? null : MEANINGS[event_type]!(event);
    return found === null ? null : { type: event_type, ...common, ...found };
  },
  view: ({ item, metadata: meta, subtype: _, ...meaning }) => ({
    ...meaning,
    threaded: (meaning['thread_ts'] ?? null) !== null,
    ...(item === undefined ? {} : { item_type: item['type'], item_id: item['id'] }),
    ...(meta === undefined ? {} : { metadata_event_type: meta['event_type'] }),
  }),
  // Without a word about subtypes a target means what people wrote themselves.
  fits: (target, meaning) =>
    target['type'] !== 'message' ||
    (target['subtype'] === null
      ? target['include_subtypes'] === true || (meaning['subtype'] === null && meaning['bot_authored'] === false)
      : matches(meaning['subtype'], target['subtype'] as Said)),
};
