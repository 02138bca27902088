import type { Envelope } from '../../api.ts';
import type { User } from '../../resource/types.ts';

export type Secret = Envelope<
  {
    readonly created: string;
    readonly updated: string;
    readonly user_id: string | null;
    readonly private: boolean;
    /** Only in the answer about one secret; null for who may not read them or did not ask for them. */
    readonly values: Readonly<Record<string, string | null>>;
  },
  unknown,
  { readonly user?: User | null }
>;
