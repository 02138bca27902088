// What can be asked and done about who comes to a thing. All of it stands under /shares/{type}/{id}.
import Type from 'typebox';
import { Invalid } from '../../kernel/errors.ts';
import { authorize } from '../../kernel/refusal.ts';
import { find, must } from '../../kernel/find.ts';
import { atServer, operation, signedIn, type Call, type Operation, type Values } from '../../kernel/resource.ts';
import { holds } from '../../kernel/visible.ts';
import type { Context } from '../../kernel/context.ts';
import { hiddenParts } from './along.ts';
import { actionsOn, givable, levelNamed, LEVELS, nameOf, thingFor, type Level, type Thing } from './levels.ts';
import { closedThings, TAKE_OVER, takeOver, transfer } from './ownership.ts';
import { accessOf, peopleWith } from './people.ts';
import { endOf, everyoneOf, shareAt, shareeOf, sharesOf, unshare, type Share } from './shares.ts';
import { setGeneral, usesOf, type General } from './visibility.ts';

const text = (max = 255) => Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], maxLength: max }));
const whom = { user: text(), team: text(), everyone: Type.Optional(Type.Unsafe<boolean | null>({ type: ['boolean', 'null'] })) };
const asked = Type.Object({ user: text(), team: text(), everyone: text(), level: text(10) }, { additionalProperties: true });
const PATH = '/shares/{type}/{id}';
const judged = signedIn('share on the thing decides, as it is for each row');

const paramsOf = (call: Pick<Call<null, unknown, unknown>, 'params'>): readonly [string, string] => [call.params['type'] ?? '', call.params['id'] ?? ''];
/** The thing of the path, for an action on it; the log knows which it was also where it is refused. */
const thingOf = async (ctx: Context, call: Pick<Call<null, unknown, unknown>, 'params' | 'note'>, action: string): Promise<Thing> => {
  const [type, id] = paramsOf(call);
  const thing = await thingFor(ctx, type, id, action);
  call.note({ target: { type: thing.resource.type, id: thing.row['id'], name: nameOf(thing.row) } });
  return thing;
};
const queryWhom = (query: Values) => ({ user: query['user'], team: query['team'], everyone: query['everyone'] === 'true' });

/** Who comes to it without being named, as the caller may know it. */
const generalOf = (row: Values, shares: readonly Share[]): General =>
  shares.find((share) => share.principal.kind === 'everyone')?.level ?? (Number(row['private']) === 1 ? 'private' : 'shared');

/** What one sees of how a thing is shared: all for who may share it, else what concerns oneself. */
const shown = async (ctx: Context, thing: Thing): Promise<Values> => {
  const { resource, row } = thing;
  const owner_id = row[resource.access.owner!] as string | null;
  const account = owner_id === null ? null : await find(ctx, ctx.registry.get('account'), owner_id, 'read', ['id', 'name']);
  const [shares, actions] = [await sharesOf(ctx, thing), await actionsOn(ctx, resource, row['id'])];
  const may_share = actions.includes('share');
  const levels = may_share ? await givable(ctx, resource, row['id']) : [];
  const project =
    row['project_id'] === undefined || row['project_id'] === null ? null : await find(ctx, ctx.registry.get('project'), row['project_id'], 'read', ['id', 'name']);
  return {
    type: resource.type,
    label: resource.label,
    id: row['id'],
    name: nameOf(row),
    project: project === null ? null : { id: project['id'], name: project['name'] },
    private: Number(row['private']) === 1,
    general: generalOf(row, shares),
    everyone: { id: everyoneOf(row), scope: everyoneOf(row) === 'server' ? 'server' : 'project' },
    owner: owner_id === null ? null : { id: owner_id, name: account?.['name'] ?? null },
    mine: ctx.actor.id === '' || ctx.actor.unlimited ? null : await accessOf(ctx, thing, ctx.actor.id),
    may: { share: may_share, transfer: owner_id === ctx.actor.id, take_over: owner_id !== ctx.actor.id && holds(ctx, TAKE_OVER, null), levels },
    shares,
  };
};

/** The same once it has been changed, with what the caller holds now; null where he has shut himself out. */
const afterwards = async (ctx: Context, thing: Thing): Promise<Values | null> => {
  const now: Context = { ...ctx, actor: await ctx.reload(ctx.db, ctx.actor, ctx.now) };
  const row = await find(now, thing.resource, thing.row['id'], 'read');
  return row === null ? null : shown(now, { ...thing, row });
};

