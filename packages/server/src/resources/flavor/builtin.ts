// Knows: what came with the server. Nobody owns it and nobody changes it; the genuine client cannot start without it.
import { sql } from 'kysely';
import { covers } from '../../kernel/actor.ts';
import { NotAllowed } from '../../kernel/errors.ts';
import type { Access, Resource, Values } from '../../kernel/resource.ts';

/** True for a row that came with the server. */
const isBuiltin = (row: Values): boolean => row['user_id'] === null && (row['is_custom'] === false || row['name'] === 'default');

/** Throws NotAllowed for a row that came with the server. */
export const judgeBuiltin = (resource: Pick<Resource, 'label'>, row: Values): void => {
  if (isBuiltin(row)) throw new NotAllowed(`The ${resource.label} '${row['name']}' came with the server and cannot be changed or removed; clients rely on it`);
};

/**
 * Who may read such things in one project only may also read what came with the server: the genuine client asks
 * for the default stack before it does anything (wire.md 2.7). `mark` tells those rows from others without an owner.
 */
export const builtinToReaders =
  (type: string, mark: { readonly column: string; readonly value: string | number }): NonNullable<Access['also']> =>
  (ctx, action, t) => {
    const permission = `${type}:read`;
    const held =
      action === 'read' && (ctx.actor.limit === null || covers(ctx.actor.limit, permission)) && ctx.actor.grants.some((grant) => covers(grant.permissions, permission));
    return held ? [{ text: 'it came with the server', where: sql`(${sql.ref(`${t}.user_id`)} is null and ${sql.ref(`${t}.${mark.column}`)} = ${mark.value})` }] : [];
  };
