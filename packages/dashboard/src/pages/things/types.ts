import type { Envelope } from '../../api.ts';
import type { User } from '../../resource/types.ts';

/** What artifacts, models and their versions carry alike. */
export type Tag = Envelope<
  { color: string; exclusive: boolean; created: string },
  { tagged_count?: number },
  { user?: User | null }
>;

export interface Owned {
  readonly user?: Envelope | null;
  readonly tags?: readonly Tag[];
}