const read: readonly Operation[] = [
  operation({
    name: 'shares',
    method: 'GET',
    path: PATH,
    needs: signedIn('read on the thing decides; with whom it is shared is shown to who may share it'),
    writes: false,
    description: 'With whom a thing is shared, and what I may do about that.',
    run: async (ctx, call) => ({ body: await shown(ctx, await thingFor(ctx, ...paramsOf(call), 'read')) }),
  }),
  operation({
    name: 'shares_people',
    method: 'GET',
    path: `${PATH}/people`,
    needs: judged,
    writes: false,
    description: 'Everybody who can come to a thing, at which level and why.',
    run: async (ctx, call) => {
      const thing = await thingFor(ctx, ...paramsOf(call), holds(ctx, 'role_assignment:read', null) ? 'read' : 'share');
      return { body: await peopleWith(ctx, thing) };
    },
  }),
  operation({
    name: 'shares_hidden',
    method: 'GET',
    path: `${PATH}/hidden`,
    needs: judged,
    writes: false,
    query: asked,
    description: 'What the thing needs and would stay hidden to those with whom it is shared.',
    run: async (ctx, call) => {
      const thing = await thingFor(ctx, ...paramsOf(call), 'share');
      const query = call.query as Values;
      return { body: await hiddenParts(ctx, thing, await shareeOf(ctx, queryWhom(query), thing.row), levelNamed(query['level'] || 'view')) };
    },
  }),
  operation({
    name: 'shares_uses',
    method: 'GET',
    path: `${PATH}/uses`,
    needs: judged,
    writes: false,
    description: 'What of others would miss the thing if it were private.',
    run: async (ctx, call) => ({ body: await usesOf(ctx, await thingFor(ctx, ...paramsOf(call), 'share')) }),
  }),
];

const level = Type.String({ minLength: 1, maxLength: 10 });
const along = Type.Optional(
  Type.Unsafe<readonly { readonly type: string; readonly id: string }[] | null>({
    type: ['array', 'null'],
    maxItems: 200,
    items: { type: 'object', properties: { type: { type: 'string', maxLength: 100 }, id: { type: 'string', maxLength: 255 } }, required: ['type', 'id'] },
  }),
);

