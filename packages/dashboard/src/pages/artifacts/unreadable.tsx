import { messageOf } from '../../api.ts';
import { Empty } from '../../ui/bits.tsx';

/** The server says why it cannot open what lies there; Python can. */
export const Unreadable = ({ error, uri }: { readonly error: unknown; readonly uri: string }) => (
  <Empty title="The server cannot show it">
    <span className="wrap-anywhere">
      {messageOf(error).replace(/([^.!?])$/, '$1.')}
      {!messageOf(error).includes(uri) && (
        <>
          {' '}
          It lies at <span className="font-mono text-xs">{uri}</span>.
        </>
      )}
    </span>
  </Empty>
);
