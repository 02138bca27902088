import { useGate, useInfo, useSettings } from '../../access/me.ts';
import { needs } from '../../access/needs.ts';
import { useRoleOptions } from '../../access/options.ts';
import { put } from '../../api.ts';
import { useForm } from '../../resource/form.ts';
import { useChange } from '../../resource/query.ts';
import type { Settings } from '../../resource/types.ts';
import { Card, SkeletonLines } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Failure, Notice, Problem } from '../../ui/notice.tsx';
import { SelectField } from '../../ui/select.tsx';
import { WorkspaceFrame } from '../settings-frame.tsx';

const lifetimes = [
  ['1', '1 hour'],
  ['24', '1 day'],
  ['72', '3 days'],
  ['120', '5 days'],
  ['168', '7 days'],
] as const;

const Form = ({ settings }: { readonly settings: Settings['body'] }) => {
  const blocked = useGate()(needs.settings);
  const roles = useRoleOptions();
  const save = useChange((body: object) => put('/settings', body), { quiet: true, done: 'Saved' });
  const hours = String(settings.invitation_hours ?? 72);
  const form = useForm({
    initial: {
      server_name: settings.server_name ?? '',
      default_role: settings.default_role ?? 'admin',
      default_visibility: settings.default_visibility,
      invitation_hours: hours,
    },
    check: ({ server_name }) => ({ ...(!server_name.trim() && { server_name: 'A name is needed.' }) }),
    submit: ({ server_name, invitation_hours, ...rest }) =>
      save.mutateAsync({ ...rest, server_name: server_name.trim(), invitation_hours: Number(invitation_hours) }),
  });
  const options = lifetimes.map(([value, label]) => ({ value, label }));
  return (
    <form className="grid gap-5" onSubmit={(event) => void form.onSubmit(event)} noValidate>
      {blocked && <Notice>{blocked}</Notice>}
      <TextField
        label="Name of the workspace"
        readOnly={Boolean(blocked)}
        hint="Shown at log-in and in invitations."
        {...form.text('server_name')}
      />
      <SelectField
        label="Default role of new people"
        hint="What somebody gets who is invited without a role being chosen. People who are here already keep theirs."
        disabled={Boolean(blocked)}
        options={roles.length ? roles : [{ value: form.values.default_role, label: form.values.default_role }]}
        value={form.values.default_role}
        onChange={(value) => form.set('default_role', value)}
      />
      <SelectField
        label="New things are"
        hint="Stacks, pipelines, runs and the rest, where whoever makes them does not say it. What is there already stays as it is."
        disabled={Boolean(blocked)}
        options={[
          { value: 'shared', label: 'Shared', text: 'Everybody sees them as far as his roles go' },
          { value: 'private', label: 'Private', text: 'Seen by the owner, and by those they are shared with' },
        ]}
        value={form.values.default_visibility}
        onChange={(value) => form.set('default_visibility', value as 'shared' | 'private')}
      />
      <SelectField
        label="An invitation link ends after"
        hint="The standard; each invitation can say otherwise, up to 7 days."
        disabled={Boolean(blocked)}
        options={
          options.some((one) => one.value === hours) ? options : [...options, { value: hours, label: `${hours} hours` }]
        }
        value={form.values.invitation_hours}
        onChange={(value) => form.set('invitation_hours', value)}
      />
      <Problem error={form.failure} />
      <div className="flex gap-2">
        <Button type="submit" look="primary" blocked={blocked} busy={form.busy} disabled={!form.dirty && !blocked}>
          Save
        </Button>
        {form.dirty && (
          <Button look="ghost" onClick={() => form.reset()}>
            Discard
          </Button>
        )}
      </div>
    </form>
  );
};

export const GeneralPage = () => {
  const settings = useSettings();
  const { data: info } = useInfo();
  return (
    <WorkspaceFrame title="Workspace settings" intro="What holds for everybody here.">
      <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <Card title="General">
          {settings.error && <Failure error={settings.error} retry={() => void settings.refetch()} />}
          {!settings.data && !settings.error && <SkeletonLines lines={6} />}
          {settings.data && <Form key={JSON.stringify(settings.data.body)} settings={settings.data.body} />}
        </Card>
        <Card title="This server">
          <dl className="grid gap-2.5 text-sm">
            {(
              [
                ['Address', settings.data?.body.public_url ?? location.origin],
                ['Zendo', info?.zendo.version],
                ['Speaks', info && `ZenML ${info.version}`],
                ['Server id', settings.data?.body.server_id],
              ] as const
            ).map(([label, value]) => (
              <div key={label}>
                <dt className="text-faint">{label}</dt>
                <dd className="wrap-anywhere">{value ?? '…'}</dd>
              </div>
            ))}
          </dl>
        </Card>
      </div>
    </WorkspaceFrame>
  );
};
