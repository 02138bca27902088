import { Link } from '@tanstack/react-router';
import { Plus, X } from 'lucide-react';
import { useId, useState } from 'react';
import { rowGate } from '../../access/me.ts';
import { put, type Envelope } from '../../api.ts';
import { useChange, useList } from '../../resource/query.ts';
import { Card } from '../../ui/bits.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Combo } from '../../ui/combo.tsx';
import { inputClass } from '../../ui/field.tsx';
import { cx } from '../../ui/cx.ts';
import { toast } from '../../ui/toast.tsx';
import { TagDot } from './tag-dot.tsx';
import type { Owned, Tag } from './types.ts';

/** The tags of one thing, which whoever may change it puts on and takes off. `path` is the thing's own. */
export const TagEditor = ({
  path,
  tags,
  blocked,
}: {
  readonly path: string;
  readonly tags: readonly Tag[];
  readonly blocked: string | null;
}) => {
  const [adding, setAdding] = useState(false);
  const change = useChange((body: object) => put(path, body));
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {tags.length > 0 && (
        <ul className="flex flex-wrap items-center gap-1.5" aria-label="Tags">
          {tags.map((tag) => (
            <li key={tag.id} className="flex h-7 items-center rounded-md bg-hover pl-2 text-sm text-soft">
              <TagDot color={tag.body?.color} />
              <span className="ml-1.5 max-w-48 truncate">{tag.name || '(hidden)'}</span>
              <IconButton
                size="icon"
                label={`Take off ${tag.name}`}
                blocked={blocked}
                className="size-7!"
                onClick={() => change.mutate({ remove_tags: [tag.name] })}
              >
                <X className="size-3.5" aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      {adding ? (
        <Adder
          taken={tags}
          onAdd={(name) => {
            setAdding(false);
            if (name) change.mutate({ add_tags: [name] });
          }}
        />
      ) : (
        <Button size="sm" look="ghost" blocked={blocked} busy={change.isPending} onClick={() => setAdding(true)}>
          <Plus aria-hidden />
          Add a tag
        </Button>
      )}
    </div>
  );
};

const Adder = ({ taken, onAdd }: { readonly taken: readonly Tag[]; readonly onAdd: (name: string | null) => void }) => {
  const [text, setText] = useState('');
  const id = useId();
  const known = useList<Tag>('/tags', { size: 200, sort_by: 'asc:name' });
  const options = (known.data?.items ?? [])
    .filter((tag) => !taken.some((one) => one.id === tag.id))
    .map((tag) => ({ value: tag.id, label: tag.name }));
  const word = text.trim();
  const add = (name: string): void => {
    if (taken.some((tag) => tag.name === name)) toast.bad(`${name} is on it already`);
    onAdd(taken.some((tag) => tag.name === name) ? null : name);
  };
  return (
    <form
      className="flex items-center gap-1"
      onKeyDown={(event) => event.key === 'Escape' && onAdd(null)}
      onSubmit={(event) => {
        event.preventDefault();
        if (word) add(word);
      }}
    >
      <label htmlFor={id} className="sr-only">
        Tag
      </label>
      <Combo
        ids={{ id, ref: (input: HTMLInputElement | null) => input?.focus() }}
        label="Tag"
        options={options}
        chosen={[]}
        text={text}
        onText={setText}
        onPick={(option) => add(option.label)}
        placeholder="Name"
        empty={word ? `Make the tag ${word}` : 'No other tags yet: type a name.'}
        className={cx(inputClass, 'h-8! w-44 text-sm!')}
      />
      <Button size="sm" blocked={word ? null : 'Type a name first.'} onClick={() => add(word)}>
        Add
      </Button>
      <IconButton label="Do not add" onClick={() => onAdd(null)}>
        <X aria-hidden />
      </IconButton>
    </form>
  );
};

const AllTags = () => (
  <Link to="/tags" className="rounded text-sm text-accent-text hover:underline">
    All tags
  </Link>
);

/** The same as a card of the thing's page. `type` says whose rights decide. */
export const TagsCard = ({
  path,
  thing,
  type,
}: {
  readonly path: string;
  readonly thing: Envelope<unknown, unknown, Owned>;
  readonly type: string;
}) => (
  <Card title="Tags" action={<AllTags />}>
    <TagEditor path={path} tags={thing.resources?.tags ?? []} blocked={rowGate(thing, type, 'update')} />
  </Card>
);
