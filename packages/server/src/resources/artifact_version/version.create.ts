// Making artifact versions, and with them artifacts (wire.md 15.1).
import Type from 'typebox';
import { sql } from 'kysely';
import { newId, quietly, type Context } from '../../kernel/context.ts';
import { Conflict, Invalid } from '../../kernel/errors.ts';
import { must } from '../../kernel/find.ts';
import { plainNumber } from '../../kernel/json.ts';
import { authorize } from '../../kernel/refusal.ts';
import { action, signedIn, type Operation, type Values } from '../../kernel/resource.ts';
import { inputSchema } from '../../kernel/schemas.ts';
import { check } from '../../kernel/validate.ts';
import { insert } from '../../kernel/verbs/create.ts';
import { get } from '../../kernel/verbs/get.ts';
import { artifact } from '../artifact/artifact.ts';
import { lockRows } from '../run/situation.ts';
import { addEntries, typeOf } from '../run_metadata/publish.ts';
import { attach } from '../tag/taggable.ts';
import { artifactVersion } from './artifact_version.ts';
import { privateRunOf } from './privacy.ts';
import { prune, prunePreview } from './removing.ts';

const byName = (ctx: Context, project_id: string, name: string) =>
  ctx.db.selectFrom('artifact').select('id').where('project_id', '=', project_id).where('name', '=', name).executeTakeFirst();

/** The artifact that gets a version, locked; made where a name is new. Throws NotFound or NotAllowed where the caller may not change it. */
const artifactFor = async (ctx: Context, given: Values): Promise<Values> => {
  const custom = given['has_custom_name'] === true;
  if (given['artifact_id']) return authorize(ctx, artifact, given['artifact_id'], 'update');
  if (!given['artifact_name']) throw new Invalid('artifact_id or artifact_name is missing');
  const project = await must(ctx, ctx.registry.get('project'), given['project'], 'read', ['id']);
  let known = await byName(ctx, project['id'], given['artifact_name']);
  if (known === undefined) {
    // Whoever comes second waits here and then finds what the first one made.
    await lockRows(ctx, 'project', { id: project['id'] });
    known = await byName(ctx, project['id'], given['artifact_name']);
  }
  if (known === undefined) return insert(quietly(ctx), artifact, { name: given['artifact_name'], project: project['id'], has_custom_name: custom });
  const row = await authorize(ctx, artifact, known['id'], 'update', undefined, given['artifact_name']);
  if (custom && Number(row['has_custom_name']) !== 1)
    await ctx.db.updateTable('artifact').set({ has_custom_name: 1, updated: ctx.now }).where('id', '=', row['id']).execute();
  return row;
};

/** The version that is asked for, or the next number. Throws Conflict where it is taken. */
const versionFor = async (ctx: Context, artifact_id: string, said: unknown): Promise<{ version: string; version_number: number | null }> => {
  if (said === null || said === undefined || said === '') {
    const { rows } = await sql<{ n: number | null }>`select max(version_number) as n from artifact_version where artifact_id = ${artifact_id}`.execute(ctx.db);
    const next = Number(rows[0]?.n ?? 0) + 1;
    return { version: String(next), version_number: next };
  }
  const version = String(plainNumber(said));
  const taken = await ctx.db.selectFrom('artifact_version').select('id').where('artifact_id', '=', artifact_id).where('version', '=', version).executeTakeFirst();
  if (taken !== undefined) throw new Conflict(`The artifact has a version '${version}' already`);
  return { version, version_number: /^\d{1,15}$/.test(version) ? Number(version) : null };
};

const make = async (ctx: Context, given: Values): Promise<Values> => {
  const of = await artifactFor(ctx, given);
  await lockRows(ctx, 'artifact', { id: of['id'] });
  const numbered = { ...(await versionFor(ctx, of['id'], given['version'])), private_run_id: await privateRunOf(ctx, of['project_id']) };
  const { tags, metadata, visualizations, artifact_name: _name, version: _version, has_custom_name: _custom, ...columns } = given;
  const row = await insert(
    quietly(ctx),
    { ...artifactVersion, hooks: { create: () => ({ ...numbered, user_id: ctx.actor.id || null }) } },
    { ...columns, artifact_id: of['id'] },
  );
  for (const { type, uri } of (visualizations ?? []) as readonly Values[]) {
    await ctx.db.insertInto('artifact_visualization').values({ id: newId(), created: ctx.now, updated: ctx.now, artifact_version_id: row['id'], type, uri }).execute();
  }
  await attach(ctx, 'artifact_version', row['id'], tags);
  if (metadata)
    await addEntries(ctx, row['project_id'], [{ type: 'artifact_version', id: row['id'] }], {
      values: metadata,
      types: Object.fromEntries(Object.entries(metadata as Values).map(([key, value]) => [key, typeOf(value)])),
    });
  return { ...row, name: of['name'] };
};

const input = inputSchema(artifactVersion, 'create', (type) => type === 'project');
const needs = signedIn('writing a version needs update on its artifact, or create where the artifact is new');
export const artifactVersionOperations: readonly Operation[] = [
  action(artifactVersion, {
    name: 'create',
    method: 'POST',
    path: '',
    needs,
    writes: true,
    input,
    description: 'Note a version of an artifact; the artifact is made where there is none of that name.',
    run: async (ctx, call) => {
      const row = await make(ctx, call.input as Values);
      call.note({ target: { id: row['id'], name: `${row['name']} ${row['version']}` }, changes: { artifact: row['name'], version: row['version'] } });
      return { body: await get(ctx, artifactVersion, row['id']) };
    },
  }),
  action(artifactVersion, {
    name: 'create_batch',
    method: 'POST',
    path: '/batch',
    needs,
    writes: true,
    input: Type.Array(Type.Unsafe<Values>({ type: 'object' }), { maxItems: 10_000 }),
    description: 'Note several versions at once; all or none.',
    run: async (ctx, call) => {
      const made: Values[] = [];
      for (const given of call.input) made.push(await make(ctx, check(input, given, ctx.lenient)));
      // Ids alone: some of the artifacts may be private.
      call.note({ changes: { versions: made.map((row) => row['id']) } });
      const shown: unknown[] = [];
      for (const row of made) shown.push(await get(ctx, artifactVersion, row['id']));
      return { body: shown };
    },
  }),
  action(artifactVersion, {
    name: 'prune',
    method: 'DELETE',
    path: '',
    needs: signedIn('only versions of artifacts that the caller may prune are removed'),
    writes: true,
    description: 'Remove artifact versions that no run uses.',
    run: async (ctx, call) => {
      call.note({ changes: await prune(ctx, call.rawQuery as Values) });
      return { body: null };
    },
  }),
  action(artifactVersion, {
    name: 'prunable',
    method: 'GET',
    path: '/prunable',
    needs: signedIn('only versions of artifacts that the caller may prune are counted'),
    writes: false,
    description: 'What pruning would remove.',
    run: async (ctx, call) => ({ body: await prunePreview(ctx, call.rawQuery as Values) }),
  }),
];
