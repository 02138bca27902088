import { useState } from 'react';
import { post } from '../api.ts';
import { useForm } from '../resource/form.ts';
import { useChange } from '../resource/query.ts';
import { Button } from '../ui/button.tsx';
import { Problem } from '../ui/notice.tsx';
import { SelectField } from '../ui/select.tsx';
import { useGate } from './me.ts';
import { needs } from './needs.ts';
import { expiresAt, expiryOptions } from './expiry.ts';
import { useProjectOptions, useRoleOptions } from './options.ts';
import { PreviewBox } from './preview.tsx';

interface Props {
  /** Exactly one of the two; service accounts are named like users. */
  readonly user?: string;
  readonly team?: string;
  readonly project?: string;
  readonly onDone?: () => void;
  readonly onCancel?: () => void;
}

const everywhere = '*';

/** Gives one role to one person, account or team, and shows beforehand what that opens. */
export const RoleForm = ({ user, team, project, onDone, onCancel }: Props) => {
  const roles = useRoleOptions();
  const gate = useGate();
  const projects = useProjectOptions(!project).filter((one) => !gate(needs.assign, one.value));
  const wide = gate(needs.assign) === null;
  const [now] = useState(() => Date.now());
  const assign = useChange((body: object) => post('/role_assignments', body), { quiet: true, done: 'Role given' });
  const who = user ? { user } : { team };
  const target = (scope: string) => (scope === everywhere ? {} : { project: scope });
  const form = useForm({
    initial: { role: '', scope: project ?? (wide ? everywhere : ''), expires: 'never' },
    check: ({ role, scope }) => ({
      ...(!role && { role: 'Choose a role.' }),
      ...(!scope && { scope: 'Choose where it holds.' }),
    }),
    submit: async ({ role, scope, expires }) => {
      await assign.mutateAsync({
        role,
        ...who,
        ...target(scope),
        ...(expiresAt(expires) && { expires: expiresAt(expires, now) }),
      });
      form.reset();
      onDone?.();
    },
  });
  const { role, scope } = form.values;
  return (
    <form
      className="grid gap-3 rounded-lg border border-line p-3"
      noValidate
      onSubmit={(event) => {
        event.stopPropagation();
        void form.onSubmit(event);
      }}
    >
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <SelectField
          label="Role"
          options={roles}
          value={role}
          onChange={(value) => form.set('role', value)}
          problem={form.problems.role}
        />
        {!project && (
          <SelectField
            label="Where"
            options={[
              ...(wide ? [{ value: everywhere, label: 'Everywhere' }] : []),
              ...projects.map((one) => ({ ...one, text: 'only in this project' })),
            ]}
            value={scope}
            problem={form.problems.scope}
            onChange={(value) => form.set('scope', value)}
          />
        )}
        <SelectField
          label="Ends"
          options={expiryOptions}
          value={form.values.expires}
          onChange={(value) => form.set('expires', value)}
        />
      </div>
      <PreviewBox body={role && scope ? { assign: { role, ...who, ...target(scope) } } : null} />
      <Problem error={form.failure} />
      <div className="flex justify-end gap-2">
        {onCancel && (
          <Button size="sm" look="ghost" onClick={onCancel}>
            Cancel
          </Button>
        )}
        <Button size="sm" type="submit" look="primary" busy={form.busy}>
          Give role
        </Button>
      </div>
    </form>
  );
};
