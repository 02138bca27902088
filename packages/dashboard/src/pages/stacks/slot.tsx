import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useGate } from '../../access/me.ts';
import { useList } from '../../resource/query.ts';
import { Badge } from '../../ui/bits.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { PickMany, PickOne } from '../../ui/picker.tsx';
import { TypeIcon } from '../components/marks.tsx';
import type { Component } from '../components/types.ts';
import { inText, NEEDED, oneOf, REPEATABLE, typeWords } from '../components/words.ts';
import { NewComponent } from './new-component.tsx';
import { partOf, type Part } from './parts.ts';

interface Props {
  readonly type: string;
  readonly value: readonly Part[];
  readonly onChange: (parts: readonly Part[]) => void;
  readonly onDrop: () => void;
  readonly problem: string | undefined;
  readonly stackName: string;
}

/** The place of one type of component in a stack. */
export const Slot = ({ type, value, onChange, onDrop, problem, stackName }: Props) => {
  const [text, setText] = useState('');
  const [making, setMaking] = useState(false);
  const list = useList<Component>('/components', {
    type,
    size: 50,
    sort_by: 'asc:name',
    // What stands in the box because it is chosen is not looked for.
    name: text && !value.some((one) => one.label === text) ? `contains:${text}` : undefined,
  });
  const options = (list.data?.items ?? []).map(partOf);
  const blocked = useGate()('stack_component:create');
  const needed = NEEDED.includes(type);
  const shared = {
    label: oneOf(type),
    options,
    onSearch: setText,
    placeholder: `Choose ${inText(type)}`,
    empty: list.data ? 'None that you can see. Make a new one.' : 'Looking …',
  };
  return (
    <section
      aria-label={oneOf(type)}
      className="grid gap-3 rounded-xl border border-line bg-panel p-4 sm:grid-cols-[minmax(0,1fr)_auto] sm:items-end"
    >
      <header className="flex items-start gap-2.5 sm:col-span-2">
        <TypeIcon type={type} className="mt-0.5 size-4 shrink-0 text-faint" />
        <p className="grow text-sm text-soft">{typeWords[type]?.text}</p>
        {needed ? (
          <Badge tone="accent">needed</Badge>
        ) : (
          <IconButton label={`Leave ${inText(type)} out`} onClick={onDrop} className="-my-1.5">
            <X aria-hidden />
          </IconButton>
        )}
      </header>
      <div className="min-w-0">
        {REPEATABLE.includes(type) ? (
          <PickMany
            {...shared}
            value={value}
            onChange={(next) => onChange(next as readonly Part[])}
            hint="Several are possible; the first is the one that is used unless a step says otherwise."
          />
        ) : (
          <PickOne
            {...shared}
            value={value[0] ?? null}
            onChange={(next) => onChange(next ? [next as Part] : [])}
            problem={problem}
          />
        )}
      </div>
      <Button blocked={blocked} onClick={() => setMaking(true)} className="h-9! justify-self-start">
        <Plus aria-hidden />
        New
        <span className="sr-only">{inText(type)}</span>
      </Button>
      <NewComponent
        type={type}
        open={making}
        onClose={() => setMaking(false)}
        name={stackName}
        onMade={(made) => onChange(REPEATABLE.includes(type) ? [...value, partOf(made)] : [partOf(made)])}
      />
    </section>
  );
};
