const shareVerbs = ['add', 'list', 'ls', 'general'];
const keyVerbs = ['create', 'list', 'rotate', 'delete', 'describe'];

/** Short options of `stack` with two letters, and one that elsewhere names the format of the output. */
const stackShort: Readonly<Record<string, string>> = {
  '-al': '--alerter',
  '-an': '--annotator',
  '-dv': '--data-validator',
  '-sb': '--sandbox',
};
const stackWords = (words: string[]): void => {
  const parts = ['register', 'update'].includes(words[1] ?? '');
  for (const [i, word] of words.entries()) {
    const long = stackShort[word] ?? (parts && word === '-o' ? '--orchestrator' : undefined);
    if (long) words[i] = long;
  }
};

/**
 * Brings the spellings of the original into ours: options with underscores, `help X` for `X --help`, `share THING` for `share add THING`, and
 * `service-account api-key NAME create` for `service-account api-key create NAME`. What follows `--` stays.
 */
export const normalize = (argv: readonly string[]): string[] => {
  const end = argv.indexOf('--');
  const words = (end < 0 ? argv : argv.slice(0, end)).map((word) =>
    word.replace(/^--[a-z][a-z0-9_-]*/, (name) => name.replaceAll('_', '-')),
  );
  const rest = end < 0 ? [] : argv.slice(end);
  if (words[0] === 'help') return [...words.slice(1), '--help'];
  if (
    words[0] === 'share' &&
    words.length > 1 &&
    !shareVerbs.includes(words[1]!) &&
    !['-h', '--help'].includes(words[1]!)
  )
    words.splice(1, 0, 'add');
  if (words[0] === 'stack') stackWords(words);
  const [first, second, third, fourth] = words;
  if (
    first === 'service-account' &&
    second === 'api-key' &&
    third &&
    fourth &&
    !keyVerbs.includes(third) &&
    keyVerbs.includes(fourth)
  )
    words.splice(2, 2, fourth, third);
  return words.length ? [...words, ...rest] : ['--help'];
};

const withValue = new Set(['-o', '--output', '--columns']);

/** The first word that is no option: the group that must be loaded. */
export const firstWord = (argv: readonly string[]): string | undefined => {
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]!;
    if (withValue.has(word)) i++;
    else if (!word.startsWith('-')) return word;
  }
  return undefined;
};
