// The guards that a fourth, hostile reading added: around sharing, ownership and requests for access.
import type { Guard } from './list.ts';

const FOURTH = ['testing/fourth_reading.test.ts'];
const guard = (name: string, file: string, from: string, to: string, only: string, tests: readonly string[] = FOURTH): Guard => ({
  name,
  edits: [{ file, from, to }],
  tests,
  only,
});

export const sharingGuards: readonly Guard[] = [
  guard(
    'a role gains nothing on single things that its editor does not hold there',
    'access/holding.ts',
    'if (rows.length > 0) throw lacking(what, permission);\n  }\n};',
    'if (rows.length < 0) throw lacking(what, permission);\n  }\n};',
    'edits a role',
  ),
  guard(
    'a private thing is opened by who holds all of it',
    'kernel/refusal.ts',
    "new Set(['share', ...(isPrivate ? [] : all)])",
    "new Set(['share', ...(isPrivate ? all : [])])",
    'opened to the roles of others',
  ),
  guard(
    'whether a secret is private is its owner’s to say',
    'kernel/refusal.ts',
    "if (private_by === 'owner' && row[owner!] !== ctx.actor.id",
    "if (private_by === 'owner' && row[owner!] === undefined",
    'whether a secret is private',
  ),
  guard(
    'everybody at a level opens nothing to roles',
    'access/sharing/visibility.ts',
    "(general !== 'shared' && Number(row['private']) === 1)",
    "(general !== 'shared' && Number(row['private']) === 2)",
    'everybody at a level',
  ),
  guard(
    'one thing is shared for no longer than it is held',
    'access/holding.ts',
    "await (scope.scope === 'resource' || himself ?",
    'await (himself ?',
    'for longer than he holds it',
  ),
  guard(
    'nobody makes his own role last',
    'access/holding.ts',
    "await (scope.scope === 'resource' || himself ?",
    "await (scope.scope === 'resource' && himself ?",
    'made to last',
  ),
  guard('nobody joins a team that holds for longer', 'access/assign.ts', '`, account_id === ctx.actor.id);', '`, account_id === null);', 'made to last'),
  guard(
    'a limited token gives no thing away',
    'access/sharing/ownership.ts',
    "await mustHold(ctx, permissionsOn(ctx, resource.type), onThing(resource, row['id']),",
    "await mustHold(ctx, [], onThing(resource, row['id']),",
    'limited token',
  ),
  guard(
    'a step says whose a version is only where its caller made it',
    'resources/artifact_version/privacy.ts',
    'and v.user_id = ${ctx.actor.id} and not exists (',
    'and not exists (',
    'does not open|does not close',
  ),
  guard(
    'a step says whose a version is only where it lists it first',
    'resources/artifact_version/privacy.ts',
    "and o.step_run_id <> ${step['id']})",
    "and o.step_run_id <> ${step['id']} and 1 = 0)",
    'does not open|does not close',
  ),
  guard(
    'a run that is given away takes along what it wrote',
    'access/sharing/ownership.ts',
    'row[resource.access.owner!] as string | null, to);',
    'null, to);',
    'keeps nothing of what it wrote',
  ),
  guard('what an owner gave himself is not left to him', 'access/sharing/ownership.ts', '[to, row[resource.access.owner!] ?? to]', '[to]', 'leaves himself nothing'),
  guard(
    'a no stays a no for a day',
    'resources/access_request/access_request.ts',
    "row.decided === 'declined' && row.answered_at! >",
    "row.decided === 'declined' && row.answered_at! <",
    'declined',
  ),
  guard('what was asked and taken back counts', 'resources/access_request/asking.ts', 'if (Number(today) >= A_DAY)', 'if (Number(today) < 0)', 'has an end'),
  guard(
    'what the sharer does not see is looked into no further',
    'access/sharing/along.ts',
    "WHOLES.includes(part.resource.type) ? await find(ctx, part.resource, part.id, 'read') : null",
    "WHOLES.includes(part.resource.type) ? await find({ ...ctx, actor: { ...ctx.actor, unlimited: true } }, part.resource, part.id, 'read') : null",
    'beyond what the sharer sees',
  ),
  guard(
    'a name of the new owner is told to nobody',
    'access/owned.ts',
    'if (owner === null || !(resource.unique',
    'if (owner !== null || !(resource.unique',
    'does not tell what the other',
  ),
  guard(
    'sharing needs share',
    'access/sharing/levels.ts',
    'row: await authorize(ctx, resource, id, action)',
    "row: await authorize(ctx, resource, id, action === 'share' ? 'read' : action)",
    'from every route',
    ['access/sharing/matrix.test.ts'],
  ),
];
