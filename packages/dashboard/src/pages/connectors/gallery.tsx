import { Link } from '@tanstack/react-router';
import { Until } from '../../resource/until.tsx';
import { Badge } from '../../ui/bits.tsx';
import { PageBody } from '../../ui/page.tsx';
import { FlavorMark } from '../components/marks.tsx';
import { shortName, useConnectorTypes, type ConnectorType } from './types.ts';

const Card = ({ type }: { readonly type: ConnectorType }) => (
  <li>
    <Link
      to="/connectors/create"
      search={{ type: type.connector_type }}
      className="grid h-full content-start gap-3 rounded-xl border border-line bg-panel p-4 transition-colors hover:border-edge"
    >
      <span className="flex items-center gap-3">
        <FlavorMark name={shortName(type)} />
        <span className="grow font-medium">{shortName(type)}</span>
        {!type.remote && (
          <Badge title="The server keeps it; clients that have the packages use it">used by clients</Badge>
        )}
      </span>
      <span className="text-sm text-pretty text-soft">{type.description}</span>
      <span className="text-xs text-faint">Opens: {type.resource_types.map((one) => one.name).join(', ')}.</span>
    </Link>
  </li>
);

/** What service connectors there are. */
export const ConnectorTypesPage = () => {
  const types = useConnectorTypes();
  return (
    <PageBody
      title="New service connector"
      intro="Keeps the credentials for an outside service in one place, so that components only name it. Choose what it connects to."
    >
      <Until read={types} />
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,19rem),1fr))] gap-3">
        {types.data?.map((type) => (
          <Card key={type.connector_type} type={type} />
        ))}
      </ul>
    </PageBody>
  );
};
