import { useState, type FormEvent } from 'react';
import { ApiError, messageOf } from '../api.ts';

type Problems<V> = Partial<Record<keyof V, string>>;

interface FormOptions<V> {
  readonly initial: V;
  readonly check?: (values: V) => Problems<V>;
  readonly submit: (values: V) => Promise<unknown>;
}

/** Values, problems per field, one busy flag, and the server's own words when it refuses. */
export const useForm = <V extends object>({ initial, check, submit }: FormOptions<V>) => {
  const [values, setValues] = useState(initial);
  const [problems, setProblems] = useState<Problems<V>>({});
  const [failure, setFailure] = useState<ApiError | Error | null>(null);
  const [busy, setBusy] = useState(false);

  const set = <K extends keyof V>(key: K, value: V[K]): void => {
    setValues((before) => ({ ...before, [key]: value }));
    setProblems((before) => ({ ...before, [key]: undefined }));
  };

  const onSubmit = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault();
    const found = check?.(values) ?? {};
    setProblems(found);
    setFailure(null);
    if (Object.values(found).some(Boolean)) {
      const form = event?.currentTarget;
      requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    setBusy(true);
    try {
      await submit(values);
    } catch (error) {
      setFailure(error instanceof Error ? error : new Error(messageOf(error)));
    } finally {
      setBusy(false);
    }
  };

  const text = (key: keyof V & string) => ({
    name: key,
    value: String(values[key] ?? ''),
    onChange: (value: string) => set(key, value as V[typeof key]),
    problem: problems[key],
  });

  const dirty = JSON.stringify(values) !== JSON.stringify(initial);
  const reset = (to: V = initial): void => {
    setValues(to);
    setProblems({});
    setFailure(null);
  };
  return { values, set, text, problems, failure, busy, dirty, reset, onSubmit };
};
