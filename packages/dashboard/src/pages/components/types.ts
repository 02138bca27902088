import type { Envelope } from '../../api.ts';
import type { Schema } from '../../resource/schema/kinds.ts';
import type { User } from '../../resource/types.ts';

export type Flavor = Envelope<
  {
    readonly created: string;
    readonly user_id: string | null;
    readonly private?: boolean;
    readonly type: string;
    readonly display_name: string;
    readonly integration: string | null;
    readonly source: string;
    readonly is_custom: boolean;
  },
  {
    readonly config_schema: Schema;
    readonly connector_type: string | null;
    readonly connector_resource_type: string | null;
    readonly docs_url: string | null;
    readonly sdk_docs_url: string | null;
  },
  { readonly user?: User | null }
>;

export type Component = Envelope<
  {
    readonly created: string;
    readonly updated: string;
    readonly user_id: string | null;
    readonly private: boolean;
    readonly type: string;
    readonly flavor_name: string;
    readonly integration: string | null;
  } | null,
  {
    readonly configuration: Readonly<Record<string, unknown>>;
    readonly environment?: Readonly<Record<string, string>> | null;
    readonly labels?: Readonly<Record<string, unknown>> | null;
    readonly connector?: Envelope | null;
    readonly connector_resource_id?: string | null;
    readonly secrets?: readonly string[];
  },
  { readonly user?: User | null; readonly flavor?: Flavor | null }
>;

export type Stack = Envelope<
  {
    readonly created: string;
    readonly updated: string;
    readonly user_id: string | null;
    readonly private: boolean;
  },
  {
    readonly description?: string | null;
    readonly stack_spec_path?: string | null;
    readonly environment?: Readonly<Record<string, string>> | null;
    readonly labels?: Readonly<Record<string, unknown>> | null;
    readonly components?: Readonly<Record<string, readonly Component[]>>;
    readonly secrets?: readonly string[];
  },
  { readonly user?: User | null }
>;
