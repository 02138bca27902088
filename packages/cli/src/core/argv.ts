const shareVerbs = ['add', 'list', 'ls', 'general'];
const keyVerbs = ['create', 'list', 'rotate', 'delete', 'describe'];

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
