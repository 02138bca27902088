// The one schema of every setting and the only reader of the environment.
import { homedir } from 'node:os';
import { join } from 'node:path';

interface Setting<T> {
  readonly env: string;
  readonly fallback: T;
  readonly about: string;
}
const setting = <T>(env: string, fallback: T, about: string): Setting<T> => ({ env, fallback, about });

/** Every setting with its default and what it is for; docs/settings.md is made from this. */
export const settings = {
  host: setting('ZENDO_HOST', '127.0.0.1', 'Address to listen on; 0.0.0.0 for all interfaces.'),
  port: setting('ZENDO_PORT', 8237, 'Port to listen on; 0 takes a free one.'),
  data_dir: setting('ZENDO_DATA_DIR', '', 'Where the SQLite file lies; the platform’s data folder where empty.'),
  database_url: setting('ZENDO_DATABASE_URL', '', 'postgres://… to use PostgreSQL instead of the SQLite file.'),
  public_url: setting('ZENDO_PUBLIC_URL', '', 'Address under which people reach the server; links are built from it alone. http://127.0.0.1:<port> where empty.'),
  allowed_hosts: setting('ZENDO_ALLOWED_HOSTS', '', 'Further host names, separated by commas, under which the server answers; * for any.'),
  trust_proxy: setting('ZENDO_TRUST_PROXY', false, 'Take the caller’s address from X-Forwarded-For; only behind a proxy that sets it.'),
  body_limit: setting('ZENDO_BODY_LIMIT', 268_435_456, 'Largest request body in bytes for signed-in callers.'),
  open_body_limit: setting('ZENDO_OPEN_BODY_LIMIT', 65_536, 'Largest request body in bytes for callers who are not signed in.'),
  password_min_length: setting('ZENDO_PASSWORD_MIN_LENGTH', 10, 'Fewest characters of a password.'),
  password_max_length: setting('ZENDO_PASSWORD_MAX_LENGTH', 512, 'Most characters of a password.'),
  login_failures_per_account: setting('ZENDO_LOGIN_FAILURES_PER_ACCOUNT', 10, 'Wrong passwords for one user name before a pause.'),
  login_failures_per_address: setting('ZENDO_LOGIN_FAILURES_PER_ADDRESS', 50, 'Wrong passwords from one address before a pause.'),
  login_pause_seconds: setting('ZENDO_LOGIN_PAUSE_SECONDS', 300, 'Length of that pause, and how long a failure counts.'),
  password_hashes_at_once: setting('ZENDO_PASSWORD_HASHES_AT_ONCE', 2, 'Password checks that run at the same time; further ones wait.'),
  password_hashes_waiting: setting('ZENDO_PASSWORD_HASHES_WAITING', 500, 'Password checks that may wait; beyond that the answer is 503.'),
  access_hours: setting('ZENDO_ACCESS_HOURS', 24, 'Life of a token from a password or API-key log-in.'),
  browser_hours: setting('ZENDO_BROWSER_HOURS', 336, 'Life of a session in the browser.'),
  device_hours: setting('ZENDO_DEVICE_HOURS', 720, 'Life of a device log-in that is not trusted.'),
  trusted_device_hours: setting('ZENDO_TRUSTED_DEVICE_HOURS', 8760, 'Life of a log-in on a trusted device.'),
  invitation_max_hours: setting('ZENDO_INVITATION_MAX_HOURS', 168, 'Longest life of an invitation or reset link.'),
  secrets_key: setting(
    'ZENDO_SECRETS_KEY',
    '',
    'What encrypts secrets in the database: 32 random bytes in base64. Several, separated by commas: the first encrypts, all decrypt. The file secrets.key beside the SQLite file (with PostgreSQL: in the data folder) where empty; it is made when it is missing. Replicas must share it.',
  ),
  local_stores: setting(
    'ZENDO_LOCAL_STORES',
    '',
    'Folders, separated by :, below which the server may read local artifact stores; none for no folder. Where empty: the local_stores folder of the ZenML client of the user that runs the server, if it listens on 127.0.0.1 alone and has no public address.',
  ),
  s3_endpoints: setting(
    'ZENDO_S3_ENDPOINTS',
    '',
    'Addresses, separated by commas (https://minio.example.org:9000), to which the server may connect for S3 artifact stores beside the public ones of AWS; also those on private networks and on this machine.',
  ),
  s3_seconds: setting('ZENDO_S3_SECONDS', 20, 'How long the server waits for an S3 store.'),
  store_answer_bytes: setting('ZENDO_STORE_ANSWER_BYTES', 8_388_608, 'Most bytes from an artifact store that one answer carries: logs, visualizations, previews.'),
  store_scan_bytes: setting('ZENDO_STORE_SCAN_BYTES', 67_108_864, 'Most bytes of a log that one answer looks through for entries that match.'),
  log_entries: setting('ZENDO_LOG_ENTRIES', 50_000, 'Most entries of a log in one answer.'),
  download_bytes: setting('ZENDO_DOWNLOAD_BYTES', 2_147_483_648, 'Largest artifact that can be downloaded, before it is packed.'),
  downloads_at_once: setting('ZENDO_DOWNLOADS_AT_ONCE', 4, 'Downloads that are packed and sent at the same time; beyond that the answer is 503.'),
  private_hosts: setting(
    'ZENDO_PRIVATE_HOSTS',
    '',
    'Host names or addresses in private networks, separated by commas, that the server may call for a service connector (token endpoints of OAuth2); * for any. Public ones it may always call.',
  ),
  admin_username: setting('ZENDO_ADMIN_USERNAME', '', 'With ZENDO_ADMIN_PASSWORD: creates the first administrator without a browser.'),
  admin_password: setting('ZENDO_ADMIN_PASSWORD', '', 'Password of that first administrator.'),
  streams_per_person: setting('ZENDO_STREAMS_PER_PERSON', 20, 'Event streams that one person may hold open at a time; the next is told to try later.'),
  webhook_body_limit: setting('ZENDO_WEBHOOK_BODY_LIMIT', 5_242_880, 'Largest event that a webhook takes, in bytes.'),
  webhook_events_per_minute: setting('ZENDO_WEBHOOK_EVENTS_PER_MINUTE', 120, 'Events that one webhook takes in a minute; further ones are told to come later.'),
  webhook_retention_days: setting('ZENDO_WEBHOOK_RETENTION_DAYS', 30, 'How long the bodies of webhook events are kept.'),
  log_level: setting('ZENDO_LOG_LEVEL', 'warn', 'fatal, error, warn, info, debug or trace.'),
} as const;

