// Knows: who acts and what has been granted to him. Must not know: how grants are stored (access/ loads them).
import type { RawBuilder } from 'kysely';

/** One assignment that holds at the server or in a project, with the chain by which it reached the actor. */
export interface Grant {
  readonly assignment_id: string;
  readonly role: { readonly id: string; readonly name: string };
  readonly permissions: ReadonlySet<string>;
  /** null: at the server. */
  readonly project_id: string | null;
  readonly project_name: string | null;
  readonly team: { readonly id: string; readonly name: string } | null;
  readonly expires: string | null;
}

export interface Actor {
  readonly id: string;
  readonly name: string;
  readonly kind: 'user' | 'service_account' | 'system' | 'local' | 'anonymous';
  /** The way in: browser, access, device, workload, personal, api_key, local, or the reason of a system act. */
  readonly via: string;
  readonly session_id: string | null;
  /** A token may be narrower than the person who made it. */
  readonly limit: ReadonlySet<string> | null;
  /** No role limits this actor: local mode and acts of the system itself. */
  readonly unlimited: boolean;
  readonly grants: readonly Grant[];
  /** Ids of rows of this type on which one of the permissions was granted directly; null where there is no such grant. */
  readonly direct: (type: string, permissions: readonly string[]) => RawBuilder<unknown> | null;
}

/** The macros (access-model.md): read is every read, write every other action, me one's own account. */
export const MACROS = ['read', 'write', 'me'] as const;

/** The permissions of which one is enough for `type:action`: itself, or the macro over it. */
export const granting = (permission: string): readonly [string, string] => [permission, permission.endsWith(':read') ? 'read' : 'write'];

/** Does a set of permissions, macros included, contain this fine one? */
export const covers = (held: ReadonlySet<string>, permission: string): boolean => {
  const [fine, macro] = granting(permission);
  return held.has(fine) || held.has(macro);
};

/** An actor for what happens without a person; the reason stands in the audit log. */
export const systemActor = (reason: string): Actor => ({
  id: '',
  name: 'system',
  kind: 'system',
  via: reason,
  session_id: null,
  limit: null,
  unlimited: true,
  grants: [],
  direct: () => null,
});

/** Nobody: what public operations act as. */
export const anonymous: Actor = {
  id: '',
  name: 'anonymous',
  kind: 'anonymous',
  via: 'public',
  session_id: null,
  limit: null,
  unlimited: false,
  grants: [],
  direct: () => null,
};
