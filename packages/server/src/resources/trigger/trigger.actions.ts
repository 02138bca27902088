// What is done with a trigger beyond reading and changing it: snapshots attached to it, its errors, its end.
import Type from 'typebox';
import { quietly, type Context } from '../../kernel/context.ts';
import { NotAllowed, NotFound, Refused } from '../../kernel/errors.ts';
import { must } from '../../kernel/find.ts';
import { parseJson } from '../../kernel/json.ts';
import { refuse } from '../../kernel/refusal.ts';
import { action, onRow, open, operation, type Operation, type Values } from '../../kernel/resource.ts';
import { remove } from '../../kernel/verbs/remove.ts';
import { holds } from '../../kernel/visible.ts';
import { flag } from '../../kernel/query.ts';
import { copySnapshot } from '../pipeline_snapshot/snapshot.copy.ts';
import { EVENTS } from './events.ts';
import { trigger } from './trigger.ts';

const switchOf = Type.Optional(Type.Union([Type.Boolean(), Type.String({ maxLength: 5 })]));
const said = (name: string, value: unknown, fallback: boolean): boolean => (typeof value === 'boolean' ? value : flag(name, value as string | undefined, fallback));

/** The links of a trigger that concern a snapshot: itself, or what was made from it. */
const linksTo = async (ctx: Context, trigger_id: string, snapshot_id: string): Promise<readonly Values[]> =>
  ctx.db
    .selectFrom('trigger_snapshot as ts')
    .innerJoin('pipeline_snapshot as ps', 'ps.id', 'ts.snapshot_id')
    .select(['ts.snapshot_id', 'ts.dispatch_state', 'ps.source_snapshot_id'])
    .where('ts.trigger_id', '=', trigger_id)
    .where((eb) => eb.or([eb('ps.id', '=', snapshot_id), eb('ps.source_snapshot_id', '=', snapshot_id)]))
    .execute();
const unlink = async (ctx: Context, trigger_id: string, links: readonly Values[]): Promise<void> => {
  for (const link of links) await ctx.db.deleteFrom('trigger_snapshot').where('trigger_id', '=', trigger_id).where('snapshot_id', '=', link['snapshot_id']).execute();
};
const notAttached = (id: string): NotFound => new NotFound(`The snapshot '${id}' is not attached to this trigger`);