const write: readonly Operation[] = [
  operation({
    name: 'share',
    method: 'POST',
    path: PATH,
    needs: judged,
    writes: true,
    input: Type.Object({ ...whom, level, expires: text(40), along }, { additionalProperties: false }),
    description: 'Share a thing with a person, a service account, a team or everybody, or change the level; what it needs is shared along where it is named.',
    run: async (ctx, call) => {
      const thing = await thingOf(ctx, call, 'share');
      const { input } = call;
      const sharee = await shareeOf(ctx, input, thing.row);
      const [at, expires] = [levelNamed(input.level), endOf(ctx, input.expires)];
      await shareAt(ctx, thing, sharee, at, expires);
      const offered = (input.along ?? []).length === 0 ? [] : await hiddenParts(ctx, thing, sharee, at);
      for (const part of input.along ?? []) {
        const inner = await thingFor(ctx, part.type, part.id, 'share');
        const known = offered.find((hidden) => hidden.type === inner.resource.type && hidden.id === inner.row['id']);
        if (known !== undefined && inner.row[inner.resource.access.owner!] !== sharee.id) await shareAt(ctx, inner, sharee, known.level, expires);
      }
      const parts = offered.filter((hidden) => input.along!.some((part) => part.id === hidden.id)).map(({ type, id }) => ({ type, id }));
      call.note({ changes: { shared: { with: sharee.name, level: at, expires }, ...(parts.length > 0 ? { along: parts } : {}) } });
      return { body: { ...(await shown(ctx, thing)), hidden: await hiddenParts(ctx, thing, sharee, at) } };
    },
  }),
  operation({
    name: 'unshare',
    method: 'DELETE',
    path: PATH,
    needs: signedIn('share on the thing decides; one’s own share one may give back'),
    writes: true,
    query: asked,
    description: 'Take back what was shared with somebody.',
    run: async (ctx, call) => {
      const given = queryWhom(call.query as Values);
      const himself = given.user === ctx.actor.id || given.user === ctx.actor.name;
      const thing = await thingOf(ctx, call, himself ? 'read' : 'share');
      const sharee = himself
        ? { kind: 'account' as const, id: ctx.actor.id, name: ctx.actor.name, principal: { user_id: ctx.actor.id, team_id: null } }
        : await shareeOfAny(ctx, given, thing.row);
      await unshare(ctx, thing, sharee);
      call.note({ changes: { unshared: sharee.name } });
      return { body: await afterwards(ctx, thing) };
    },
  }),
  operation({
    name: 'set_general_access',
    method: 'PUT',
    path: PATH,
    needs: judged,
    writes: true,
    input: Type.Object(
      {
        general: Type.Unsafe<General>({ enum: ['private', 'shared', ...LEVELS, 'use'] }),
        confirm: Type.Optional(Type.Unsafe<boolean | null>({ type: ['boolean', 'null'] })),
      },
      { additionalProperties: false },
    ),
    description: 'Make a thing private, shared as far as roles go, or open to everybody at a level.',
    run: async (ctx, call) => {
      const thing = await thingOf(ctx, call, 'share');
      const { general } = call.input;
      await setGeneral(ctx, thing, general === 'private' || general === 'shared' ? general : levelNamed(general), call.input.confirm === true);
      call.note({ changes: { general } });
      return { body: await afterwards(ctx, thing) };
    },
  }),
  operation({
    name: 'transfer',
    method: 'POST',
    path: `${PATH}/transfer`,
    needs: signedIn('only the owner gives a thing away'),
    writes: true,
    input: Type.Object({ to: Type.String({ minLength: 1, maxLength: 255 }), keep: text(10), note: text(2000) }, { additionalProperties: false }),
    description: 'Give a thing to another owner.',
    run: async (ctx, call) => {
      const thing = await thingOf(ctx, call, 'share');
      const heir = await transfer(ctx, thing, call.input.to, keepAt(call.input.keep), call.input.note ?? null);
      call.note({ changes: { owner: { before: ctx.actor.name, after: heir.name, told: true } } });
      return { body: await afterwards(ctx, thing) };
    },
  }),
  operation({
    name: 'take_over',
    method: 'POST',
    path: `${PATH}/take_over`,
    needs: atServer(TAKE_OVER),
    writes: true,
    input: Type.Object({ reason: Type.String({ minLength: 1, maxLength: 2000 }), keep: text(10) }, { additionalProperties: false }),
    description: 'Become the owner of a thing of somebody else, who is told of it.',
    run: async (ctx, call) => {
      if (call.input.reason.trim() === '') throw new Invalid('reason is missing: the owner reads it');
      const { thing, before } = await takeOver(ctx, ...paramsOf(call), keepAt(call.input.keep), call.input.reason);
      call.note({
        target: { type: thing.resource.type, id: thing.row['id'], name: nameOf(thing.row) },
        changes: { owner: { before: before['name'], after: ctx.actor.name, told: true }, reason: { after: call.input.reason, told: true } },
      });
      return { body: await shown(ctx, { ...thing, row: await authorize(ctx, thing.resource, thing.row['id'], 'read') }) };
    },
  }),
  operation({
    name: 'private_things',
    method: 'GET',
    path: '/private_things',
    needs: atServer(TAKE_OVER),
    writes: false,
    query: Type.Object({ project: text(), user: text() }, { additionalProperties: true }),
    description: 'Private things of others by type, id and owner, without their names: what could be taken over.',
    run: async (ctx, call) => {
      const query = call.query as Values;
      const idOf = async (type: string, said: string | undefined) => (said ? ((await must(ctx, ctx.registry.get(type), said, 'read', ['id']))['id'] as string) : null);
      return { body: await closedThings(ctx, await idOf('project', query['project']), await idOf('account', query['user'])) };
    },
  }),
];

const keepAt = (said: string | null | undefined): Level | null => (said && said !== 'none' ? levelNamed(said) : null);
/** Also somebody who is not active any more can be taken off. */
const shareeOfAny = async (ctx: Context, given: ReturnType<typeof queryWhom>, row: Values) => {
  if (!given.user || given.team || given.everyone) return shareeOf(ctx, given, row);
  const person = await must(ctx, ctx.registry.get('account'), given.user, 'read', ['id', 'name']);
  return { kind: 'account' as const, id: person['id'] as string, name: person['name'] as string, principal: { user_id: person['id'] as string, team_id: null } };
};

export const sharingOperations: readonly Operation[] = [...read, ...write];
