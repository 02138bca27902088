// Giving a role: who may do that depends on where it will hold.
import Type from 'typebox';
import { give } from '../../access/assign.ts';
import { atServer, inProject, type Scope } from '../../access/holding.ts';
import type { Context } from '../../kernel/context.ts';
import { Invalid } from '../../kernel/errors.ts';
import { must } from '../../kernel/find.ts';
import { authorize, refuse } from '../../kernel/refusal.ts';
import { action, signedIn, type Values } from '../../kernel/resource.ts';
import { canonicalDate, check } from '../../kernel/validate.ts';
import { answer as get } from '../../kernel/verbs/get.ts';
import { holds } from '../../kernel/visible.ts';
import { roleAssignment } from './role_assignment.ts';

const name = Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], minLength: 1, maxLength: 255 }));
const input = Type.Object(
  {
    role: Type.String({ minLength: 1, maxLength: 255 }),
    user: name,
    team: name,
    project: name,
    workspace: name,
    resource_type: name,
    resource_id: name,
    expires: Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], maxLength: 40 })),
  },
  { additionalProperties: false },
);

/** Where the role will hold. Throws unless the actor may give roles there: one permission at the server or project, `share` on one thing. */
const scopeOf = async (ctx: Context, given: Values): Promise<Scope> => {
  const project = given['project'] ?? given['workspace'];
  if (given['resource_type'] || given['resource_id']) {
    if (!given['resource_type'] || !given['resource_id'] || project) throw new Invalid('A role on one thing takes resource_type and resource_id, and no project');
    if (!ctx.registry.has(given['resource_type']) || !ctx.registry.get(given['resource_type']).access.share)
      throw new Invalid(`Nothing of the type '${given['resource_type']}' can be shared`);
    const row = await authorize(ctx, ctx.registry.get(given['resource_type']), given['resource_id'], 'share');
    return { scope: 'resource', project_id: null, resource_type: given['resource_type'], resource_id: row['id'] };
  }
  const at = project ? inProject((await must(ctx, ctx.registry.get('project'), project, 'read', ['id']))['id']) : atServer;
  if (!holds(ctx, 'role_assignment:create', at.project_id))
    throw await refuse(ctx, 'role_assignment:create', project ? `give roles in the project '${project}'` : 'give roles at the server', at.project_id);
  return at;
};

export const assign = action(roleAssignment, {
  name: 'create',
  method: 'POST',
  path: '',
  writes: true,
  input,
  needs: signedIn('where the role will hold decides: role_assignment:create at the server or in the project, or share on the one thing'),
  description: 'Give a role to a user, service account or team.',
  run: async (ctx, call) => {
    const given = check(input, call.input);
    if ((given['user'] ? 1 : 0) + (given['team'] ? 1 : 0) !== 1) throw new Invalid('Name either a user (or service account) or a team');
    const scope = await scopeOf(ctx, given);
    const role = await must(ctx, ctx.registry.get('role'), given['role'], 'read', ['id', 'name']);
    const principal = given['team']
      ? { user_id: null, team_id: (await must(ctx, ctx.registry.get('team'), given['team'], 'read', ['id']))['id'] as string }
      : { user_id: (await must(ctx, ctx.registry.get('account'), given['user'], 'read', ['id']))['id'] as string, team_id: null };
    const expires = given['expires'] ? canonicalDate('expires', given['expires']) : null;
    if (expires !== null && expires <= ctx.now) throw new Invalid('expires lies in the past');
    const id = await give(ctx, role, principal, scope, expires);
    call.note({ target: { id, name: `${role['name']} → ${given['team'] ?? given['user']}` }, changes: { role: role['name'], ...scope, expires } });
    return { body: await get(ctx, roleAssignment, id) };
  },
});
