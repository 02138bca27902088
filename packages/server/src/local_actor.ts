// The implicit person of local mode. Its account is in the local file, so that what it makes has an owner.
import type { Actor } from './kernel/actor.ts';

export const LOCAL_ID = '00000000-0000-7000-8000-000000000001';
/** Who acts where there is no server: nothing limits him (docs/access-model.md, local mode). */
export const localActor: Actor = {
  id: LOCAL_ID,
  name: 'default',
  kind: 'local',
  via: 'local',
  session_id: null,
  limit: null,
  unlimited: true,
  grants: [],
  direct: () => null,
};
