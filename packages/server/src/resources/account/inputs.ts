// Inputs of accounts that are no columns: roles, teams and the wire's switches.
import Type from 'typebox';

const maybe = (schema: Record<string, unknown>) => Type.Optional(Type.Unsafe(schema));
const names = maybe({ type: ['array', 'null'], items: { type: 'string', minLength: 1, maxLength: 255 }, maxItems: 100 });
const inProjects = maybe({
  type: ['array', 'null'],
  maxItems: 100,
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['project'],
    properties: { project: { type: 'string', maxLength: 255 }, role: { type: ['string', 'null'], maxLength: 255 } },
  },
});
export const seconds = maybe({ type: ['integer', 'null'], minimum: 60, maximum: 604_800 });
const password = maybe({ type: ['string', 'null'], maxLength: 4096 });
const flag = maybe({ type: ['boolean', 'null'] });

/** What a new account gets besides its own fields. */
export const joining = { roles: names, teams: names, projects: inProjects };

export const accountInputs = {
  user: {
    create: { ...joining, password, is_admin: flag, active: flag, expires_in: seconds },
    // Who somebody is elsewhere is said when the account is made; a change of it is taken, and ignored.
    update: { password, old_password: password, is_admin: flag, active: flag, external_user_id: maybe({}) },
    remove: { hand_over_to: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })) },
  },
  service_account: {
    create: { ...joining, active: flag },
    update: { active: flag },
    remove: { hand_over_to: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })) },
  },
} as const;