type Widen<T> = T extends string ? string : T extends number ? number : boolean;
export type Config = { readonly [K in keyof typeof settings]: Widen<(typeof settings)[K]['fallback']> };

const parse = (entry: Setting<unknown>, text: string): unknown => {
  if (typeof entry.fallback === 'string') return text;
  if (typeof entry.fallback === 'number') {
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value) || value < 0) throw new Error(`${entry.env} must be a number, not '${text}'`);
    return value;
  }
  if (/^(true|1|yes|on)$/i.test(text)) return true;
  if (/^(false|0|no|off)$/i.test(text)) return false;
  throw new Error(`${entry.env} must be true or false, not '${text}'`);
};

const dataDir = (env: Readonly<Record<string, string | undefined>>): string => join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'zendo');

type Environment = Readonly<Record<string, string | undefined>>;
/** The folder in which the ZenML client of this user keeps local stores. */
const clientStores = (env: Environment): string => {
  const appData = process.platform === 'darwin' ? join(homedir(), 'Library', 'Application Support') : (env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'));
  return env['ZENML_LOCAL_STORES_PATH'] ?? join(env['ZENML_CONFIG_PATH'] ?? join(appData, 'zenml'), 'local_stores');
};
/** Who reaches the server from elsewhere gets no files of this machine unless somebody says which. */
const localStores = (config: Config, env: Environment): string => {
  if (config.local_stores !== '') return config.local_stores === 'none' ? '' : config.local_stores;
  return ['127.0.0.1', '::1', 'localhost'].includes(config.host) && config.public_url === '' ? clientStores(env) : '';
};

/** Reads the settings; `over` wins over the environment. Throws, naming the variable, on a value that makes no sense. */
export const readConfig = (over: Partial<Config> = {}, env: Readonly<Record<string, string | undefined>> = process.env): Config => {
  const read = Object.fromEntries(
    Object.entries(settings).map(([name, entry]) => {
      const text = env[entry.env];
      return [name, text === undefined || text === '' ? entry.fallback : parse(entry, text)];
    }),
  );
  const config = { ...read, ...Object.fromEntries(Object.entries(over).filter(([, value]) => value !== undefined)) } as Config;
  return { ...config, data_dir: config.data_dir === '' ? dataDir(env) : config.data_dir, local_stores: localStores(config, env) };
};
