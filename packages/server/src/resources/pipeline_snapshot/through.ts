// What a thing shows, and is found by, because of the snapshot that it names: only as far as the caller may read that snapshot.
import { sql } from 'kysely';
import type { Context } from '../../kernel/context.ts';
import type { Alias } from '../../kernel/field.ts';
import { byIds } from '../../kernel/hydrate.ts';
import { parseJson } from '../../kernel/json.ts';
import { by, derived, filter, type Filter, type Values } from '../../kernel/resource.ts';
import { visible } from '../../kernel/visible.ts';
import { configTemplates } from './config_template.ts';

type Link = 'source_snapshot_id' | 'snapshot_id';
const readable = (ctx: Context, t: Alias) => visible(ctx, ctx.registry.get('pipeline_snapshot'), 'read', t);

const cache = new WeakMap<readonly unknown[], Promise<ReadonlyMap<string, Values>>>();
/** The snapshots of a page of things by the thing's id, asked for once however many relations show something of them. */
const snapshotsOf = (ctx: Context, link: Link, rows: readonly Values[]): Promise<ReadonlyMap<string, Values>> => {
  const load = async (): Promise<ReadonlyMap<string, Values>> => {
    const ids = [...new Set(rows.flatMap((row) => (row[link] as string | null) ?? []))];
    if (ids.length === 0) return new Map();
    const found =
      await sql<Values>`select s.id, s.pipeline_id, s.stack_id, s.build_id, s.code_reference_id, s.pipeline_spec from pipeline_snapshot as s where s.id in (${sql.join(ids)}) and ${readable(ctx, 's')}`.execute(
        ctx.db,
      );
    const of = new Map(found.rows.map((row) => [row['id'] as string, row]));
    return new Map(rows.flatMap((row) => (of.has(row[link]) ? [[row['id'] as string, of.get(row[link])!]] : [])));
  };
  const known = cache.get(rows) ?? load();
  cache.set(rows, known);
  return known;
};

/** A thing that the snapshot names in one of its columns. */
export const throughSnapshot = (link: Link, type: string, column: string) =>
  derived(
    async (ctx, rows) => {
      const snapshots = await snapshotsOf(ctx, link, rows);
      const things = await byIds(ctx, ctx.registry.get(type), [...new Set([...snapshots.values()].flatMap((row) => (row[column] as string | null) ?? []))]);
      return new Map([...snapshots].map(([id, row]) => [id, things.get(row[column]) ?? null]));
    },
    { empty: null },
  );

/** The specification of the snapshot's pipeline. */
export const pipelineSpec = (link: Link) =>
  derived(
    async (ctx, rows) =>
      new Map([...(await snapshotsOf(ctx, link, rows))].map(([id, row]) => [id, row['pipeline_spec'] === null ? null : parseJson(row['pipeline_spec'] as string)])),
    { empty: null, tier: 'metadata' },
  );

/** What a run of the snapshot could be told; null where it cannot be started again. */
export const templateOf = (link: Link) =>
  derived(
    async (ctx, rows) => {
      const snapshots = await snapshotsOf(ctx, link, rows);
      const templates = await configTemplates(
        ctx,
        [...snapshots.values()].map((row) => row['id'] as string),
      );
      return new Map([...snapshots].map(([id, row]) => [id, templates.get(row['id']) ?? null]));
    },
    { empty: null, tier: 'metadata' },
  );

/** Filters by the name or id of what the snapshot names. */
export const filterThrough = (link: Link, type: string, column: string): Filter =>
  filter(
    'text',
    (t, is, ctx) => {
      const target = ctx.registry.get(type);
      return sql`exists (select 1 from pipeline_snapshot as via join ${sql.table(target.table)} as rel on rel.id = ${sql.ref(`via.${column}`)} where via.id = ${sql.ref(`${t}.${link}`)}
        and ${readable(ctx, 'via')} and ${visible(ctx, target, 'read', 'rel')} and (${is(sql.ref('rel.name'))} or ${is(sql.ref('rel.id'))}))`;
    },
    { negate_outside: true },
  );

/** A column of the snapshot as a filter. */
export const columnThrough = (link: Link, column: string): Filter =>
  by('uuid', (t, ctx) => sql`(select ${sql.ref(`via.${column}`)} from pipeline_snapshot as via where via.id = ${sql.ref(`${t}.${link}`)} and ${readable(ctx, 'via')})`);

/** The repository that the snapshot's code came from. */
export const repositoryThrough = (link: Link): Filter =>
  by(
    'uuid',
    (t, ctx) => sql`(select cr.code_repository_id from pipeline_snapshot as via join code_reference as cr on cr.id = via.code_reference_id
    where via.id = ${sql.ref(`${t}.${link}`)} and ${readable(ctx, 'via')} and ${visible(ctx, ctx.registry.get('code_reference'), 'read', 'cr')})`,
  );
