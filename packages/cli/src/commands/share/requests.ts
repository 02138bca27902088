import { path, type Envelope } from '@zendo/client';
import { arg, command, flag, text } from '../../core/command.ts';
import { ago } from '../../core/duration.ts';
import { showPage, fetchPage } from '../../core/list.ts';
import { findThing } from '../../core/things.ts';
import { done } from '../../core/show.ts';
import { columns } from '../../output/columns.ts';
import { expiry, LEVELS, level, place, until } from './parts.ts';
import { thingArg } from './share.ts';

type Request = Envelope<{
  readonly user_name: string;
  readonly mine: boolean;
  readonly target_type: string;
  readonly target_id: string;
  readonly target_name: string | null;
  readonly level: string;
  readonly state: string;
  readonly note: string | null;
  readonly answer: string | null;
  readonly created: string;
}>;
const requestColumns = columns<Request>({
  id: (one) => one.id,
  who: (one) => one.body.user_name,
  thing: (one) => `${one.body.target_type}/${one.body.target_name ?? one.body.target_id}`,
  level: (one) => one.body.level,
  state: (one) => one.body.state,
  asked: (one) => ago(one.body.created),
  note: (one) => one.body.note,
  answer: (one) => one.body.answer,
});

export const request = command({
  name: 'request',
  summary: 'Ask those who may share a thing to share it with you',
  notes: 'What you may not see is named by its id, as in a link. Whether it is there is not told.',
  examples: [
    'access request stack/prod --level edit --note "on call this week"',
    'access request run/0199c2f0-7c1e-7aaa-8000-2b1f0c3d4e5f',
  ],
  args: thingArg,
  options: { level: level(), note: text('what they read'), project: place() },
  run: async (ctx, input) => {
    const api = await ctx.rolesApi();
    const thing = await findThing(api, input.thing, input.project);
    const made = await api.post<Request>('/access_requests', {
      type: thing.type,
      id: thing.id,
      level: input.level ?? 'view',
      note: input.note ?? null,
    });
    await done(
      ctx,
      `Asked for ${made.body.level} on ${thing.type}/${thing.name}. Answered or not: ${ctx.program} access requests --mine`,
      made,
      requestColumns,
    );
  },
});

export const requests = command({
  name: 'requests',
  summary: 'Requests for access that wait for your answer, or your own',
  examples: ['access requests', 'access requests --mine', 'access requests --all'],
  options: { mine: flag('those that you made'), all: flag('also those that are answered or over') },
  run: async (ctx, input) => {
    const query = {
      mine: String(input.mine),
      sort_by: 'desc:created',
      ...(input.all || input.mine ? {} : { state: 'pending' }),
    };
    await showPage(
      ctx,
      await fetchPage<Request>(await ctx.rolesApi(), '/access_requests', query, true),
      requestColumns,
      input.mine ? 'You have asked for nothing.' : 'Nobody asks for anything.',
    );
  },
});

const which = { request: arg('id, from access requests') };
export const grant = command({
  name: 'grant',
  summary: 'Share what was asked for, at the level that was asked for or a lower one',
  examples: ['access grant 0199c2f0-7c1e-7aaa-8000-2b1f0c3d4e5f --level view --expires 7d'],
  args: which,
  options: {
    level: text('a lower level', { short: 'l', choices: LEVELS }),
    expires: until(),
    note: text('what the other reads'),
  },
  run: async (ctx, input) => {
    const body = { ...(input.level ? { level: input.level } : {}), ...expiry(input.expires), note: input.note ?? null };
    const made = await (await ctx.rolesApi()).post<Request>(path`/access_requests/${input.request}/grant`, body);
    await done(
      ctx,
      `${made.body.user_name} may now ${input.level ?? made.body.level} ${made.body.target_type}/${made.body.target_name ?? made.body.target_id}.`,
      made,
      requestColumns,
    );
  },
});

export const decline = command({
  name: 'decline',
  summary: 'Say no to a request for access',
  args: which,
  options: { note: text('what the other reads') },
  run: async (ctx, input) => {
    const made = await (
      await ctx.rolesApi()
    ).post<Request>(path`/access_requests/${input.request}/decline`, { note: input.note ?? null });
    await done(ctx, `Declined; ${made.body.user_name} sees it.`, made, requestColumns);
  },
});

type Closed = {
  readonly type: string;
  readonly id: string;
  readonly created: string;
  readonly owner: { readonly name: string | null } | null;
};
export const privateThings = command({
  name: 'private',
  summary: 'Private things of others, without their names: what an administrator could take over',
  examples: ['access private --workspace fraud', 'access private --user ada'],
  options: { workspace: text('in this workspace', { short: 'w' }), user: text('of this person', { short: 'u' }) },
  run: async (ctx, input) => {
    if (input.user) ctx.mention('users', input.user);
    const query = {
      ...(input.workspace ? { project: input.workspace } : {}),
      ...(input.user ? { user: input.user } : {}),
    };
    const found = await (await ctx.rolesApi()).get<readonly Closed[]>('/private_things', query);
    if (!found.length) ctx.say('There are none.');
    await ctx.out.list(
      found,
      found,
      columns<Closed>({
        thing: (one) => `${one.type}/${one.id}`,
        owner: (one) => one.owner?.name,
        created: (one) => ago(one.created),
      }),
    );
  },
});
