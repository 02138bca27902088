// The guards around artifact stores: URIs, folders, addresses and tokens that clients write.
import type { Guard } from './list.ts';

const edit = (file: string, from: string, to: string) => ({ file, from, to });
const guard = (name: string, file: string, from: string, to: string, ...tests: string[]): Guard => ({ name, edits: [edit(file, from, to)], tests });
const [LOCAL, ENDPOINT, S3] = ['services/stores/local.test.ts', 'services/stores/s3_endpoint.test.ts', 'services/stores/s3.test.ts'];
const [LOGS, DATA] = ['resources/logs/reading.test.ts', 'resources/artifact_version/data.test.ts'];

export const storeGuards: readonly Guard[] = [
  guard('a link in a store is not followed', 'services/stores/local.ts', '=== expected ? expected : null', '=== expected ? expected : expected', LOCAL),
  guard('a URI does not go up', 'services/stores/store.ts', "part === '' || part === '.' || part === '..'", "part === ''", S3, LOCAL),
  guard('a local store lies in a listed folder', 'services/stores/local.ts', 'if (real === null || folder === undefined)', 'if (real === null)', LOCAL),
  guard(
    'the folder of another component is not one’s own',
    'services/stores/local.ts',
    'if (shared || (await ofAnother(real, folder, component.id)))',
    'if (shared)',
    LOCAL,
  ),
  guard('a store of others is not shared by its path', 'services/stores/local.ts', 'if (shared || (await', 'if ((await', LOCAL),
  guard(
    'the component must be readable',
    'services/stores/open.ts',
    'await must(ctx, component, id',
    'await must({ ...ctx, actor: { ...ctx.actor, unlimited: true } }, component, id',
    LOGS,
  ),
  guard(
    'a place of somebody else is not opened',
    'services/stores/open.ts',
    'if (rows.length > 0)\n      throw new NotAllowed(',
    'if (rows.length > 99)\n      throw new NotAllowed(',
    LOGS,
    DATA,
  ),
  guard(
    'an endpoint is public or listed',
    'services/stores/s3_endpoint.ts',
    "if (url.protocol === 'https:' && url.port === '' && OWN_NAME.test(url.hostname))",
    'if (Number(1) === 1)',
    ENDPOINT,
  ),
  guard('a name leads to public addresses', 'services/stores/s3_endpoint.ts', '!addresses.every(allowed)', 'addresses.length > 99', ENDPOINT, S3),
  guard('a secret is the owner’s as well', 'services/stores/s3_component.ts', 'values === null || theirs === null || values.id !== theirs.id', 'values === null', S3),
  guard('a download token is for one thing', 'auth/downloads.ts', ".where('target_id', '=', target_id)", '', DATA),
  guard('a download token is for one purpose', 'auth/downloads.ts', ".where('purpose', '=', purpose)", '', DATA),
  guard('a download token ends', 'auth/downloads.ts', ".where('expires', '>', ctx.now)", '', DATA),
];
