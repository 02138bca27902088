// Knows: what is left of an explanation for somebody who may not see all that it rests on.
import { sql } from 'kysely';
import type { Context } from '../kernel/context.ts';
import { visible } from '../kernel/visible.ts';
import type { Reason } from './explain.ts';
import type { Holding } from './summary.ts';

interface Told {
  readonly server: readonly string[];
  readonly projects: readonly { readonly id: string; readonly name: string | null; readonly permissions: readonly string[] }[];
}

const VEILED: Reason = { kind: 'direct', text: 'has access given on this thing', role: null, team: null, scope: null, assignment_id: null, expires: null };

/** Those of the ids that the caller may read. */
const readable = async (ctx: Context, type: string, ids: readonly string[]): Promise<ReadonlySet<string>> => {
  if (ids.length === 0) return new Set();
  const resource = ctx.registry.get(type);
  const { rows } = await sql<{
    id: string;
  }>`select t.id from ${sql.table(resource.table)} as t where t.id in (${sql.join(ids)}) and ${visible(ctx, resource, 'read', 't')}`.execute(ctx.db);
  return new Set(rows.map((row) => row.id));
};

/** The reasons, where those that come from an assignment which the caller may not see say no more than that there is one. One's own are one's own. */
export const discreet = async (ctx: Context, principal_id: string, reasons: readonly Reason[]): Promise<readonly Reason[]> => {
  if (principal_id === ctx.actor.id) return reasons;
  const seen = await readable(
    ctx,
    'role_assignment',
    reasons.flatMap((reason) => reason.assignment_id ?? []),
  );
  const told = reasons.filter((reason) => reason.assignment_id === null || seen.has(reason.assignment_id));
  return told.length === reasons.length ? told : [...told, VEILED];
};

/** What somebody holds, with the names of those projects only that the caller may read. */
export const discreetHolding = async (ctx: Context, principal_id: string, holding: Holding): Promise<Told> => {
  if (principal_id === ctx.actor.id) return holding;
  const seen = await readable(
    ctx,
    'project',
    holding.projects.map((project) => project.id),
  );
  return { ...holding, projects: holding.projects.map((project) => ({ ...project, name: seen.has(project.id) ? project.name : null })) };
};
