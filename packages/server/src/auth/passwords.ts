// Knows: how passwords are judged, hashed and checked. argon2id with the OWASP parameters, few at once so that log-ins cannot starve the rest.
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import type { Config } from '../config.ts';
import { Invalid, Unavailable } from '../kernel/errors.ts';

const derive = promisify(argon2);
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const;

/** Asked while a place at the hasher is held, so that tries sent at once cannot run past the throttle. */
interface Watch {
  readonly before: () => Promise<void>;
  readonly wrong: () => Promise<void>;
}
export interface Passwords {
  /** The stored form of a password. Throws Unavailable (503) when too many wait. */
  hash(password: string): Promise<string>;
  /** Compares; takes as long when there is no stored hash. Throws Unavailable (503) when too many wait, and what the watch throws. */
  verify(password: string, stored: string | null, watch?: Watch): Promise<boolean>;
  /** Throws Invalid, saying why, where a password is too short, too long, well known, or made of the person's own names. */
  judge(password: string, names?: readonly (string | null | undefined)[]): void;
}

let known: ReadonlySet<string> | null = null;
/** Read when first needed: unpacking the list takes longer than the rest of a start. */
const wellKnown = (): ReadonlySet<string> => {
  if (known !== null) return known;
  const { dictionary } = createRequire(import.meta.url)('@zxcvbn-ts/language-common') as { dictionary: Readonly<Record<string, readonly string[]>> };
  known = new Set(dictionary['passwords-common']!.map((word) => word.toLowerCase()));
  return known;
};

/** Runs at most `width` at a time; `depth` more may wait. */
const gate = (width: number, depth: number) => {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= width) {
      if (waiting.length >= depth) throw new Unavailable('The server is busy checking passwords; try again in a moment', 503, 2);
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
};

/** The form in which a password is judged, measured and hashed: however a keyboard composes its letters. */
const letters = (password: string): string[] => [...password.normalize('NFKC')];
const compute = async (text: readonly string[], salt: Buffer): Promise<Buffer> =>
  (await derive('argon2id', { message: Buffer.from(text.join('')), nonce: salt, ...COST })) as Buffer;

/** The rules and the hasher for one server. */
export const createPasswords = (config: Config): Passwords => {
  const enter = gate(config.password_hashes_at_once, config.password_hashes_waiting);
  const decoy = `$argon2id$${randomBytes(16).toString('base64url')}$${randomBytes(32).toString('base64url')}`;
  return {
    hash: (password) =>
      enter(async () => {
        const salt = randomBytes(16);
        return `$argon2id$${salt.toString('base64url')}$${(await compute(letters(password), salt)).toString('base64url')}`;
      }),
    verify: (password, stored, watch) =>
      enter(async () => {
        await watch?.before();
        const [, , salt, tag] = (stored ?? decoy).split('$') as [string, string, string, string];
        const text = letters(password);
        const same = timingSafeEqual(await compute(text.slice(0, config.password_max_length), Buffer.from(salt, 'base64url')), Buffer.from(tag, 'base64url'));
        const right = same && stored !== null && text.length <= config.password_max_length;
        if (!right) await watch?.wrong();
        return right;
      }),
    judge: (password, names = []) => {
      const length = letters(password).length;
      if (length < config.password_min_length) throw new Invalid(`The password must have at least ${config.password_min_length} characters; this one has ${length}`);
      if (length > config.password_max_length) throw new Invalid(`The password must have at most ${config.password_max_length} characters`);
      if (!password.isWellFormed()) throw new Invalid('The password holds a character that cannot be stored');
      const plain = password.normalize('NFKC').toLowerCase();
      if (new Set(plain).size < 4 || wellKnown().has(plain) || wellKnown().has(plain.replace(/[\d\W_]+$/, '')))
        throw new Invalid('This password is on lists of stolen or common passwords; choose another, for example four unrelated words');
      if (names.some((name) => name !== null && name !== undefined && name.length >= 4 && plain === name.toLowerCase()))
        throw new Invalid('The password cannot be your own name');
    },
  };
};
