import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export type Fact = readonly [label: string, value: ReactNode] | false | null | undefined;

/** What is known of one thing, a line each; what has no value is left out. `wide` is for long names, such as those of settings. */
export const Facts = ({ facts, wide }: { readonly facts: readonly Fact[]; readonly wide?: boolean }) => (
  <dl
    className={cx(
      'grid gap-x-4 gap-y-2.5 text-sm',
      wide
        ? 'sm:grid-cols-[minmax(0,16rem)_minmax(0,1fr)] [&_dt]:font-mono [&_dt]:wrap-anywhere'
        : 'sm:grid-cols-[8.5rem_minmax(0,1fr)]',
    )}
  >
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

/** Names and texts of a document, such as labels. */
export const Pairs = ({ of }: { readonly of: Readonly<Record<string, unknown>> | null | undefined }) =>
  of && Object.keys(of).length > 0 ? (
    <ul className="grid gap-1">
      {Object.entries(of).map(([key, value]) => (
        <li key={key} className="font-mono text-sm wrap-anywhere">
          <span className="text-soft">{key}</span>={typeof value === 'string' ? value : JSON.stringify(value)}
        </li>
      ))}
    </ul>
  ) : null;
