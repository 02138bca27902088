// The answer to the question whether news may be sent. It is kept, and sent nowhere.
import Type from 'typebox';
import { quietly } from '../kernel/context.ts';
import { NotAllowed } from '../kernel/errors.ts';
import { action, onRow, type Operation } from '../kernel/resource.ts';
import { get } from '../kernel/verbs/get.ts';
import { change } from '../kernel/verbs/update.ts';
import { user } from '../resources/account/account.ts';

export const emailOptIn: Operation = action(user, {
  name: 'email_opt_in',
  method: 'PUT',
  path: '/{user_name_or_id}/email-opt-in',
  needs: onRow('update'),
  writes: true,
  input: Type.Object(
    {
      email: Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], maxLength: 255 })),
      email_opted_in: Type.Optional(Type.Unsafe<boolean | null>({ type: ['boolean', 'null'] })),
    },
    { additionalProperties: true },
  ),
  description: 'Say whether news may be sent to one’s own address. This server sends none.',
  run: async (ctx, { row, input, note }) => {
    if (row.id !== ctx.actor.id) throw new NotAllowed('Nobody opts in for somebody else');
    const said = Object.fromEntries(
      Object.entries({ email: input.email, email_opted_in: input.email_opted_in }).filter(([, value]) => value !== undefined && value !== null),
    );
    await change(quietly(ctx), user, row.id, said);
    note({ changes: Object.fromEntries(Object.entries(said).map(([name, after]) => [name, { before: row[name as 'email'] ?? null, after }])) });
    return { body: await get(ctx, user, row.id) };
  },
});
