import { Eye, EyeOff, Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { rowGate } from '../../access/me.ts';
import { get, messageOf, put } from '../../api.ts';
import { useChange } from '../../resource/query.ts';
import { Card } from '../../ui/bits.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { CopyButton } from '../../ui/copy.tsx';
import { toast } from '../../ui/toast.tsx';
import { SetValue } from './edit-secret.tsx';
import type { Secret } from './types.ts';

/** Values stay in this component's memory, are asked for one by one, and are gone when it is hidden or left. */
const useReveal = (secret: Secret) => {
  const [shown, setShown] = useState<Readonly<Record<string, string>>>({});
  const reveal = async (key: string): Promise<void> => {
    try {
      const { body } = await get<Secret>(`/secrets/${secret.id}`);
      const value = body.values[key];
      if (typeof value === 'string') setShown((before) => ({ ...before, [key]: value }));
      else toast.bad('This value cannot be read any more.');
    } catch (error) {
      toast.bad(messageOf(error));
    }
  };
  const hide = (key: string): void =>
    setShown((before) => Object.fromEntries(Object.entries(before).filter(([other]) => other !== key)));
  return { shown, reveal, hide };
};

export const Keys = ({ secret }: { readonly secret: Secret }) => {
  const keys = Object.keys(secret.body.values).toSorted();
  const { shown, reveal, hide } = useReveal(secret);
  const [setting, setSetting] = useState<{ key: string | null } | null>(null);
  const [removing, setRemoving] = useState<string | null>(null);
  const reading = rowGate(secret, 'secret', 'read_secret_value');
  const changing = rowGate(secret, 'secret', 'update');
  const drop = useChange(
    (key: string) => put<Secret>(`/secrets/${secret.id}?patch_values=true&keys_only=true`, { values: { [key]: null } }),
    { quiet: true, done: 'Key removed' },
  );
  return (
    <Card
      title="Keys"
      hint={keys.length === 1 ? '1 key' : `${keys.length} keys`}
      action={
        <Button size="sm" blocked={changing} onClick={() => setSetting({ key: null })}>
          <Plus aria-hidden />
          Add a key
        </Button>
      }
    >
      {keys.length === 0 && <p className="text-sm text-soft">There is no key in it yet.</p>}
      {keys.length > 0 && (
        <ul className="-my-2">
          {keys.map((key) => (
            <li
              key={key}
              className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 border-t py-1.5 first:border-t-0"
            >
              <span className="min-w-24 grow basis-40 font-mono text-sm wrap-anywhere">{key}</span>
              <span className="min-w-0 grow-2 basis-40 font-mono text-sm wrap-anywhere">
                {shown[key] === undefined ? (
                  <span className="text-faint" aria-label="hidden">
                    ••••••••
                  </span>
                ) : (
                  shown[key] || <span className="font-sans text-faint">empty</span>
                )}
              </span>
              <span className="flex items-center">
                <CopyButton text={`{{${secret.name}.${key}}}`} label={`Copy the reference to ${key}`} />
                {shown[key] === undefined ? (
                  <IconButton label={`Reveal ${key}`} blocked={reading} onClick={() => void reveal(key)}>
                    <Eye aria-hidden />
                  </IconButton>
                ) : (
                  <IconButton label={`Hide ${key}`} onClick={() => hide(key)}>
                    <EyeOff aria-hidden />
                  </IconButton>
                )}
                <IconButton
                  label={`Set ${key}`}
                  blocked={changing}
                  onClick={() => {
                    hide(key);
                    setSetting({ key });
                  }}
                >
                  <Pencil aria-hidden />
                </IconButton>
                <IconButton label={`Remove ${key}`} blocked={changing} onClick={() => setRemoving(key)}>
                  <Trash2 aria-hidden />
                </IconButton>
              </span>
            </li>
          ))}
        </ul>
      )}
      <SetValue
        secret={secret}
        secretKey={setting?.key ?? null}
        open={setting !== null}
        onClose={() => setSetting(null)}
      />
      <Confirm
        open={removing !== null}
        onClose={() => setRemoving(null)}
        title={`Remove the key ${removing ?? ''}?`}
        action="Remove it"
        run={async () => removing !== null && drop.mutateAsync(removing)}
      >
        <p>
          Its value is gone for good. What names <code className="font-mono">{`{{${secret.name}.${removing}}}`}</code>{' '}
          fails from then on.
        </p>
      </Confirm>
    </Card>
  );
};
