import { useState } from 'react';
import { fineOnes } from '../../access/macros.ts';
import { PreviewBox } from '../../access/preview.tsx';
import { useForm } from '../../resource/form.ts';
import { useRead } from '../../resource/query.ts';
import type { Permission, Role } from '../../resource/types.ts';
import { SkeletonLines } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { TextField } from '../../ui/field.tsx';
import { Failure } from '../../ui/notice.tsx';
import { RoleMatrix } from './role-matrix.tsx';

export interface RoleValues {
  name: string;
  description: string;
  permissions: string[];
}

interface Props {
  readonly initial: RoleValues;
  /** Absent for a role that does not exist yet. */
  readonly role?: Role;
  readonly save: (values: RoleValues) => Promise<unknown>;
  readonly onCancel?: () => void;
}

export const RoleEditor = ({ initial, role, save, onCancel }: Props) => {
  const permissions = useRead<Permission[]>('/permissions');
  const [asking, setAsking] = useState(false);
  const form = useForm<RoleValues>({
    initial: { ...initial, permissions: [...initial.permissions].sort() },
    check: ({ name }) => ({ ...(!name.trim() && { name: 'A name is needed.' }) }),
    submit: async () => setAsking(true),
  });
  const { values } = form;
  const choose = (next: string[]): void => form.set('permissions', next.sort());
  return (
    <form className="grid grid-cols-1 gap-5" onSubmit={(event) => void form.onSubmit(event)} noValidate>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <TextField label="Name" autoComplete="off" autoFocus={!role} {...form.text('name')} />
        <TextField label="Description" optional {...form.text('description')} />
      </div>
      {permissions.error && <Failure error={permissions.error} retry={() => void permissions.refetch()} />}
      {!permissions.data && !permissions.error && <SkeletonLines lines={8} />}
      {permissions.data && (
        <RoleMatrix all={fineOnes(permissions.data)} chosen={values.permissions} onChange={choose} />
      )}
      <div className="sticky bottom-0 -mx-4 flex items-center justify-end gap-2 border-t bg-page/95 px-4 py-3 backdrop-blur-sm">
        <span className="grow text-sm text-soft">{form.dirty ? 'Not saved yet' : ''}</span>
        <Button look="ghost" onClick={() => (onCancel ? onCancel() : form.reset())} disabled={!onCancel && !form.dirty}>
          {onCancel ? 'Cancel' : 'Discard'}
        </Button>
        <Button type="submit" look="primary" disabled={Boolean(role) && !form.dirty}>
          {role ? 'Save…' : 'Create role'}
        </Button>
      </div>
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title={role ? `Save ${values.name}?` : `Create ${values.name}?`}
        action={role ? 'Save' : 'Create'}
        harmless
        run={() => save({ ...values, name: values.name.trim(), description: values.description.trim() })}
      >
        {role ? (
          <>
            <p>It holds for the next request of everybody who has this role.</p>
            <PreviewBox
              title="Who gains or loses what"
              body={asking ? { role: role.name, permissions: values.permissions } : null}
            />
          </>
        ) : (
          <p>Nobody holds it yet. Give it to people and teams afterwards.</p>
        )}
      </Confirm>
    </form>
  );
};
