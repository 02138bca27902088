import { about, record, recordDenial, type Act } from '../audit.ts';
import { inTransaction, type Context } from '../context.ts';
import { NotAllowed, SignInNeeded } from '../errors.ts';
import { remember } from '../once.ts';
import { decodeRow } from '../present.ts';
import { authorize, refuse } from '../refusal.ts';
import type { Call, Operation, Reply, Values } from '../resource.ts';
import { check } from '../validate.ts';
import { holds } from '../visible.ts';
import { authorizeCreate } from './create.ts';

export interface Given {
  readonly params: Readonly<Record<string, string>>;
  readonly input: unknown;
  readonly query: Values;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** The first parameter of the path is the row that an operation is about. */
const rowParameter = (operation: Operation): string => /\{(\w+)\}/.exec(operation.path)?.[1] ?? 'id';

/**
 * Carries out a declared operation: authorize, validate, transaction, run, audit, event. What it throws undoes everything;
 * a denial is recorded.
 */
export const act = async (ctx: Context, operation: Operation, given: Given): Promise<Reply> => {
  let told: Act = { action: operation.name, target_type: operation.resource?.type ?? null };
  const inside = async (here: Context): Promise<Reply> => {
    const row = await authorizeOperation(here, operation, given);
    if (row !== null) told = { ...told, ...about(operation.resource!, row) };
    let actor = here.actor;
    const call: Call<unknown, unknown, unknown> = {
      row: row as never,
      prepared,
      rawQuery: given.query,
      rawBody: operation.raw === true ? (given.input as Buffer | undefined) : undefined,
      params: given.params,
      headers: given.headers,
      input: operation.input === undefined ? {} : check(operation.input, given.input, here.lenient),
      query: operation.query === undefined ? {} : check(operation.query, given.query, true),
      note: ({ changes, target, actor: other }) => {
        told = {
          ...told,
          ...(changes === undefined ? {} : { changes }),
          ...(target?.type === undefined ? {} : { target_type: target.type, row: undefined }),
          ...(target?.id === undefined ? {} : { target_id: target.id, row: undefined }),
          ...(target?.name === undefined ? {} : { target_name: target.name }),
        };
        actor = other ?? actor;
      },
    };
    const answer = await operation.run(here, call as never);
    // A refusal that had to keep something (a count of wrong codes) is an answer, but no deed.
    if (operation.writes && answer.idle !== true && (answer.status ?? 200) < 400) {
      await record({ ...here, actor }, told);
      if (operation.tells_once !== true) await remember(here, answer.body);
    }
    return answer;
  };
  let prepared: unknown;
  try {
    if (operation.prepare !== undefined)
      prepared = await operation.prepare(ctx, operation.input === undefined ? {} : check(operation.input, given.input, ctx.lenient), given.params, given.query);
    return operation.writes ? await inTransaction(ctx, inside) : await inside(ctx);
  } catch (error) {
    if (error instanceof NotAllowed && operation.writes) await recordDenial(ctx, told, error);
    throw error;
  }
};

const authorizeOperation = async (ctx: Context, operation: Operation, given: Given): Promise<Values | null> => {
  const { needs, resource } = operation;
  if ('open' in needs) return null;
  if (ctx.actor.kind === 'anonymous') throw new SignInNeeded('Not authenticated');
  if ('signed_in' in needs) return null;
  if ('permission' in needs) {
    if (!holds(ctx, needs.permission, null))
      throw await refuse(
        ctx,
        needs.permission,
        operation.description.replace(/\.$/, '').replace(/^\w/, (c) => c.toLowerCase()),
      );
    return null;
  }
  if ('create' in needs) {
    await authorizeCreate(ctx, resource!, given.input as Values);
    return null;
  }
  return decodeRow(resource!, await authorize(ctx, resource!, given.params[rowParameter(operation)] ?? '', needs.row));
};
