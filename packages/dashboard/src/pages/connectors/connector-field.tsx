import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useList } from '../../resource/query.ts';
import { TextField } from '../../ui/field.tsx';
import { PickOne } from '../../ui/picker.tsx';
import type { Option } from '../../ui/select.tsx';
import type { Component, Flavor } from '../components/types.ts';
import { typeName, type Connector } from './types.ts';

/** The connector of a component and what of it is used. */
export interface Connected {
  readonly connector: Option | null;
  readonly resource: string;
}

export const connectedOf = (component: Component | undefined): Connected => {
  const connector = component?.metadata?.connector;
  return {
    connector: connector ? { value: connector.id, label: connector.name || 'not shared with you' } : null,
    resource: component?.metadata?.connector_resource_id ?? '',
  };
};

/** What goes over the wire; nothing where nothing is different. */
export const connectedChanges = (before: Connected, after: Connected): object =>
  before.connector?.value === after.connector?.value && before.resource === after.resource
    ? {}
    : {
        connector: after.connector?.value ?? null,
        connector_resource_id: (after.connector && after.resource.trim()) || null,
      };

interface Props {
  readonly flavor: Flavor;
  readonly value: Connected;
  readonly onChange: (value: Connected) => void;
}

export const ConnectorField = ({ flavor, value, onChange }: Props) => {
  const { connector_type: type, connector_resource_type: resource } = flavor.metadata ?? {};
  const [text, setText] = useState('');
  const list = useList<Connector>('/service_connectors', {
    resource_type: resource ?? undefined,
    size: 50,
    sort_by: 'asc:name',
    name: text && text !== value.connector?.label ? `contains:${text}` : undefined,
  });
  const fitting = (list.data?.items ?? []).filter((one) => !type || typeName(one) === type);
  return (
    <div className="grid gap-4">
      <PickOne
        label="Connector"
        optional
        hint={
          <>
            Credentials that are kept apart and can be used by several components.{' '}
            <Link to="/connectors" className="rounded text-accent-text underline">
              All connectors
            </Link>
          </>
        }
        options={fitting.map((one) => ({ value: one.id, label: one.name, text: typeName(one) }))}
        value={value.connector}
        onChange={(connector) => onChange({ ...value, connector })}
        onSearch={setText}
        placeholder={`One that opens ${resource}`}
        empty={`No connector that you can see opens ${resource}.`}
      />
      {value.connector && (
        <TextField
          label="Resource"
          optional
          hint="Which of the things that the connector opens, where there are several."
          value={value.resource}
          onChange={(next) => onChange({ ...value, resource: next })}
          autoComplete="off"
          spellCheck={false}
        />
      )}
    </div>
  );
};
