// Knows: what hangs on a thing beyond its own row: the steps of a snapshot, what goes in and out of a step, tags, metadata, logs.
import { sql } from 'kysely';
import { newId, type Context } from '../kernel/context.ts';
import type { Values } from '../kernel/resource.ts';
import { keepSteps } from '../resources/pipeline_snapshot/snapshot.create.ts';
import { newestValues } from '../resources/run_metadata/metadata.ts';
import { addEntries, typeOf } from '../resources/run_metadata/publish.ts';
import { link } from '../resources/stack/composition.ts';
import { mappedId } from './mapped.ts';
import { Missing, type Thing } from './row.ts';

/** Words of the wire for what carries tags and metadata here. */
const WIRE: Readonly<Record<string, string>> = { run: 'pipeline_run', step: 'step_run' };
const wireType = (type: string): string => WIRE[type] ?? type;
type Shown = Readonly<Record<string, readonly Values[] | undefined>>;
const entries = (shown: unknown): readonly (readonly [string, readonly Values[]])[] =>
  Object.entries((shown ?? {}) as Shown).map(([name, list]) => [name, Array.isArray(list) ? list : [list as unknown as Values]]);

export interface Extra {
  /** Columns that the declaration cannot read off the wire. */
  readonly columns?: (ctx: Context, source: string, thing: Thing, row: Values) => Promise<Values>;
  /** What is written once the row is there; also when it is taken again after a change over there. */
  readonly after?: (ctx: Context, source: string, thing: Thing, row: Values) => Promise<void>;
}

const versionId = (ctx: Context, source: string, id: string) => mappedId(ctx, source, 'artifact_version', id);

const composition = async (ctx: Context, source: string, thing: Thing): Promise<Record<string, string[]>> => {
  const made: Record<string, string[]> = {};
  for (const [type, parts] of entries(thing.metadata?.['components'])) {
    const ids = [];
    for (const part of parts) {
      const id = await mappedId(ctx, source, 'stack_component', part['id']);
      if (id === null) throw new Missing(`its ${type.replaceAll('_', ' ')} is not here`);
      ids.push(id);
    }
    if (ids.length > 0) made[type] = ids;
  }
  return made;
};

/** Artifact versions that a step takes or gives; those that are not here are left out. */
const links = async (ctx: Context, source: string, table: 'step_input' | 'step_output', thing: Thing, row: Values): Promise<void> => {
  await ctx.db.deleteFrom(table).where('step_run_id', '=', row['id']).execute();
  const shown = table === 'step_input' ? (thing.resources?.['inputs'] ?? thing.metadata?.['inputs']) : (thing.resources?.['outputs'] ?? thing.metadata?.['outputs']);
  for (const [name, list] of entries(shown))
    for (const [place, version] of list.entries()) {
      const artifact_version_id = await versionId(ctx, source, version['id']);
      if (artifact_version_id === null) continue;
      const more =
        table === 'step_output'
          ? {}
          : {
              type: version['input_type'] ?? 'step_output',
              input_index: version['index'] ?? null,
              chunk_index: version['chunk_index'] ?? null,
              chunk_size: version['chunk_size'] ?? null,
            };
      await ctx.db
        .insertInto(table)
        .values({ step_run_id: row['id'], name, place, artifact_version_id, ...more })
        .execute();
    }
};

const attachedSecrets =
  (type: 'stack' | 'stack_component') =>
  async (ctx: Context, source: string, thing: Thing, row: Values): Promise<void> => {
    for (const given of (thing.metadata?.['secrets'] ?? []) as readonly (string | Values)[]) {
      const secret_id = await mappedId(ctx, source, 'secret', typeof given === 'string' ? given : given['id']);
      if (secret_id === null) continue;
      await ctx.db
        .insertInto(`${type}_secret`)
        .values({ [`${type}_id`]: row['id'], secret_id })
        .onConflict((conflict) => conflict.columns([`${type}_id`, 'secret_id']).doNothing())
        .execute();
    }
  };

