import type { Envelope } from '../../api.ts';
import { useRead } from '../../resource/query.ts';
import type { Schema } from '../../resource/schema/kinds.ts';
import type { User } from '../../resource/types.ts';

export interface AuthMethod {
  readonly name: string;
  readonly auth_method: string;
  readonly description: string;
  readonly config_schema: Schema;
  readonly min_expiration_seconds: number | null;
  readonly max_expiration_seconds: number | null;
  readonly default_expiration_seconds: number | null;
}
export interface ConnectorType {
  readonly name: string;
  readonly connector_type: string;
  readonly description: string;
  readonly auth_methods: readonly AuthMethod[];
  readonly resource_types: readonly {
    readonly name: string;
    readonly resource_type: string;
    readonly auth_methods: readonly string[];
    readonly supports_instances: boolean;
  }[];
  /** The server itself can use connectors of this type; otherwise only clients can. */
  readonly remote: boolean;
}

export type Connector = Envelope<
  {
    readonly created: string;
    readonly updated: string;
    readonly user_id: string | null;
    readonly private: boolean;
    readonly description: string;
    readonly connector_type: string | { readonly connector_type: string };
    readonly auth_method: string;
    readonly resource_types: readonly string[];
    readonly resource_id: string | null;
    readonly supports_instances: boolean;
    readonly expires_at: string | null;
  },
  {
    readonly configuration: Readonly<Record<string, unknown>>;
    readonly expiration_seconds: number | null;
    readonly labels: Readonly<Record<string, string>>;
  },
  { readonly user?: User | null }
>;

/** What trying a connector answers. */
export interface Opened {
  readonly error: string | null;
  readonly resources: readonly {
    readonly resource_type: string;
    readonly resource_ids: readonly string[] | null;
    readonly error: string | null;
  }[];
}

export const useConnectorTypes = () => useRead<ConnectorType[]>('/service_connector_types', { all: true });

export const typeName = (connector: Connector): string => {
  const type = connector.body.connector_type;
  return typeof type === 'string' ? type : type.connector_type;
};

/** `AWS Service Connector` → `AWS`: on pages about connectors the rest says nothing. */
export const shortName = (type: Pick<ConnectorType, 'name'> | undefined): string =>
  type?.name.replace(/ Service Connector$/, '') ?? '';

export const resourceName = (type: ConnectorType | undefined, resource: string): string =>
  type?.resource_types.find((one) => one.resource_type === resource)?.name ?? resource;
