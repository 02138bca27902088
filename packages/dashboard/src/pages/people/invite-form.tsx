import { ChevronRight } from 'lucide-react';
import { inviteLifetimes } from '../../access/expiry.ts';
import { useRoleOptions, useTeamOptions } from '../../access/options.ts';
import { DialogForm } from '../../resource/dialog-form.tsx';
import { useForm } from '../../resource/form.ts';
import type { Settings } from '../../resource/types.ts';
import { TextField } from '../../ui/field.tsx';
import { PickMany } from '../../ui/picker.tsx';
import { SelectField, type Option } from '../../ui/select.tsx';
import { goodUserName } from '../auth/names.ts';
import { InviteProjects, type InProject } from './invite-projects.tsx';

interface Props {
  readonly settings: Settings['body'] | undefined;
  readonly submit: (body: object) => Promise<unknown>;
  readonly onCancel: () => void;
}

interface Values {
  name: string;
  roles: Option[];
  teams: Option[];
  projects: InProject[];
  expires: string;
  note: string;
}

const bodyOf = ({ name, roles, teams, projects, expires, note }: Values): object => ({
  name: name.trim(),
  roles: roles.map((role) => role.value),
  ...(teams.length && { teams: teams.map((team) => team.value) }),
  ...(projects.length && { projects: projects.filter((one) => one.project && one.role) }),
  expires_in: Number(expires),
  ...(note.trim() && { note: note.trim() }),
});

export const InviteForm = ({ settings, submit, onCancel }: Props) => {
  const roles = useRoleOptions();
  const teams = useTeamOptions();
  const standard = settings?.default_role ?? 'admin';
  const hours = settings?.invitation_hours ?? 72;
  const form = useForm<Values>({
    initial: {
      name: '',
      roles: [{ value: standard, label: standard }],
      teams: [],
      projects: [],
      expires: String(hours * 3600),
      note: '',
    },
    check: ({ name }) => ({ ...(goodUserName(name) && { name: goodUserName(name) ?? '' }) }),
    submit: (values) => submit(bodyOf(values)),
  });
  const { values, set } = form;
  const bare = values.roles.length + values.projects.length + values.teams.length === 0;
  return (
    <DialogForm form={form} action="Create and copy link" onCancel={onCancel}>
      <TextField
        label="User name"
        placeholder="e.g. ada"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        data-first
        {...form.text('name')}
      />
      <PickMany
        label="Roles"
        hint={
          bare
            ? 'Without any role they can log in but see nothing.'
            : values.roles.some((role) => role.value === standard)
              ? `${standard} is the default role of this workspace.`
              : 'They hold everywhere in the workspace.'
        }
        options={roles}
        value={values.roles}
        onChange={(next) => set('roles', next)}
        placeholder="Choose roles"
      />
      <details className="group rounded-lg border border-line open:pb-3">
        <summary className="flex h-9 list-none items-center gap-1.5 rounded-lg px-3 text-sm font-medium text-soft hover:text-ink">
          <ChevronRight className="size-4 transition-transform group-open:rotate-90" aria-hidden />
          Teams, projects, expiry, note
        </summary>
        <div className="grid gap-4 px-3 pt-2">
          <PickMany
            label="Teams"
            optional
            options={teams}
            value={values.teams}
            onChange={(next) => set('teams', next)}
            placeholder="Choose teams"
            empty="No team yet."
          />
          <InviteProjects value={values.projects} onChange={(next) => set('projects', next)} roles={roles} />
          <SelectField
            label="The link ends after"
            options={inviteLifetimes(hours)}
            value={values.expires}
            onChange={(next) => set('expires', next)}
          />
          <TextField
            label="Note"
            optional
            hint="For you and the other administrators, shown under Invitations."
            {...form.text('note')}
          />
        </div>
      </details>
    </DialogForm>
  );
};
