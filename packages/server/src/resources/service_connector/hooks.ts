// Knows: what happens around a service connector: its configuration is checked and sealed, and it stays while components use it.
import { sql } from 'kysely';
import { newId, type Context } from '../../kernel/context.ts';
import { NotAllowed } from '../../kernel/errors.ts';
import type { Alias } from '../../kernel/field.ts';
import { flag } from '../../kernel/query.ts';
import type { Shown, Values } from '../../kernel/resource.ts';
import { always, visible, type Condition } from '../../kernel/visible.ts';
import { configured, openCredentials } from './configuring.ts';

const typeName = (given: unknown): string => (typeof given === 'string' ? given : (given as { connector_type: string }).connector_type);

/** A new connector: its type by name, its configuration in two parts. */
export const makeConnector = async (ctx: Context, input: Values): Promise<Values> => {
  const id = newId();
  const said = { ...input, connector_type: typeName(input['connector_type']) };
  return { configuration: {}, ...(await configured(ctx, id, said, input['configuration'] ?? {})), id, connector_type: said.connector_type };
};

/** How many components use it, those that the caller may not see among them. */
const uses = async (ctx: Context, id: string): Promise<{ all: number; seen: number }> => {
  const seen = visible(ctx, ctx.registry.get('stack_component'), 'read', 't');
  const { rows } = await sql<{ all: number; seen: number | null }>`select count(*) as "all", sum(case when ${seen} then 1 else 0 end) as seen
    from stack_component as t where t.connector_id = ${id}`.execute(ctx.db);
  return { all: Number(rows[0]!.all), seen: Number(rows[0]!.seen ?? 0) };
};
const users = ({ all, seen }: { all: number; seen: number }): string =>
  all !== seen ? 'components that you may not see' : all === 1 ? 'a component' : `${all} components`;

/** Throws NotAllowed where components rest on what would change: what it opens and how stays while it is used. */
export const changeConnector = async (ctx: Context, row: Values, input: Values): Promise<Values> => {
  const said: Values = { ...row, ...input, connector_type: input['connector_type'] === undefined ? row['connector_type'] : typeName(input['connector_type']) };
  const configuration = (input['configuration'] as Values | undefined) ?? null;
  // Another type or method cannot take over what was configured for the old one.
  const moved = said['connector_type'] !== row['connector_type'] || said['auth_method'] !== row['auth_method'];
  const stored = await configured(ctx, row['id'], said, configuration ?? (moved ? { ...row['configuration'], ...openCredentials(ctx, row) } : null));
  const after: Values = { ...said, ...stored };
  const fixed = ['connector_type', 'auth_method', 'resource_types', 'resource_id'].filter((name) => JSON.stringify(after[name]) !== JSON.stringify(row[name]));
  if (fixed.length > 0) {
    const used = await uses(ctx, row['id']);
    if (used.all > 0)
      throw new NotAllowed(`The service connector '${row['name']}' is used by ${users(used)}: its ${fixed.join(', ').replaceAll('_', ' ')} cannot change`);
  }
  return { ...stored, connector_type: said['connector_type'] };
};

/** Throws NotAllowed while components use it. */
export const keepUsed = async (ctx: Context, row: Values): Promise<void> => {
  const used = await uses(ctx, row['id']);
  if (used.all > 0) throw new NotAllowed(`The service connector '${row['name']}' is used by ${users(used)}; take it out there first`);
};

/** Whether secret parts are wanted: in single answers unless the caller says no, in lists only where he says so, inside other things never. */
const wanted = (ctx: Context, shown: Shown): boolean => {
  const asked = ctx.asked?.['expand_secrets'];
  return shown !== 'nested' && flag('expand_secrets', typeof asked === 'string' ? asked : asked?.at(-1), shown === 'alone');
};

/** The configuration of each connector of a page; its secret part for those who may read that. */
export const shownConfiguration = async (ctx: Context, rows: readonly Values[], shown: Shown): Promise<ReadonlyMap<string, unknown>> => {
  const plain = new Map<string, unknown>(rows.map((row) => [row['id'], row['configuration']]));
  if (!wanted(ctx, shown)) return plain;
  const { rows: open } = await sql<{ id: string }>`select t.id from service_connector as t
    where t.id in (${sql.join(rows.map((row) => row['id']))}) and ${visible(ctx, ctx.registry.get('service_connector'), 'read_secret_value', 't')}`.execute(ctx.db);
  for (const { id } of open) {
    const row = rows.find((one) => one['id'] === id)!;
    plain.set(id, { ...row['configuration'], ...openCredentials(ctx, row) });
  }
  return plain;
};

/** Whether a column holds a text, upper and lower case told apart on both databases. */
const holding = (t: Alias, name: string, text: string): Condition => sql`replace(${sql.ref(`${t}.${name}`)}, ${text}, '') <> ${sql.ref(`${t}.${name}`)}`;
/** Connectors that open things of this type. */
export const opening = (t: Alias, given: string): Condition => holding(t, 'resource_types', JSON.stringify(given.replaceAll('\0', '')));

const parsed = (given: string): Readonly<Record<string, string | null>> => {
  try {
    const document: unknown = JSON.parse(given);
    if (document !== null && typeof document === 'object' && !Array.isArray(document)) return document as Record<string, string | null>;
  } catch {
    /* name=value,name */
  }
  return Object.fromEntries(given.split(',').map((part) => (part.includes('=') ? [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)] : [part, null])));
};
/** Connectors with all of these labels: `{"name": "value", "other": null}` or `name=value,other`. */
export const labelled = (t: Alias, given: string): Condition => {
  const labels = Object.entries(parsed(given.replaceAll('\0', '')));
  if (labels.length === 0) return always;
  // Labels are stored as compact JSON; a quote inside a name or a value is escaped there, so that a match begins where a label does.
  const tests = labels.map(([name, value]) => {
    const key = `${JSON.stringify(name)}:`;
    const text = value === null ? key : `${key}${JSON.stringify(String(value))}`;
    return sql`(${holding(t, 'labels', `{${text}`)} or ${holding(t, 'labels', `",${text}`)})`;
  });
  return sql`(${sql.join(tests, sql` and `)})`;
};
