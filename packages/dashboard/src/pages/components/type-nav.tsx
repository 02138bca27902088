import { Link } from '@tanstack/react-router';
import { componentTypes, manyOf } from './words.ts';
import { TypeIcon } from './marks.tsx';

interface Props {
  readonly label: string;
  readonly to: (type: string) => string;
  /** How many there are of a type, where it is known. */
  readonly count?: (type: string) => number;
}

/** The types of components: a column on wide windows, a row that scrolls on narrow ones. */
export const TypeNav = ({ label, to, count }: Props) => (
  <nav aria-label={label} className="min-w-0 lg:sticky lg:top-17 lg:self-start">
    <ul className="flex gap-1 overflow-x-auto pb-2 lg:grid lg:gap-0.5 lg:pb-0">
      {componentTypes.map((type) => (
        <li key={type}>
          <Link
            to={to(type)}
            activeOptions={{ includeSearch: false }}
            className="flex h-8.5 items-center gap-2 rounded-md px-2.5 text-sm whitespace-nowrap text-soft -outline-offset-2 hover:bg-hover hover:text-ink aria-[current=page]:bg-accent-wash aria-[current=page]:font-medium aria-[current=page]:text-accent-text"
          >
            <TypeIcon type={type} className="size-4 shrink-0" />
            <span className="grow">{manyOf(type)}</span>
            {count && <span className="text-xs text-faint nums max-lg:hidden">{count(type)}</span>}
          </Link>
        </li>
      ))}
    </ul>
  </nav>
);
