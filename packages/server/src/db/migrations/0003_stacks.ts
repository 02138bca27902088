import { tallied, table, thing } from '../ddl.ts';
import type { Migration } from '../migrate.ts';

const mine = { ...thing, user_id: 'text references account(id)', private: 'bool not null' } as const;

/** Flavors, stack components and stacks. */
export const stacks: Migration = {
  name: '0003_stacks',
  statements: (d) => [
    table(
      d,
      'flavor',
      {
        ...mine,
        name: 'text not null',
        type: 'text not null',
        display_name: 'text not null',
        integration: 'text',
        source: 'text not null',
        logo_url: 'text',
        is_custom: 'bool not null',
        config_schema: 'text not null',
        connector_type: 'text',
        connector_resource_type: 'text',
        connector_resource_id_attr: 'text',
        docs_url: 'text',
        sdk_docs_url: 'text',
      },
      ['unique (type, name)'],
    ),
    'create index flavor_created on flavor (created, id)',
    'create index flavor_shown on flavor (private, created, id)',
    'create index flavor_user on flavor (user_id, created, id)',
    ...tallied(d, 'flavor', false),
    table(
      d,
      'stack_component',
      {
        ...mine,
        name: 'text not null',
        type: 'text not null',
        flavor_name: 'text not null',
        flavor_id: 'text not null references flavor(id)',
        configuration: 'text not null',
        environment: 'text',
        labels: 'text',
        connector_resource_id: 'text',
      },
      ['unique (type, name)'],
    ),
    'create index stack_component_created on stack_component (created, id)',
    'create index stack_component_shown on stack_component (private, created, id)',
    'create index stack_component_user on stack_component (user_id, created, id)',
    ...tallied(d, 'stack_component', false),
    'create index stack_component_flavor on stack_component (flavor_id)',
    table(d, 'stack', {
      ...mine,
      name: 'text not null unique',
      description: 'text',
      stack_spec_path: 'text',
      environment: 'text',
      labels: 'text',
      component_ids: 'text not null',
    }),
    'create index stack_created on stack (created, id)',
    'create index stack_shown on stack (private, created, id)',
    'create index stack_user on stack (user_id, created, id)',
    ...tallied(d, 'stack', false),
    table(d, 'stack_composition', { stack_id: 'text not null references stack(id) on delete cascade', component_id: 'text not null references stack_component(id)' }, [
      'primary key (stack_id, component_id)',
    ]),
    'create index stack_composition_component on stack_composition (component_id)',
  ],
};
