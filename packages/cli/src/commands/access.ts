import type { Explanation, What, Who } from '@zendo/client';
import { arg, command, group, optionalArg, text } from '../core/command.ts';
import type { Context } from '../core/context.ts';
import { exit } from '../core/faults.ts';
import { columns } from '../output/columns.ts';
import { decline, grant, privateThings, request, requests } from './share/requests.ts';
import { missingText, question, reasonText, showWhat } from './access-parts.ts';

const args = {
  user: arg('user, service account or team'),
  action: arg('read, update, …; or a permission such as stack:update'),
  thing: optionalArg('TYPE/NAME, or TYPE'),
};
const options = { workspace: text('where a new thing would be created', { short: 'w' }) };
type Input = {
  readonly user: string;
  readonly action: string;
  readonly thing: string | undefined;
  readonly workspace: string | undefined;
};

const ask = async (ctx: Context, input: Input): Promise<Explanation> => {
  const api = await ctx.rolesApi();
  ctx.mention('users', input.user);
  const query = { principal: input.user, ...question(input.action, input.thing), project: input.workspace };
  return api.get<Explanation>('/access/explain', query);
};

const check = command({
  name: 'check',
  summary: 'May this person do that? Exit code 0 when allowed, 1 when not',
  examples: ['access check ada update stack/prod', 'access check ada create pipeline --workspace fraud'],
  args,
  options,
  run: async (ctx, input) => {
    const found = await ask(ctx, input);
    if (ctx.globals.output)
      await ctx.out.one(found, columns<Explanation>({ allowed: (one) => (one.allowed ? 'allowed' : 'denied') }));
    else ctx.out.lines(found.allowed ? 'allowed' : 'denied');
    return found.allowed ? exit.ok : exit.failed;
  },
});

const explain = command({
  name: 'explain',
  summary: 'May this person do that, and why (not)?',
  examples: [
    'access explain ada update stack/prod',
    'access explain ada user:create',
    'access explain ada read run/nightly -o json',
  ],
  args,
  options,
  run: async (ctx, input) => {
    const found = await ask(ctx, input);
    const reasons = columns<Explanation>({
      allowed: (one) => (one.allowed ? 'yes' : 'no'),
      principal: (one) => one.principal.name,
      permission: (one) => one.permission,
      why: (one) => one.reasons.map(reasonText).join('; ') || missingText(one.missing),
    });
    if (ctx.globals.output && ctx.globals.output !== 'table') return ctx.out.one(found, reasons);
    const why = found.allowed
      ? found.reasons.map(reasonText)
      : [missingText(found.missing) || `nothing gives ${found.permission}`];
    ctx.out.lines(
      `${found.allowed ? 'allowed' : 'denied'}: ${found.principal.name} ${found.permission}${input.thing?.includes('/') ? ` on ${input.thing}` : ''}`,
      ...why.map((line) => `  ${line}`),
    );
  },
});

type Row = { readonly name: string; readonly kind: string; readonly why: string };
const who = command({
  name: 'who',
  summary: 'Everybody who may do that, with reasons',
  examples: ['access who update stack/prod', 'access who user:create'],
  args: { action: args.action, thing: args.thing },
  run: async (ctx, input) => {
    const asked = question(input.action, input.thing);
    const found = await (await ctx.rolesApi()).get<Who>('/access/who', asked);
    const rows = found.principals.map(({ principal, reasons }): Row => ({
      ...principal,
      why: reasons.map(reasonText).join('; '),
    }));
    if (!rows.length) ctx.say(`Nobody may do this (${found.permission}).`);
    await ctx.out.list(
      found,
      rows,
      columns<Row>({ name: (row) => row.name, kind: (row) => row.kind, why: (row) => row.why }),
    );
  },
});

const what = command({
  name: 'what',
  summary: 'Everything that somebody may do, by scope',
  args: { user: args.user },
  run: async (ctx, input) => {
    const api = await ctx.rolesApi();
    const found = await api.get<What>('/access/what', { principal: ctx.mention('users', input.user) });
    await showWhat(ctx, found);
  },
});

export const access = group({
  name: 'access',
  summary: 'Who may do what, and why',
  commands: [check, explain, who, what, request, requests, grant, decline, privateThings],
});
