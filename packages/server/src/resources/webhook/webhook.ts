import { sql } from 'kysely';
import { boolean, computed, inProject, named, oneOf, owned, shareable, standard, text } from '../../kernel/field.ts';
import { defineResource, one } from '../../kernel/resource.ts';
import { beforeWebhookRemove, statsOf } from './keeping.ts';
import { providers } from './providers/index.ts';

export const webhook = defineResource({
  type: 'webhook',
  path: 'webhooks',
  table: 'webhook',
  label: 'webhook',
  group: 'ml',
  tally: true,
  unique: [['project_id', 'name']],
  description: 'An address to which others send signed events; triggers start runs on them.',
  fields: {
    ...standard(),
    ...named(),
    ...owned(),
    ...inProject(),
    ...shareable(),
    webhook_type: oneOf(Object.keys(providers), { create: 'required' }),
    active: boolean({ default: true, update: true }),
    endpoint_url: computed<string>(
      'text',
      (t, ctx) => sql`${`${ctx.public_url ?? ''}/api/v1/webhooks/`} || ${sql.ref(`${t}.webhook_type`)} || '/' || ${sql.ref(`${t}.id`)} || '/events'`,
      { filter: false },
    ),
    secret: text({ tier: 'hidden', create: 'never', filter: false, secret: true }),
  },
  access: { scope: 'project', owner: 'user_id', share: true },
  relations: { user: one('account', { by: 'user_id' }), stats: statsOf },
  ignore: ['user'],
  null_keeps: true,
  // Creating tells the secret, once: webhook.actions.ts declares it.
  without: ['create'],
  hooks: { remove: beforeWebhookRemove },
  show: ['name', 'webhook_type', 'active', 'created'],
});
