// The guards of the server, each with an edit that takes it away and the tests that must notice.
import { readingGuards } from './reading.ts';
import { sharingGuards } from './sharing.ts';
import { storeGuards } from './stores.ts';

interface Edit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}
export interface Guard {
  readonly name: string;
  readonly edits: readonly Edit[];
  /** Test files, under packages/server/src; `only` narrows them by the names of their tests. */
  readonly tests: readonly string[];
  readonly only?: string;
}

const edit = (file: string, from: string, to: string): Edit => ({ file, from, to });
const ORACLE = ['access/oracle.test.ts'];
const MATRIX = ['access/matrix.test.ts'];
const FILTERS = ['kernel/filter_oracle.test.ts'];
const LINKS = ['resources/invitation/links.test.ts'];
const never = 'if (0 === Number(1)) ';

/** What is judged by the predicate: the oracle compares it with two other readings. */
const judged = (name: string, file: string, from: string, to: string): Guard => ({ name, edits: [edit(file, from, to)], tests: ORACLE });

export const guards: readonly Guard[] = [
  judged(
    'a private thing is not opened by roles',
    'kernel/visible.ts',
    "const shown = resource.fields['private'] === undefined ? always : sql`${column(t, 'private')} = 0`;",
    'const shown = always;',
  ),
  judged('an owner is the owner', 'kernel/visible.ts', 'sql`${column(t, access.owner)} = ${actor.id}`', 'always'),
  judged(
    'a role must contain the permission',
    'kernel/visible.ts',
    'const held = actor.grants.filter((grant) => covers(grant.permissions, permission));',
    'const held = actor.grants;',
  ),
  judged('read is not write', 'kernel/actor.ts', "permission.endsWith(':read') ? 'read' : 'write'", "'read'"),
  judged(
    'a role in a project counts there only',
    'kernel/visible.ts',
    'const server = held.filter((grant) => grant.project_id === null || grant.project_id === within);',
    'const server = held;',
  ),
  judged('me must be held', 'kernel/visible.ts', "grant.project_id === null && grant.permissions.has('me')", 'grant.project_id === null'),
  { name: 'me is of oneself', edits: [edit('kernel/visible.ts', 'sql`${column(t, access.self)} = ${actor.id}`', 'always')], tests: ['kernel/visible.test.ts'] },
  judged('me is left out by a token that leaves it out', 'kernel/visible.ts', " && (actor.limit === null || actor.limit.has('me'))", ''),
  judged(
    'a token is limited',
    'kernel/visible.ts',
    '=> ctx.actor.limit !== null && !covers(ctx.actor.limit, permission);',
    '=> ctx.actor.limit !== null && !covers(ctx.actor.limit, permission) && false;',
  ),
  judged('a child is judged by its parent', 'kernel/visible.ts', ' where ${link} and ${branch.where})`', ' where ${link})`'),
  judged(
    'a private run is not shown by its pipeline',
    'kernel/visible.ts',
    "parent.unless_private === true && resource.fields['private'] !== undefined",
    'parent.unless_private === undefined',
  ),
  judged('an assignment expires', 'access/grants.ts', 'sql`(a.expires is null or a.expires > ${now})`', 'sql`(1 = 1 or a.expires > ${now})`'),
  judged(
    'a team is of its members',
    'access/grants.ts',
    'union all select m.team_id from team_member as m where m.account_id = ${account_id}`',
    'union all select m.team_id from team_member as m`',
  ),
  judged(
    'a direct role must contain the permission',
    'access/grants.ts',
    'and rp.permission in (${sql.join(permissions)})',
    'and (1 = 1 or rp.permission in (${sql.join(permissions)}))',
  ),
  {
    name: 'a direct role is of its type',
    edits: [
      edit('access/grants.ts', 'and a.resource_type = ${type} and', 'and (1 = 1 or a.resource_type = ${type}) and'),
      edit('access/grants.ts', '(types.has(type) ? directRows', '(types.size > 0 ? directRows'),
    ],
    tests: ORACLE,
  },
  judged('whoever is not active is nobody', 'access/grants.ts', "account === undefined || account['status'] !== 'active'", 'account === undefined'),
  judged('faces of one table are told apart', 'kernel/visible.ts', 'resource.only === undefined', 'resource.table !== resource.path'),

  {
    name: 'a row is asked for its own action',
    edits: [edit('kernel/verbs/act.ts', "given.params[rowParameter(operation)] ?? '', needs.row)", "given.params[rowParameter(operation)] ?? '', 'read')")],
    tests: MATRIX,
    only: 'every action',
  },
  {
    name: 'changing needs update',
    edits: [edit('kernel/verbs/update.ts', "authorize(ctx, resource, id_or_name, 'update')", "authorize(ctx, resource, id_or_name, 'read')")],
    tests: MATRIX,
    only: 'every action',
  },
  {
    name: 'removing needs delete',
    edits: [edit('kernel/verbs/remove.ts', "authorize(inside, resource, id_or_name, 'delete')", "authorize(inside, resource, id_or_name, 'read')")],
    tests: MATRIX,
    only: 'every action',
  },
  {
    name: 'creating needs create',
    edits: [
      edit(
        'kernel/verbs/create.ts',
        "if (!holds(ctx, permission, null)) throw await refuse(ctx, permission, wording(resource, 'create'));",
        `${never}throw await refuse(ctx, permission, wording(resource, 'create'));`,
      ),
    ],
    tests: MATRIX,
    only: 'creating',
  },
  {
    name: 'creating needs create in that very project',
    edits: [edit('kernel/verbs/create.ts', "if (!holds(ctx, permission, row['id'] as string)) throw", `${never}throw`)],
    tests: MATRIX,
    only: 'creating',
  },
  {
    name: 'the server asks for its permission',
    edits: [edit('kernel/verbs/act.ts', 'if (!holds(ctx, needs.permission, null))', never.trimEnd())],
    tests: MATRIX,
    only: 'what needs a permission',
  },
  {
    name: 'hidden and missing look the same',
    edits: [edit('kernel/refusal.ts', 'if (blind === null) throw new NotFound(', 'if (blind === null) throw new NotAllowed(')],
    tests: MATRIX,
    only: 'every action',
  },
  {
    name: 'nobody gets in without a credential',
    edits: [
      edit('http/mount.ts', "if (!isOpen && actor.kind === 'anonymous') throw", `${never}throw`),
      edit('kernel/verbs/act.ts', "if (ctx.actor.kind === 'anonymous') throw", `${never}throw`),
    ],
    tests: MATRIX,
    only: 'nobody without',
  },
  {
    name: 'a session ends in time',
    edits: [edit('auth/sessions.ts', "(row['expires'] !== null && row['expires'] <= ctx.now)", "(row['expires'] !== null && row['expires'] === ctx.now)")],
    tests: ['auth/tokens.test.ts'],
    only: 'a session ends when its time is over',
  },
  {
    name: 'a write is told in the audit log',
    edits: [edit('kernel/audit.ts', "await ctx.db.insertInto('audit_event').values(audit).execute();", '')],
    tests: ['kernel/verbs.test.ts'],
    only: 'a team is created',
  },
  {
    name: 'a write is an event',
    edits: [
      edit('kernel/audit.ts', "await ctx.db\n    .insertInto('outbox')", "void ctx.db\n    .insertInto('outbox')"),
      edit('kernel/audit.ts', 'project_id: act.project_id ?? null })\n    .execute();', 'project_id: act.project_id ?? null });'),
    ],
    tests: ['kernel/verbs.test.ts'],
    only: 'a team is created',
  },
  {
    name: 'a denial is told in the audit log',
    edits: [
      edit(
        'kernel/verbs/create.ts',
        "if (error instanceof NotAllowed) await recordDenial(ctx, { action: 'create'",
        "if (error instanceof TypeError) await recordDenial(ctx, { action: 'create'",
      ),
    ],
    tests: ['kernel/verbs.test.ts'],
    only: 'what is refused',
  },

  {
    name: 'a filter by a related thing needs to see it',
    edits: [edit('kernel/query.ts', "and ${visible(ctx, target, 'read', 'rel')} and (", 'and (')],
    tests: FILTERS,
    only: 'cannot ask by them',
  },
  {
    name: 'a field that cannot be read cannot be asked for',
    edits: [edit('kernel/find.ts', 'if (field?.needs === undefined) return plain;', 'return plain;')],
    tests: FILTERS,
    only: 'no key to anything',
  },
  {
    name: 'or stays within what is visible',
    edits: [
      edit(
        'kernel/page.ts',
        'sql`(${sql.join(request.conditions, request.or ? sql` or ` : sql` and `)})`',
        'sql`${sql.join(request.conditions, request.or ? sql` or ` : sql` and `)}`',
      ),
    ],
    tests: FILTERS,
    only: 'or never widens',
  },
  {
    name: 'what an input points to must be readable',
    edits: [
      edit(
        'kernel/validate.ts',
        "const row = await find(ctx, target, said, 'read', ['id']);",
        "const row = await find({ ...ctx, actor: { ...ctx.actor, unlimited: true } }, target, said, 'read', ['id']);",
      ),
    ],
    tests: ['kernel/refs.test.ts'],
  },
  {
    name: 'secrets stay out of the audit log',
    edits: [edit('kernel/audit.ts', 'if (field?.secret === true) return { secret: true };', '')],
    tests: ['kernel/audit.test.ts'],
  },
  {
    name: 'an undeclared operation stops the start',
    edits: [edit('kernel/registry.ts', 'if (need === undefined) return [`${where} does not declare who may call it`];', 'if (need === undefined) return [];')],
    tests: ['kernel/shape.test.ts'],
    only: 'stops the start',
  },

  {
    name: 'nobody hands out more than he holds',
    edits: [edit('access/holding.ts', 'const given = new Set(permissions);', 'const given = new Set([...permissions].slice(0, 0));')],
    tests: ['resources/account/holding.test.ts'],
    only: 'cannot hand out',
  },
  {
    name: 'an administrator remains',
    edits: [edit('access/holding.ts', 'if (Number(rows[0]!.n) === 0)', never.trimEnd())],
    tests: ['resources/account/last_admin.test.ts'],
  },
  {
    name: 'an administrator remains for good',
    edits: [edit('access/holding.ts', "and a.scope = 'server' and a.expires is null and (", "and a.scope = 'server' and (")],
    tests: ['resources/account/last_admin.test.ts'],
  },
  {
    name: 'a link is used once',
    edits: [
      edit('resources/invitation/accepting.ts', "row['consumed_at'] !== null || ", ''),
      edit('resources/invitation/accepting.ts', 'and consumed_at is null and revoked_at is null returning id', 'returning id'),
      edit('resources/invitation/accepting.ts', " || (row['kind'] === 'invite' && person['status'] !== 'pending')", ''),
    ],
    tests: LINKS,
  },
  { name: 'a link expires', edits: [edit('resources/invitation/accepting.ts', " || row['expires'] <= ctx.now", '')], tests: LINKS },
  {
    name: 'a revoked link is dead',
    edits: [
      edit('resources/invitation/accepting.ts', " || row['revoked_at'] !== null", ''),
      edit('resources/invitation/accepting.ts', 'and consumed_at is null and revoked_at is null returning id', 'and consumed_at is null returning id'),
    ],
    tests: LINKS,
  },
  {
    name: 'an inviter is checked again',
    edits: [edit('resources/invitation/accepting.ts', "await mustHoldAllOf(as, await principalsOf(ctx, person['id']), 'invite with these roles');", '')],
    tests: LINKS,
  },
  {
    name: 'the set-up link is asked for',
    edits: [edit('auth/setup.ts', 'if (given.length !== wanted.length || !timingSafeEqual(given, wanted))', never.trimEnd())],
    tests: ['auth/setup.test.ts'],
  },
  {
    name: 'set-up happens once',
    edits: [
      edit('auth/setup.ts', "if ((await loadSettings(ctx.db)).active) throw new NotAllowed('This server is set up already');", ''),
      edit('auth/setup.ts', 'if (settings.active) throw', `${never}throw`),
      edit('auth/setup.ts', 'setup_hash: null,', ''),
    ],
    tests: ['auth/setup.test.ts'],
  },
  {
    name: 'wrong passwords are counted',
    edits: [edit('auth/throttle.ts', 'if (over.length === 0) return;', 'return;')],
    tests: ['auth/login.test.ts'],
    only: 'after ten wrong passwords',
  },
  {
    name: 'a limited token makes no wider one',
    edits: [edit('resources/session/session.ts', 'if (wider !== undefined)', never.trimEnd())],
    tests: ['auth/tokens.test.ts'],
    only: 'a limited token makes no wider',
  },
  {
    name: 'a secret of one kind is none of another',
    edits: [
      edit('auth/tokens.ts', '.update(`${purpose}\\0${token}`)', '.update(token.slice(5))'),
      edit('auth/tokens.ts', 'token.startsWith(PREFIX[purpose]) && token.length < 100', 'token.length < 100'),
    ],
    tests: ['auth/purpose.test.ts'],
  },
  {
    name: 'a foreign page cannot ride on the cookie',
    edits: [edit('http/security.ts', "if (request.headers['x-zendo-request'] === undefined) return false;", 'return true;')],
    tests: ['http/origin.test.ts'],
  },
  {
    name: 'a foreign host name is not answered',
    edits: [edit('http/security.ts', 'if (!app.local && !allowed(app, request.headers.host))', never.trimEnd())],
    tests: ['http/origin.test.ts'],
  },
  ...storeGuards,
  ...readingGuards,
  ...sharingGuards,
];
