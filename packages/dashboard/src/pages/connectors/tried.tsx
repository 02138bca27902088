import { Notice } from '../../ui/notice.tsx';
import { resourceName, type ConnectorType, type Opened } from './types.ts';

/** What came of trying a connector. */
export const Tried = ({ opened, type }: { readonly opened: Opened; readonly type: ConnectorType | undefined }) =>
  opened.error ? (
    <Notice kind="bad" role="alert" title="It does not work">
      {opened.error}
    </Notice>
  ) : (
    <Notice role="status" title="It works">
      <ul>
        {opened.resources.map((one) => (
          <li key={one.resource_type}>
            {resourceName(type, one.resource_type)}: {one.error ?? one.resource_ids?.join(', ') ?? 'not listed'}
          </li>
        ))}
      </ul>
    </Notice>
  );
