import { useState } from 'react';
import type { Envelope } from '../../api.ts';
import { Button } from '../../ui/button.tsx';
import { Command } from '../../ui/copy.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { PickOne } from '../../ui/picker.tsx';
import type { Option } from '../../ui/select.tsx';
import { useList, useRead } from '../query.ts';

type Secret = Envelope<{ private: boolean; values: Record<string, unknown> }>;

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly label: string;
  readonly value: string;
  readonly onPick: (reference: string) => void;
}

const one = (value: string): Option => ({ value, label: value });

/** Names a secret and one of its keys. Its value is never read here: the client puts it in when it runs. */
export const SecretPicker = (props: Props) => (
  <Dialog
    open={props.open}
    onClose={props.onClose}
    title={`${props.label} from a secret`}
    description="The value itself stays in the secret. It is put in where the pipeline runs, with the rights of whoever runs it."
  >
    <Body {...props} />
  </Dialog>
);

const Body = ({ value, onPick, onClose }: Props) => {
  const [name = '', key = ''] = value.replaceAll(/[{}\s]/g, '').split(/\.(?=[^.]*$)/);
  const [secret, setSecret] = useState<Option | null>(name ? one(name) : null);
  const [chosen, setChosen] = useState<Option | null>(key ? one(key) : null);
  const [typed, setTyped] = useState('');
  const secrets = useList<Secret>('/secrets', { size: 50, sort_by: 'asc:name', name: typed && `contains:${typed}` });
  const found = secrets.data?.items.find((item) => item.name === secret?.value);
  const whole = useRead<Secret>(`/secrets/${found?.id ?? ''}`, { keys_only: true }, Boolean(found));
  const keys = Object.keys(whole.data?.body.values ?? {});
  const empty = secrets.data?.total === 0 && !typed;
  return (
    <form
      className="grid grid-cols-1 gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        if (!secret || !chosen) return;
        onPick(`{{${secret.value}.${chosen.value}}}`);
        onClose();
      }}
    >
      {empty && (
        <div className="grid grid-cols-1 gap-2 text-sm text-soft">
          <p>There is no secret that you can see yet. Make one under Secrets, or with the client:</p>
          <Command text="zenml secret create NAME --KEY=VALUE" />
        </div>
      )}
      <PickOne
        label="Secret"
        options={(secrets.data?.items ?? []).map((item) => ({
          value: item.name,
          label: item.name,
          text: item.body.private ? 'private' : undefined,
        }))}
        value={secret}
        onChange={(next) => {
          setSecret(next);
          setChosen(null);
        }}
        onSearch={setTyped}
        placeholder="Name of the secret"
      />
      <PickOne
        label="Key in it"
        options={keys.map(one)}
        value={chosen}
        onChange={setChosen}
        placeholder="e.g. token"
        empty={secret ? 'No key that you can see.' : 'Choose the secret first.'}
      />
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" disabled={!secret || !chosen}>
          Use it
        </Button>
      </DialogActions>
    </form>
  );
};
