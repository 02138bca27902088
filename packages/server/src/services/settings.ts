// Knows: the server's own settings that people change while it runs.
import type { Kysely } from 'kysely';
import type { Context, Tables } from '../kernel/context.ts';

export interface ServerSettings {
  readonly server_id: string;
  readonly server_name: string;
  readonly logo_url: string | null;
  readonly active: boolean;
  readonly enable_analytics: boolean;
  readonly display_announcements: boolean;
  readonly display_updates: boolean;
  /** Role of new people where none is named. */
  readonly default_role: string;
  /** Whether what people make is private or shared where they do not say it. */
  readonly default_visibility: 'shared' | 'private';
  readonly invitation_hours: number;
  readonly setup_hash: string | null;
  readonly onboarding: readonly string[];
  readonly updated: string;
}
const DEFAULTS: Omit<ServerSettings, 'server_id' | 'updated'> = {
  server_name: 'default',
  logo_url: null,
  active: false,
  enable_analytics: false,
  display_announcements: false,
  display_updates: false,
  default_role: 'admin',
  default_visibility: 'shared',
  invitation_hours: 72,
  setup_hash: null,
  onboarding: [],
};

/** All settings as they stand in this transaction. */
export const loadSettings = async (db: Kysely<Tables>): Promise<ServerSettings> => {
  const rows = await db.selectFrom('setting').select(['id', 'value', 'updated']).execute();
  const stored = Object.fromEntries(rows.map((row) => [row['id'], JSON.parse(row['value'])]));
  const updated = rows.reduce((latest, row) => (row['updated'] > latest ? row['updated'] : latest), '1970-01-01T00:00:00.000000');
  return { ...DEFAULTS, ...stored, updated } as ServerSettings;
};

/** Changes settings inside the caller's transaction. */
export const saveSettings = async (ctx: Context, changes: Partial<ServerSettings>): Promise<void> => {
  for (const [id, value] of Object.entries(changes)) {
    const row = { id, value: JSON.stringify(value), updated: ctx.now };
    await ctx.db
      .insertInto('setting')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ value: row.value, updated: ctx.now }))
      .execute();
  }
};
