import { Combobox } from '@base-ui/react/combobox';
import { Check, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { Field, inputClass } from './field.tsx';
import type { Option } from './select.tsx';

interface Base {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly optional?: boolean;
  readonly options: readonly Option[];
  readonly placeholder?: string;
  readonly empty?: string;
  readonly onSearch?: (text: string) => void;
}

const Popup = ({ empty }: { readonly empty: string | undefined }) => (
  <Combobox.Portal>
    <Combobox.Positioner sideOffset={4} className="z-60 outline-none">
      <Combobox.Popup className="max-h-[min(var(--available-height),18rem)] w-(--anchor-width) max-w-(--available-width) overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-pop">
        <Combobox.Empty>
          <div className="px-2 py-2 text-sm text-faint">{empty ?? 'Nothing matches.'}</div>
        </Combobox.Empty>
        <Combobox.List>
          {(option: Option) => (
            <Combobox.Item
              key={option.value}
              value={option}
              className="flex items-start gap-2 rounded-md px-2 py-1.5 text-sm outline-none select-none data-highlighted:bg-hover"
            >
              <span className="min-w-0 grow">
                <span className="block truncate">{option.label}</span>
                {option.text && <span className="block text-xs text-faint">{option.text}</span>}
              </span>
              <Combobox.ItemIndicator>
                <Check className="size-4 text-accent-text" aria-hidden />
              </Combobox.ItemIndicator>
            </Combobox.Item>
          )}
        </Combobox.List>
      </Combobox.Popup>
    </Combobox.Positioner>
  </Combobox.Portal>
);

const same = (a: Option, b: Option): boolean => a.value === b.value;

export const PickMany = (props: Base & { readonly value: readonly Option[]; readonly onChange: (value: Option[]) => void }) => (
  <Field label={props.label} hint={props.hint} optional={props.optional ?? false}>
    {(ids) => (
      <Combobox.Root
        multiple
        items={props.options as Option[]}
        value={props.value as Option[]}
        onValueChange={(value) => props.onChange(value)}
        isItemEqualToValue={same}
        onInputValueChange={(text) => props.onSearch?.(text)}
      >
        <Combobox.InputGroup className={cx(inputClass, 'flex h-auto min-h-9 flex-wrap items-center gap-1 py-1 focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-accent-text')}>
          <Combobox.Chips className="flex w-full flex-wrap items-center gap-1">
            {props.value.map((option) => (
              <Combobox.Chip
                key={option.value}
                aria-label={option.label}
                className="flex h-6 items-center gap-1 rounded bg-accent-wash pl-2 text-sm text-accent-text outline-none focus-within:outline-2"
              >
                {option.label}
                <Combobox.ChipRemove className="grid size-6 place-items-center rounded hover:text-ink" aria-label={`Remove ${option.label}`}>
                  <X className="size-3" aria-hidden />
                </Combobox.ChipRemove>
              </Combobox.Chip>
            ))}
            <Combobox.Input
              {...ids}
              placeholder={props.value.length ? '' : props.placeholder}
              className="h-6 min-w-20 grow bg-transparent text-base outline-none"
            />
          </Combobox.Chips>
        </Combobox.InputGroup>
        <Popup empty={props.empty} />
      </Combobox.Root>
    )}
  </Field>
);

export const PickOne = (props: Base & { readonly value: Option | null; readonly onChange: (value: Option | null) => void }) => (
  <Field label={props.label} hint={props.hint} optional={props.optional ?? false}>
    {(ids) => (
      <Combobox.Root
        items={props.options as Option[]}
        value={props.value}
        onValueChange={(value) => props.onChange(value)}
        isItemEqualToValue={same}
        onInputValueChange={(text) => props.onSearch?.(text)}
      >
        <Combobox.Input {...ids} placeholder={props.placeholder} className={inputClass} />
        <Popup empty={props.empty} />
      </Combobox.Root>
    )}
  </Field>
);
