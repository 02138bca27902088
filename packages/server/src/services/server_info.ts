// What the server says of itself, and the settings that people change while it runs (wire.md 2).
import { sql } from 'kysely';
import Type from 'typebox';
import type { App } from '../app.ts';
import type { Context } from '../kernel/context.ts';
import { Invalid } from '../kernel/errors.ts';
import { must } from '../kernel/find.ts';
import { visible } from '../kernel/visible.ts';
import { atServer, operation, open, signedIn, type Operation, type Values } from '../kernel/resource.ts';
import { loadSettings, saveSettings } from './settings.ts';
import { VERSION, WIRE_VERSION } from './version.ts';

const nullableText = (max: number) => Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], maxLength: max }));
const flag = Type.Optional(Type.Unsafe<boolean | null>({ type: ['boolean', 'null'] }));
const input = Type.Object(
  {
    server_name: nullableText(255),
    logo_url: nullableText(2000),
    enable_analytics: flag,
    display_announcements: flag,
    display_updates: flag,
    onboarding_state: Type.Optional(Type.Unsafe({})),
    default_role: nullableText(255),
    default_visibility: Type.Optional(Type.Unsafe<'shared' | 'private' | null>({ enum: ['shared', 'private', null] })),
    invitation_hours: Type.Optional(Type.Unsafe<number | null>({ type: ['integer', 'null'], minimum: 1 })),
  },
  { additionalProperties: false },
);

const shown = async (ctx: Context, app: App) => {
  const { setup_hash: _secret, onboarding: _onboarding, ...settings } = await loadSettings(ctx.db);
  const { rows } = await sql<{ at: string | null }>`select max(last_seen) as at from account`.execute(ctx.db);
  return { body: { ...settings, public_url: app.publicUrl(), last_user_activity: rows[0]?.at ?? settings.updated }, metadata: {}, resources: {} };
};

export const serverInfo = (app: App): readonly Operation[] => [
  operation({
    name: 'info',
    method: 'GET',
    path: '/info',
    needs: open('clients ask before they can log in'),
    writes: false,
    description: 'What this server is.',
    run: async (ctx) => {
      const settings = await loadSettings(ctx.db);
      return {
        body: {
          id: settings.server_id,
          name: settings.server_name,
          version: WIRE_VERSION,
          active: settings.active,
          debug: false,
          deployment_type: 'other',
          database_type: app.database.dialect === 'sqlite' ? 'sqlite' : 'other',
          secrets_store_type: 'none',
          auth_scheme: 'OAUTH2_PASSWORD_BEARER',
          server_url: app.publicUrl(),
          dashboard_url: app.publicUrl(),
          analytics_enabled: false,
          metadata: {},
          last_user_activity: null,
          pro_dashboard_url: null,
          pro_api_url: null,
          pro_organization_id: null,
          pro_organization_name: null,
          pro_workspace_id: null,
          pro_workspace_name: null,
          zendo: { version: VERSION, setup_required: !settings.active, password_min_length: app.config.password_min_length, local: app.local },
        },
      };
    },
  }),
  operation({
    name: 'version',
    method: 'GET',
    path: '/version',
    needs: open('clients ask before they can log in'),
    writes: false,
    description: 'The version of the wire that this server speaks.',
    run: async () => ({ body: WIRE_VERSION }),
  }),
  operation({
    name: 'settings',
    method: 'GET',
    path: '/settings',
    needs: signedIn('nothing secret is among them'),
    writes: false,
    query: Type.Object({}, { additionalProperties: true }),
    description: 'The server’s settings.',
    run: async (ctx) => ({ body: await shown(ctx, app) }),
  }),
  operation({
    name: 'update_settings',
    method: 'PUT',
    path: '/settings',
    needs: atServer('settings:manage'),
    writes: true,
    input,
    description: 'Change the server’s settings.',
    run: async (ctx, call) => {
      const { onboarding_state: _ignored, ...given } = call.input as Values;
      const changes = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null && value !== undefined));
      if (changes['invitation_hours'] > app.config.invitation_max_hours) throw new Invalid(`invitation_hours can be at most ${app.config.invitation_max_hours}`);
      if (changes['default_role'] !== undefined)
        changes['default_role'] = (await must(ctx, ctx.registry.get('role'), changes['default_role'] as string, 'read', ['id', 'name']))['name'];
      if (changes['server_name'] === '') throw new Invalid('server_name cannot be empty');
      await saveSettings(ctx, changes);
      call.note({ target: { type: 'settings' }, changes });
      return { body: await shown(ctx, app) };
    },
  }),
  operation({
    name: 'statistics',
    method: 'GET',
    path: '/statistics',
    needs: signedIn('it counts only what the caller may see'),
    writes: false,
    description: 'How many stacks, components and projects there are.',
    run: async (ctx) => {
      const count = async (type: string) => {
        const resource = ctx.registry.get(type);
        return Number(
          (await sql<{ n: number }>`select count(*) as n from ${sql.table(resource.table)} as t where ${visible(ctx, resource, 'read', 't')}`.execute(ctx.db)).rows[0]!.n,
        );
      };
      return { body: { stacks: await count('stack'), components: await count('stack_component'), projects: await count('project') } };
    },
  }),
  operation({
    name: 'load_info',
    method: 'GET',
    path: '/load-info',
    needs: signedIn('it counts connections and tells nothing of what they do'),
    writes: false,
    description: 'How busy the server is. One thread answers requests.',
    run: async () => {
      const { connections, active, waiting } = app.database.load();
      return { body: { threads: 1, db_connections_total: connections, db_connections_active: active, db_connections_overflow: waiting } };
    },
  }),
  operation({
    name: 'onboarding_state',
    method: 'GET',
    path: '/onboarding_state',
    needs: signedIn('a list of steps that were taken'),
    writes: false,
    description: 'Steps of the introduction that are done.',
    run: async (ctx) => ({ body: (await loadSettings(ctx.db)).onboarding }),
  }),
];
