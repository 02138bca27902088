// Knows: how what must not lie in the database in the clear is encrypted: AES-256-GCM, bound to the row and column it belongs to
// (docs/decisions/0011). Must not know: what the texts mean.
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Kysely } from 'kysely';
import type { Config } from '../config.ts';
import type { Context, Place, Sealing, Tables } from '../kernel/context.ts';
import { Unavailable } from '../kernel/errors.ts';

const VERSION = 1;
const AES_256_GCM = 1;
const [ID, NONCE, TAG] = [8, 12, 16];
const HEAD = 2 + ID;

interface Key {
  /** Begins the blob, so that it is found again when there are several; tells nothing of the key. */
  readonly id: string;
  readonly secret: Buffer;
}
export interface Sealer extends Sealing {
  /** Throws where the database holds something that was sealed with none of these keys. */
  readonly judge: (db: Kysely<Tables>) => Promise<void>;
}

/** A key from its 32 bytes. */
export const keyOf = (secret: Buffer): Key => ({
  id: createHash('sha256')
    .update('zendo key id')
    .update(secret)
    .digest('hex')
    .slice(0, ID * 2),
  secret,
});

/** What is bound to a sealed text without being in it. */
const bound = (place: Place, key_id: string): Buffer => Buffer.from([place.table, place.column, place.id, key_id, VERSION].join('|'));

/** The sealed form: version, algorithm, key id, nonce, what is inside, tag; as base64. */
export const encrypt = (key: Key, place: Place, text: string): string => {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key.secret, nonce).setAAD(bound(place, key.id));
  const inner = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.from([VERSION, AES_256_GCM]), Buffer.from(key.id, 'hex'), nonce, inner, cipher.getAuthTag()]).toString('base64');
};

const decrypt = (keys: readonly Key[], place: Place, sealed: string): string => {
  const blob = Buffer.from(sealed, 'base64');
  if (blob.length < HEAD + NONCE + TAG || blob[0] !== VERSION || blob[1] !== AES_256_GCM)
    throw new Error(`The sealed ${place.column} of a ${place.table} has an unknown form`);
  const id = blob.subarray(2, HEAD).toString('hex');
  const key = keys.find((one) => one.id === id);
  if (key === undefined) throw new Error(`The sealed ${place.column} of a ${place.table} needs the key ${id}, which this server does not have`);
  const decipher = createDecipheriv('aes-256-gcm', key.secret, blob.subarray(HEAD, HEAD + NONCE), { authTagLength: TAG }).setAAD(bound(place, id));
  decipher.setAuthTag(blob.subarray(blob.length - TAG));
  return Buffer.concat([decipher.update(blob.subarray(HEAD + NONCE, blob.length - TAG)), decipher.final()]).toString('utf8');
};

const proofOf = (id: string): Place => ({ table: 'sealing_key', column: 'proof', id });
const PROOF = 'zendo';

/** Seals with the first key, opens with any. */
export const createSealing = (secrets: readonly Buffer[]): Sealer => {
  const keys = secrets.map(keyOf);
  const [current] = keys as [Key];
  const digestKey = Buffer.from(hkdfSync('sha256', current.secret, '', 'zendo fingerprint', 32));
  /** The ids of keys by which this database is sealed; throws on the first that is not ours. */
  const known = async (db: Kysely<Tables>): Promise<readonly string[]> => {
    const rows = (await db.selectFrom('sealing_key').select(['id', 'proof']).execute()) as { id: string; proof: string }[];
    for (const row of rows) {
      try {
        if (decrypt(keys, proofOf(row.id), row.proof) === PROOF) continue;
      } catch {
        /* said below */
      }
      throw new Unavailable(
        `The secrets in this database are sealed with the key ${row.id}, which this server does not have (it has ${keys.map((key) => key.id).join(', ')}). ` +
          'Put the right key into ZENDO_SECRETS_KEY (older keys after it, separated by commas), or the right secrets.key beside the database',
        503,
      );
    }
    return rows.map((row) => row.id);
  };
  return {
    seal: async (ctx: Context, place, text) => {
      // The first text sealed with a key leaves a proof, so that a server with another key is found out at its start.
      if (!(await known(ctx.db)).includes(current.id))
        await ctx.db
          .insertInto('sealing_key')
          .values({ id: current.id, created: ctx.now, proof: encrypt(current, proofOf(current.id), PROOF) })
          .onConflict((conflict) => conflict.column('id').doNothing())
          .execute();
      return encrypt(current, place, text);
    },
    open: (place, sealed) => decrypt(keys, place, sealed),
    fingerprint: (text) => createHmac('sha256', digestKey).update(text).digest('base64url'),
    judge: async (db) => void (await known(db)),
  };
};

const parseKey = (text: string, where: string): Buffer => {
  const secret = Buffer.from(text.trim(), 'base64');
  if (secret.length !== 32) throw new Error(`${where} must be 32 random bytes in base64, as \`openssl rand -base64 32\` makes them`);
  return secret;
};

/** Reads the key file, or makes it; readable by its owner alone. */
const fromFile = (path: string, made: (path: string) => void): Buffer => {
  if (!existsSync(path)) {
    try {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      writeFileSync(path, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
      made(path);
    } catch (error) {
      // Another process of the same folder may have been faster.
      if ((error as { code?: string }).code !== 'EEXIST')
        throw new Error(`Cannot make the key file ${path} (${(error as Error).message}); set ZENDO_SECRETS_KEY, or make the folder writable`, { cause: error });
    }
  }
  return parseKey(readFileSync(path, 'utf8'), `The key in ${path}`);
};

/**
 * The sealing that the settings ask for: the keys of ZENDO_SECRETS_KEY, else the file `secrets.key` beside the SQLite file or in the
 * data folder; `made` hears of a new file. Throws where a key makes no sense.
 */
export const openSealing = (config: Config, made: (path: string) => void = () => undefined): Sealer => {
  const given = config.secrets_key
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '');
  if (given.length > 0) return createSealing(given.map((key) => parseKey(key, 'Each key in ZENDO_SECRETS_KEY')));
  const file = /^postgres(ql)?:\/\//.test(config.database_url) || config.database_url === '' ? null : config.database_url.replace(/^sqlite:(\/\/)?/, '');
  return createSealing([fromFile(join(file === null ? config.data_dir : dirname(file), 'secrets.key'), made)]);
};
