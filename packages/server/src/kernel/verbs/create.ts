import { about, difference, record, recordDenial } from '../audit.ts';
import { inTransaction, newId, type Context } from '../context.ts';
import { NotAllowed, NotFound } from '../errors.ts';
import { find } from '../find.ts';
import { remember } from '../once.ts';
import { decodeRow, type Envelope } from '../present.ts';
import { askedFor, refuse, wording } from '../refusal.ts';
import type { Resource, Values } from '../resource.ts';
import { inputName } from '../schemas.ts';
import { validate } from '../validate.ts';
import { holds, permissionFor } from '../visible.ts';
import { conflicts } from './conflicts.ts';
import { answer } from './get.ts';

/**
 * Throws NotAllowed (or NotFound, for a project or parent that cannot be seen) where the actor may not create this.
 * What is judged by a parent needs that action on the parent; all else needs the permission at the server or in the project.
 */
export const authorizeCreate = async (ctx: Context, resource: Resource, given: Values): Promise<void> => {
  const permission = permissionFor(resource, 'create');
  // What a request cannot say judges nothing: it is dropped later, and would have opened a thing of somebody else by then.
  const said = (column: string): unknown => (resource.fields[column]!.create === 'never' ? undefined : given?.[inputName(column, resource.fields[column]!)]);
  if (resource.access.scope === 'parent') {
    for (const parent of resource.access.parents ?? []) {
      const judge = ctx.registry.get(parent.type);
      const id = said(parent.by);
      if (typeof id !== 'string') continue;
      const action = parent.needs?.['create'] ?? 'update';
      if ((await find(ctx, judge, id, action, ['id'])) !== null) return;
      if ((await find(ctx, judge, id, 'read', ['id'])) === null) throw new NotFound(`There is no ${judge.label} '${id}', or you may not see it`);
      throw await refuse(ctx, askedFor(ctx, judge, action), wording(resource, 'create'));
    }
    if (resource.access.owner !== null && (resource.access.parents ?? []).length === 0) return;
    // Where no parent is named, a borrowed permission may stand in: logs begin before their run does.
    if (resource.access.needs?.['create'] === undefined) throw await refuse(ctx, askedFor(ctx, resource, 'create'), wording(resource, 'create'));
  }
  const project = resource.access.scope !== 'server' && resource.fields['project_id'] !== undefined ? said('project_id') : undefined;
  if (typeof project === 'string' && !holds(ctx, permission, null)) {
    const row = await find(ctx, ctx.registry.get('project'), project, 'read', ['id']);
    if (row === null) throw new NotFound(`There is no project '${project}', or you may not see it`);
    if (!holds(ctx, permission, row['id'] as string)) throw await refuse(ctx, permission, wording(resource, 'create'), row['id'] as string);
    return;
  }
  if (!holds(ctx, permission, null)) throw await refuse(ctx, permission, wording(resource, 'create'));
};

/**
 * Creates one thing and answers it hydrated: authorize, validate, hook, write, audit, event, all in one transaction.
 * Throws NotAllowed, NotFound (what the input points to), Invalid, Conflict.
 */
export const create = async (ctx: Context, resource: Resource, given: unknown): Promise<Envelope> => {
  try {
    return await inTransaction(ctx, async (inside) => {
      const body = await answer(inside, resource, (await insert(inside, resource, given))['id'] as string);
      await remember(inside, resource.tells_once === true ? { id: body.id } : body);
      return body;
    });
  } catch (error) {
    if (error instanceof NotAllowed) await recordDenial(ctx, { action: 'create', target_type: resource.type }, error);
    throw error;
  }
};

/** Whether things are private where nobody says what they shall be: a setting of the server, for what people make. */
const privateByDefault = async (ctx: Context): Promise<boolean> => {
  if (ctx.actor.unlimited) return false;
  const setting = await ctx.db.selectFrom('setting').select('value').where('id', '=', 'default_visibility').executeTakeFirst();
  return setting?.['value'] === '"private"';
};

/** The same inside a transaction that is already open; returns the decoded row. */
export const insert = async (ctx: Context, resource: Resource, given: unknown): Promise<Values> => {
  await authorizeCreate(ctx, resource, (given ?? {}) as Values);
  const { columns, input } = await validate(ctx, resource, 'create', given);
  if (columns['private'] === 0 && input['private'] !== false && (await privateByDefault(ctx))) columns['private'] = 1;
  const completed = (await resource.hooks?.create?.(ctx, { ...input, ...decodeRow(resource, columns) })) ?? {};
  const owner = resource.access.owner;
  const row: Values = {
    id: newId(),
    created: ctx.now,
    updated: ctx.now,
    ...resource.only,
    ...columns,
    ...encode(completed),
    ...(owner === null || ctx.actor.id === '' ? {} : { [owner]: (completed[owner] as string | undefined) ?? ctx.actor.id }),
  };
  await conflicts(resource, row, () => ctx.db.insertInto(resource.table).values(row).execute());
  const decoded = decodeRow(resource, row);
  await resource.hooks?.created?.(ctx, decoded, input);
  await record(ctx, { action: 'create', ...about(resource, row), changes: difference(resource, null, decoded) });
  return decoded;
};

/** Booleans and documents in the form in which both databases keep them. */
export const encode = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (typeof value === 'boolean') return [name, value ? 1 : 0];
      return [name, value !== null && typeof value === 'object' ? JSON.stringify(value) : value];
    }),
  );