export const triggerOperations: readonly Operation[] = [
  action(trigger, {
    name: 'attach',
    method: 'PUT',
    path: '/{trigger_id}/pipeline_snapshots/{snapshot_id}',
    needs: onRow('update'),
    writes: true,
    input: Type.Unsafe<Values | null>({ type: ['object', 'null'] }),
    query: Type.Object({ allow_replace: switchOf }, { additionalProperties: true }),
    description: 'Let a trigger start a snapshot, with a run configuration over it or as it is. The runs are those of whoever attaches it.',
    run: async (ctx, { row, params, input, query, note }) => {
      const snapshot = await must(ctx, ctx.registry.get('pipeline_snapshot'), params['snapshot_id']!, 'read');
      if (snapshot['project_id'] !== row.project_id) throw new NotFound(`There is no snapshot '${params['snapshot_id']}' in the project of the trigger`);
      if (row.is_archived) throw new NotAllowed('The trigger is archived; nothing can be attached to it any more');
      if (!holds(ctx, 'run:create', row.project_id)) throw await refuse(ctx, 'run:create', 'let a trigger start runs', row.project_id);
      // What it starts acts with all that its attacher holds then: a token that is limited cannot arrange for more than it may do itself.
      if (ctx.actor.limit !== null) throw new NotAllowed('A trigger acts with all that you hold, and this token is limited to less: attach the snapshot without it');
      if (snapshot['name'] === null) throw new NotAllowed('Only a snapshot that has a name can be attached to a trigger; give it one first');
      if (Number(snapshot['runnable']) !== 1)
        throw new Refused('This snapshot cannot be started from here: it needs a stack and a build that is not local. Build its images first');
      const before = await linksTo(ctx, row.id, snapshot['id']);
      if (before.length > 0 && !said('allow_replace', query.allow_replace, false))
        throw new NotAllowed('The snapshot is attached to this trigger already; say allow_replace, or detach it first');
      await unlink(ctx, row.id, before);
      const id = await copySnapshot(ctx, snapshot, input === null || Object.keys(input).length === 0 ? null : (input as Values));
      await ctx.db
        .insertInto('trigger_snapshot')
        .values({ trigger_id: row.id, snapshot_id: id, created: ctx.now, attached_by: ctx.actor.id || null, dispatch_state: null })
        .execute();
      note({ changes: { attached: snapshot['id'] } });
      return { body: null };
    },
  }),
  action(trigger, {
    name: 'detach',
    method: 'DELETE',
    path: '/{trigger_id}/pipeline_snapshots/{snapshot_id}',
    needs: onRow('update'),
    writes: true,
    description: 'Let a trigger start a snapshot no longer.',
    run: async (ctx, { row, params, note }) => {
      const snapshot = await must(ctx, ctx.registry.get('pipeline_snapshot'), params['snapshot_id']!, 'read', ['id']);
      const links = await linksTo(ctx, row.id, snapshot['id']);
      if (links.length === 0) throw notAttached(snapshot['id']);
      await unlink(ctx, row.id, links);
      note({ changes: { detached: snapshot['id'] } });
      return { body: null };
    },
  }),
  action(trigger, {
    name: 'clear_errors',
    method: 'DELETE',
    path: '/{trigger_id}/dispatch_state',
    needs: onRow('update'),
    writes: true,
    query: Type.Object({ snapshot_id: Type.Optional(Type.String({ maxLength: 36 })) }, { additionalProperties: true }),
    description: 'Forget the errors of a trigger, for one snapshot or for all.',
    run: async (ctx, { row, query }) => {
      const links =
        query.snapshot_id === undefined
          ? await ctx.db.selectFrom('trigger_snapshot').selectAll().where('trigger_id', '=', row.id).execute()
          : await linksTo(ctx, row.id, query.snapshot_id.toLowerCase());
      if (query.snapshot_id !== undefined && links.length === 0) throw notAttached(query.snapshot_id);
      for (const link of links) {
        const state = link['dispatch_state'] === null ? null : (parseJson(link['dispatch_state'] as string) as Values);
        if (state === null) continue;
        const { last_status, last_status_at, last_status_details } = state;
        await ctx.db
          .updateTable('trigger_snapshot')
          .set({ dispatch_state: last_status === 'ERROR' ? null : JSON.stringify({ last_status, last_status_at, last_status_details, last_error_count: 0 }) })
          .where('trigger_id', '=', row.id)
          .where('snapshot_id', '=', link['snapshot_id'])
          .execute();
      }
      return { body: null };
    },
  }),
  action(trigger, {
    name: 'delete',
    method: 'DELETE',
    path: '/{trigger_id}',
    needs: onRow('delete'),
    writes: true,
    query: Type.Object({ soft: switchOf }, { additionalProperties: true }),
    description: 'Archive a trigger: it starts nothing any more, but its runs still tell of it. With soft=false it goes altogether.',
    run: async (ctx, { row, query, note }) => {
      if (!said('soft', query.soft, true)) {
        await remove(quietly(ctx), ctx.registry.get('trigger'), row.id);
        return { body: null };
      }
      if (row.is_archived) throw new NotAllowed('The trigger is archived already; say soft=false to remove it altogether');
      const name = `${row.name.slice(0, 240)}_(${row.id.slice(-8)})`;
      await ctx.db.updateTable('run_trigger').set({ is_archived: 1, active: 0, next_occurrence: null, name, updated: ctx.now }).where('id', '=', row.id).execute();
      await ctx.db.deleteFrom('trigger_snapshot').where('trigger_id', '=', row.id).execute();
      note({ changes: { is_archived: { before: false, after: true } } });
      return { body: null };
    },
  }),
  operation({
    name: 'supported_events',
    method: 'GET',
    path: '/supported-events',
    needs: open('the words of the interface, the same for everybody'),
    writes: false,
    query: Type.Object({ source_type: Type.Optional(Type.String({ maxLength: 64 })) }, { additionalProperties: true }),
    description: 'The events of this server that a trigger can listen to.',
    run: async (_ctx, { query }) => {
      const known = Object.hasOwn(EVENTS, query.source_type ?? '') ? EVENTS[query.source_type!]! : null;
      if (known === null) throw new Refused(`source_type is one of ${Object.keys(EVENTS).join(', ')}`);
      return { body: Object.entries(known).map(([value, description]) => ({ value, description })) };
    },
  }),
];
