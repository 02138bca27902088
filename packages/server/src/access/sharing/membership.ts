// The wire's own way of sharing one thing (POST /users/resource_membership): a list of actions in place of a level.
import Type from 'typebox';
import { NotFound, Refused } from '../../kernel/errors.ts';
import { operation, signedIn, type Operation, type Values } from '../../kernel/resource.ts';
import { actionsAt, levelRoles, nameOf, thingFor } from './levels.ts';
import { shareAt, shareeOf, unshare } from './shares.ts';

export const membership: Operation = operation({
  name: 'resource_membership',
  method: 'POST',
  path: '/users/resource_membership',
  needs: signedIn('share on the thing decides, as it is for each row'),
  writes: true,
  query: Type.Object(
    {
      resource_type: Type.String({ maxLength: 100 }),
      resource_id: Type.String({ maxLength: 255 }),
      user_id: Type.Optional(Type.String({ maxLength: 255 })),
      team_id: Type.Optional(Type.String({ maxLength: 255 })),
    },
    { additionalProperties: true },
  ),
  input: Type.Array(Type.String({ maxLength: 100 }), { maxItems: 50 }),
  description: 'Say which actions somebody may take on one thing; none takes all of them back.',
  run: async (ctx, call) => {
    const query = call.query as Values;
    const thing = await thingFor(ctx, query['resource_type'], query['resource_id'], 'share');
    if (query['user_id'] === ctx.actor.id || query['user_id'] === ctx.actor.name) throw new Refused('Nobody changes his own access this way');
    const sharee = await shareeOf(ctx, { user: query['user_id'], team: query['team_id'] }, thing.row);
    const { resource, row } = thing;
    const wanted = new Set(call.input.filter((action) => action !== 'create'));
    const said = [...wanted].sort().join();
    if (wanted.size === 0) {
      await unshare(ctx, thing, sharee).catch((error: unknown) => {
        if (!(error instanceof NotFound)) throw error;
      });
    } else {
      const levels = (await levelRoles(ctx)).map((role) => ({ level: role.level, actions: actionsAt(ctx, resource, role) }));
      const level = levels.find(({ actions }) => actions.toSorted().join() === said)?.level;
      if (level === undefined)
        throw new Refused(
          `A ${resource.label} is shared with ${levels.map(({ actions }) => actions.join(' + ')).join(', or with ')}; '${[...wanted].join(' + ')}' is none of these`,
        );
      await shareAt(ctx, thing, sharee, level, null);
    }
    call.note({ target: { type: resource.type, id: row['id'], name: nameOf(row) }, changes: { shared: { with: sharee.name, actions: [...wanted] } } });
    return { body: null };
  },
});