export const EXTRAS: Readonly<Record<string, Extra>> = {
  stack: {
    columns: async (ctx, source, thing) => ({ component_ids: JSON.stringify(await composition(ctx, source, thing)) }),
    after: async (ctx, source, thing, row) => {
      await link(ctx, row['id'], JSON.parse(row['component_ids']));
      await attachedSecrets('stack')(ctx, source, thing, row);
    },
  },
  stack_component: {
    columns: async (ctx, source, thing) => {
      const connector = (thing.metadata?.['connector'] ?? null) as Values | null;
      return { connector_id: connector === null ? null : await mappedId(ctx, source, 'service_connector', connector['id']) };
    },
    after: attachedSecrets('stack_component'),
  },
  pipeline_snapshot: {
    columns: async (_ctx, _source, thing) => ({ step_count: Object.keys((thing.metadata?.['step_configurations'] ?? {}) as object).length }),
    after: async (ctx, _source, thing, row) => {
      await ctx.db.deleteFrom('step_configuration').where('snapshot_id', '=', row['id']).execute();
      await keepSteps(ctx, row['id'], thing.metadata?.['step_configurations'] as Values | undefined);
    },
  },
  run: {
    after: async (ctx, source, thing, row) => {
      await sql`update pipeline set run_count = ${row['index']} where id = ${row['pipeline_id']} and run_count < ${row['index']}`.execute(ctx.db);
      await ctx.db.deleteFrom('run_output').where('pipeline_run_id', '=', row['id']).execute();
      for (const [name, version] of Object.entries((thing.resources?.['outputs'] ?? {}) as Readonly<Record<string, Values | null>>)) {
        const artifact_version_id = version === null ? null : await versionId(ctx, source, version['id']);
        if (artifact_version_id !== null) await ctx.db.insertInto('run_output').values({ pipeline_run_id: row['id'], name, artifact_version_id }).execute();
      }
    },
  },
  step: {
    after: async (ctx, source, thing, row) => {
      await links(ctx, source, 'step_input', thing, row);
      await links(ctx, source, 'step_output', thing, row);
    },
  },
  artifact_version: {
    columns: async (_ctx, _source, thing) => ({ version_number: /^\d{1,15}$/.test(String(thing.body?.['version'])) ? Number(thing.body!['version']) : null }),
    after: async (ctx, _source, thing, row) => {
      await ctx.db.deleteFrom('artifact_visualization').where('artifact_version_id', '=', row['id']).execute();
      for (const shown of (thing.metadata?.['visualizations'] ?? []) as readonly Values[])
        await ctx.db
          .insertInto('artifact_visualization')
          .values({
            id: shown['id'],
            created: shown['body']['created'],
            updated: shown['body']['updated'],
            artifact_version_id: row['id'],
            type: shown['body']['type'],
            uri: shown['body']['uri'],
          })
          .execute();
    },
  },
};

/** Tags that the thing carries, as far as they have been taken. */
export const putTags = async (ctx: Context, source: string, type: string, thing: Thing, id: string): Promise<void> => {
  for (const given of (thing.resources?.['tags'] ?? []) as readonly Values[]) {
    const tag_id = await mappedId(ctx, source, 'tag', given['id']);
    if (tag_id === null) continue;
    await ctx.db
      .insertInto('tag_resource')
      .values({ id: newId(), created: ctx.now, updated: ctx.now, tag_id, resource_type: wireType(type), resource_id: id })
      .onConflict((conflict) => conflict.columns(['resource_type', 'resource_id', 'tag_id']).doNothing())
      .execute();
  }
};

/** Values that the thing carries and that are not the newest here already. */
export const putMetadata = async (ctx: Context, type: string, thing: Thing, row: Values): Promise<void> => {
  const given = (thing.metadata?.['run_metadata'] ?? {}) as Values;
  if (Object.keys(given).length === 0 || !['run', 'step', 'artifact_version', 'model_version', 'schedule'].includes(type)) return;
  const here = new Map((await newestValues(ctx, wireType(type), [row['id']])).map((entry) => [entry.key, JSON.stringify(entry.value)]));
  const values = Object.fromEntries(Object.entries(given).filter(([key, value]) => !key.includes(':') && here.get(key) !== JSON.stringify(value)));
  const types = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, typeOf(value)]));
  await addEntries(ctx, row['project_id'], [{ type: wireType(type), id: row['id'] }], { values, types });
};

/** Where the logs of a run or step lie; they have no list of their own on the wire. */
export const logsOf = (type: string, thing: Thing, row: Values): readonly Thing[] => {
  if (type !== 'run' && type !== 'step') return [];
  const by = type === 'run' ? 'pipeline_run_id' : 'step_run_id';
  return ((thing.resources?.['log_collection'] ?? []) as readonly (Thing & Values)[])
    .filter((entry) => entry.body !== null && entry.body !== undefined)
    .map((entry) => ({ ...entry, body: { ...entry.body, [by]: row['id'], project_id: thing.body?.['project_id'] ?? row['project_id'] } }));
};
