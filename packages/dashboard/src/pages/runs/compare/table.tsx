import { Link } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { IconButton } from '../../../ui/button.tsx';
import { cx } from '../../../ui/cx.ts';
import { Time } from '../../../ui/time.tsx';
import { span } from '../../ml/duration.ts';
import { runAddress } from '../../ml/run-columns.tsx';
import { StatusIcon } from '../../ml/run-status.tsx';
import { valueText } from '../../things/metadata.tsx';
import type { Compared, Section } from './data.ts';
import type { Row } from './rows.ts';

const first = 'sticky left-0 z-1 w-44 min-w-36 max-w-64 bg-panel px-4 py-2 text-left align-top sm:w-64';

const Head = ({
  one,
  project,
  drop,
}: {
  readonly one: Compared;
  readonly project: string;
  readonly drop: () => void;
}) => (
  <th scope="col" className="min-w-44 px-3 py-2 text-left align-top font-normal">
    <span className="flex items-start gap-1">
      <span className="min-w-0 grow">
        <span className="flex items-center gap-1.5">
          <StatusIcon status={one.run?.body.status} />
          <Link
            to={runAddress(project, one.id)}
            className="max-w-52 truncate rounded text-sm font-medium hover:underline"
            title={one.run?.name ?? ''}
          >
            {one.run?.name ?? (one.error ? 'A run that you may not see' : '…')}
          </Link>
        </span>
        <span className="block text-xs text-faint">
          <Time at={one.run?.metadata?.start_time} />
        </span>
      </span>
      <IconButton label={`Leave out ${one.run?.name ?? 'it'}`} onClick={drop}>
        <X aria-hidden />
      </IconButton>
    </span>
  </th>
);

const textOf = (value: unknown, bars: Section['bars']): string =>
  bars === 'seconds' && typeof value === 'number' ? span(value) : valueText(value);

/** Bars of one row begin at nought, or at the lowest where that is below it. */
const lengthOf = (value: unknown, row: Row): number => {
  if (typeof value !== 'number') return 0;
  const largest = Math.max(...row.values.map((one) => (typeof one === 'number' ? Math.abs(one) : 0)));
  return largest === 0 ? 0 : (Math.abs(value) / largest) * 100;
};

const Line = ({ row, bars }: { readonly row: Row; readonly bars: Section['bars'] }) => (
  <tr className="border-t">
    <th scope="row" className={cx(first, 'text-sm font-normal wrap-anywhere text-soft')}>
      {row.key}
    </th>
    {row.values.map((value, index) => (
      <td key={index} className={cx('px-3 py-2 align-top text-sm', !row.same && 'font-medium')}>
        <span className={cx('wrap-anywhere', bars ? 'nums' : 'font-mono text-sm', value === undefined && 'text-faint')}>
          {textOf(value, bars)}
        </span>
        {bars && typeof value === 'number' && (
          <span aria-hidden className="mt-1 block h-1.5 max-w-48 rounded-full bg-hover">
            <span
              className={cx('block h-full rounded-full', value < 0 ? 'bg-danger' : 'bg-accent')}
              style={{ width: `${lengthOf(value, row)}%` }}
            />
          </span>
        )}
      </td>
    ))}
  </tr>
);

const Group = ({
  section,
  columns,
  differing,
}: {
  readonly section: Section;
  readonly columns: number;
  readonly differing: boolean;
}) => {
  const rows = differing && section.title !== 'Metrics' ? section.rows.filter((row) => !row.same) : section.rows;
  return (
    <tbody>
      <tr className="border-t bg-side">
        <th scope="rowgroup" colSpan={columns + 1} className="px-4 py-1.5 text-left text-sm font-semibold">
          {section.title}
        </th>
      </tr>
      {rows.map((row) => (
        <Line key={row.key} row={row} bars={section.bars} />
      ))}
      {rows.length === 0 && (
        <tr className="border-t">
          <td colSpan={columns + 1} className="px-4 py-2 text-sm text-faint">
            {section.rows.length === 0 ? section.empty : 'The same in all of them.'}
          </td>
        </tr>
      )}
    </tbody>
  );
};

export const ComparisonTable = ({
  compared,
  sections,
  differing,
  project,
  drop,
}: {
  readonly compared: readonly Compared[];
  readonly sections: readonly Section[];
  readonly differing: boolean;
  readonly project: string;
  readonly drop: (id: string) => void;
}) => (
  <div
    tabIndex={0}
    role="group"
    aria-label="Comparison"
    className="overflow-x-auto rounded-xl border border-line bg-panel"
  >
    <table className="w-full border-collapse">
      <thead>
        <tr>
          <td className={first} />
          {compared.map((one) => (
            <Head key={one.id} one={one} project={project} drop={() => drop(one.id)} />
          ))}
        </tr>
      </thead>
      {sections.map((section) => (
        <Group key={section.title} section={section} columns={compared.length} differing={differing} />
      ))}
    </table>
  </div>
);
