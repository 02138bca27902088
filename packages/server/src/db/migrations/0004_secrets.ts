import { tallied, table, thing } from '../ddl.ts';
import type { Migration } from '../migrate.ts';

const mine = { ...thing, user_id: 'text references account(id)', private: 'bool not null' } as const;
const listed = (name: string): readonly string[] => [
  `create index ${name}_created on ${name} (created, id)`,
  `create index ${name}_shown on ${name} (private, created, id)`,
  `create index ${name}_user on ${name} (user_id, created, id)`,
];

/** Secrets, where they are attached, service connectors, and which keys have sealed something. */
export const secrets: Migration = {
  name: '0004_secrets',
  statements: (d) => [
    table(d, 'sealing_key', { id: 'id', created: 'text not null', proof: 'text not null' }),
    table(d, 'secret', { ...mine, name: 'text not null', values: 'text not null' }),
    // A name is one person's among his private secrets, and everybody's among the others.
    'create unique index secret_name on secret (name) where private = 0',
    'create unique index secret_private_name on secret (user_id, name) where private = 1',
    ...listed('secret'),
    ...tallied(d, 'secret', false),
    ...['stack', 'stack_component'].flatMap((type) => [
      table(
        d,
        `${type}_secret`,
        { [`${type}_id`]: `text not null references ${type}(id) on delete cascade`, secret_id: 'text not null references secret(id) on delete cascade' },
        [`primary key (${type}_id, secret_id)`],
      ),
      `create index ${type}_secret_secret on ${type}_secret (secret_id)`,
    ]),
    table(d, 'service_connector', {
      ...mine,
      name: 'text not null unique',
      description: 'text not null',
      connector_type: 'text not null',
      auth_method: 'text not null',
      resource_types: 'text not null',
      resource_id: 'text',
      supports_instances: 'bool not null',
      expires_at: 'text',
      expires_skew_tolerance: 'int',
      expiration_seconds: 'int',
      configuration: 'text not null',
      credentials: 'text',
      labels: 'text not null',
    }),
    ...listed('service_connector'),
    ...tallied(d, 'service_connector', false),
    `alter table stack_component add column connector_id text${d === 'postgres' ? ' collate "C"' : ''} references service_connector(id)`,
    'create index stack_component_connector on stack_component (connector_id)',
  ],
};
