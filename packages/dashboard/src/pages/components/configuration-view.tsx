import { KeyRound } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { Badge, Card } from '../../ui/bits.tsx';
import { Facts } from '../../ui/facts.tsx';
import { useUrlState } from '../../resource/list-state.ts';
import { isReference } from '../../resource/schema/draft.ts';
import type { Values } from '../../resource/schema/draft.ts';

const Value = ({ value }: { readonly value: unknown }) => {
  if (isReference(value)) {
    const name = String(value).replaceAll(/[{}\s]/g, '');
    return (
      <Badge tone="accent" title="Put in from a secret where it is used">
        <KeyRound className="size-3" aria-hidden />
        {name}
      </Badge>
    );
  }
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (value === null) return <span className="text-faint">none</span>;
  if (typeof value !== 'object') return <code className="font-mono text-sm">{String(value)}</code>;
  return <pre className="overflow-x-auto font-mono text-xs leading-5">{JSON.stringify(value, null, 2)}</pre>;
};

/** A stored configuration, as names and values or as JSON. */
export const ConfigurationView = ({ values }: { readonly values: Values }) => {
  const [search, set] = useUrlState();
  const asJson = search.view === 'json';
  const entries = Object.entries(values);
  return (
    <Card
      title="Configuration"
      hint={entries.length ? 'What is not listed keeps the default of its flavor.' : undefined}
      action={
        entries.length > 0 && (
          <Button
            size="sm"
            look="ghost"
            aria-pressed={asJson}
            onClick={() => set({ view: asJson ? undefined : 'json' })}
          >
            JSON
          </Button>
        )
      }
    >
      {entries.length === 0 && (
        <p className="text-sm text-soft">Nothing is set: every setting has the default of its flavor.</p>
      )}
      {entries.length > 0 && asJson && (
        <pre
          tabIndex={0}
          role="group"
          aria-label="Configuration as JSON"
          className="overflow-x-auto rounded-lg bg-side p-3 font-mono text-sm leading-5"
        >
          {JSON.stringify(values, null, 2)}
        </pre>
      )}
      {entries.length > 0 && !asJson && (
        <Facts facts={entries.map(([key, value]) => [key, <Value value={value} />] as const)} wide />
      )}
    </Card>
  );
};
