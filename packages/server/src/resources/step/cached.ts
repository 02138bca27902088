// What a step that was not run takes from the one that was (wire.md 14.4, 14.5, 18).
import { sql } from 'kysely';
import type { Context } from '../../kernel/context.ts';
import type { Values } from '../../kernel/resource.ts';
import { attach, type TagWish } from '../tag/taggable.ts';
import { flat, updatable, type Named, type Origin } from './artifacts.ts';
import { originOf } from './origin.ts';

/** The origin that each input had in the original step; what that one did not have goes by the configuration. */
export const fromOriginal =
  (ctx: Context, original_id: string, document: Values): Origin =>
  async (name, artifact_version_id, place) => {
    const known = await ctx.db
      .selectFrom('step_input')
      .select(['type', 'input_index', 'chunk_index', 'chunk_size'])
      .where('step_run_id', '=', original_id)
      .where('name', '=', name)
      .where('artifact_version_id', '=', artifact_version_id)
      .executeTakeFirst();
    return known ?? originOf(document, {}, '')(name, artifact_version_id, place);
  };

/** The values that the original step published about itself are the cached one's too. */
export const inheritMetadata = async (ctx: Context, original_id: string, step_id: string): Promise<void> => {
  await sql`insert into run_metadata_resource (run_metadata_id, resource_type, resource_id)
    select l.run_metadata_id, l.resource_type, ${step_id} from run_metadata_resource as l join run_metadata as m on m.id = l.run_metadata_id
     where l.resource_type = 'step_run' and l.resource_id = ${original_id} and m.publisher_step_id = ${original_id}`.execute(ctx.db);
};

/** Tags of the pipeline that cascade go to the outputs too, where the caller may change them; for steps that run, the client sends them. */
export const passOnTags = async (ctx: Context, pipeline: Values, outputs: Named | null | undefined): Promise<void> => {
  const wishes = ((pipeline['tags'] ?? []) as readonly (string | TagWish)[]).filter((wish): wish is TagWish => typeof wish !== 'string' && wish.cascade === true);
  if (wishes.length === 0) return;
  for (const id of await updatable(
    ctx,
    flat(outputs).map((link) => link.artifact_version_id),
  ))
    await attach(ctx, 'artifact_version', id, wishes);
};
