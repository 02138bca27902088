import type { ReactNode } from 'react';

export type Fact = readonly [label: string, value: ReactNode] | false | null | undefined;

/** What is known of one thing, a line each; what has no value is left out. */
export const Facts = ({ facts }: { readonly facts: readonly Fact[] }) => (
  <dl className="grid gap-x-4 gap-y-2.5 text-sm sm:grid-cols-[8.5rem_minmax(0,1fr)]">
    {facts.map(
      (fact) =>
        fact &&
        fact[1] !== null &&
        fact[1] !== undefined &&
        fact[1] !== '' && (
          <div key={fact[0]} className="contents">
            <dt className="text-faint max-sm:-mb-2">{fact[0]}</dt>
            <dd className="min-w-0 wrap-anywhere">{fact[1]}</dd>
          </div>
        ),
    )}
  </dl>
);
