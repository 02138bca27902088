// What is done with a webhook beyond reading and changing it: its secret, told once; and what came in.
import { randomBytes } from 'node:crypto';
import Type from 'typebox';
import { newId, quietly } from '../../kernel/context.ts';
import { NotFound } from '../../kernel/errors.ts';
import { parseJson } from '../../kernel/json.ts';
import { action, onRow, toCreate, type Operation, type Values } from '../../kernel/resource.ts';
import { inputSchema } from '../../kernel/schemas.ts';
import { insert } from '../../kernel/verbs/create.ts';
import { get } from '../../kernel/verbs/get.ts';
import { beginStats, sealSecret } from './keeping.ts';
import { webhook } from './webhook.ts';

const secret = Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], minLength: 1, maxLength: 1000 }));
/** 256 bits that nobody guesses. */
const newSecret = (): string => randomBytes(32).toString('base64url');
const schema = inputSchema(webhook, 'create', (type) => type === 'project');

export const webhookOperations: readonly Operation[] = [
  action(webhook, {
    name: 'create',
    method: 'POST',
    path: '',
    needs: toCreate,
    writes: true,
    tells_once: true,
    input: Type.Object({ ...schema.properties, secret, user: Type.Optional(Type.Unsafe({})) }, { additionalProperties: false }),
    description: 'Make a webhook. The secret with which its sender signs is made here where none is given, and told in this answer only.',
    run: async (ctx, { input, note }) => {
      const { secret: given, user: _, ...rest } = input as Values;
      const made = typeof given === 'string' ? null : newSecret();
      const id = newId();
      const sealed = await sealSecret(ctx, id, made ?? (given as string));
      const row = await insert(quietly(ctx), { ...webhook, hooks: { create: () => ({ id, secret: sealed }) } }, rest);
      await beginStats(ctx, id);
      note({ target: { id, name: row['name'] }, changes: { webhook_type: { after: row['webhook_type'] }, secret: { secret: true } } });
      return { body: { ...(await get(ctx, webhook, id)), secret: made } };
    },
  }),
  action(webhook, {
    name: 'rotate_secret',
    method: 'PUT',
    path: '/{webhook_id}/secret',
    needs: onRow('update'),
    writes: true,
    tells_once: true,
    input: Type.Object({ secret }, { additionalProperties: false }),
    description: 'Replace the secret of a webhook. The new one is told in this answer only; the old one is dead at once.',
    run: async (ctx, { row, input, note }) => {
      const made = input.secret ?? newSecret();
      await ctx.db
        .updateTable('webhook')
        .set({ secret: await sealSecret(ctx, row.id, made), updated: ctx.now })
        .where('id', '=', row.id)
        .execute();
      note({ changes: { secret: { secret: true } } });
      return { body: { secret: made } };
    },
  }),
  action(webhook, {
    name: 'raw_event',
    method: 'GET',
    path: '/{webhook_id}/events/raw',
    needs: onRow('read'),
    writes: false,
    query: Type.Object({ delivery_id: Type.Optional(Type.String({ maxLength: 255 })) }, { additionalProperties: true }),
    description: 'The body of an event as it came, while it is kept; without delivery_id the newest.',
    run: async (ctx, { row, query }) => {
      let found = ctx.db.selectFrom('webhook_event').select(['body', 'delivery_id']).where('webhook_id', '=', row.id);
      found = query.delivery_id === undefined ? found.orderBy('created', 'desc').limit(1) : found.where('delivery_id', '=', query.delivery_id);
      const event = await found.executeTakeFirst();
      if (event === undefined) throw new NotFound('There is no such event of this webhook, or it is no longer kept');
      return { body: { body: parseJson(event['body']) } };
    },
  }),
];
