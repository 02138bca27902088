// Knows: user names, e-mail addresses and ids never stand for one another, and names that look alike are one name.
import { Invalid } from '../../kernel/errors.ts';
import { canonicalUuid } from '../../kernel/filter.ts';

const EMAIL = /^[^\s@<>"',;:\\]+@[^\s@<>"',;:\\]+\.[^\s@<>"',;:\\]+$/;

const LOOKALIKE = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Coptic}\p{Script=Lisu}]/u;

/** What makes two names the same: case, width and compatible letters do not count. */
export const nameKey = (name: string): string => name.normalize('NFKC').toLowerCase().normalize('NFKC');

/** Throws Invalid where a user name could be taken for an id or for somebody's address, or cannot be typed back. */
export const judgeName = (name: string, email: string | null | undefined): void => {
  if (name.trim() !== name || name.trim() === '') throw new Invalid('The user name cannot begin or end with a space');
  if (canonicalUuid(name) !== null) throw new Invalid('The user name cannot look like an id');
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/u.test(name)) throw new Invalid('The user name holds a character that cannot be seen');
  if (name === '.' || name === '..') throw new Invalid('The user name cannot be a dot or two: no address could lead there');
  if (/\s\s/.test(name)) throw new Invalid('The user name cannot hold two spaces in a row');
  if (/\p{Script=Latin}/u.test(name) && LOOKALIKE.test(name)) throw new Invalid('The user name mixes alphabets whose letters look alike');
  // Some single letters stand for many: what is compared must fit into an index.
  if ([...nameKey(name)].length > 255) throw new Invalid('The user name is too long');
  if (/[/?#]/.test(name)) throw new Invalid('The user name cannot hold / ? or #');
  if (EMAIL.test(name) && (email === null || email === undefined || nameKey(email) !== nameKey(name)))
    throw new Invalid('The user name looks like an e-mail address; it may only be the person’s own');
};

/** Throws Invalid where the text is no e-mail address. */
export const judgeEmail = (email: string | null | undefined): void => {
  if (email !== null && email !== undefined && email !== '' && !EMAIL.test(email)) throw new Invalid(`'${email}' is no e-mail address`);
};
