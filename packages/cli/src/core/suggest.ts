// Edits between two words, a swap of neighbours counted as one.
const distance = (a: string, b: string): number => {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const swap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        last[j]! + 1,
        row[j - 1]! + 1,
        last[j - 1]! + (same ? 0 : 1),
        swap ? before[j - 2]! + 1 : Infinity,
      );
    }
    before = last;
    last = row;
  }
  return last[b.length]!;
};

/** The words of a list that somebody who typed `word` may have meant, nearest first, at most three. */
export const suggest = (word: string, known: readonly string[]): string[] => {
  const typed = word.toLowerCase();
  const limit = Math.max(1, Math.min(3, Math.floor(typed.length * 0.4)));
  return [...new Set(known)]
    .map((name) => ({ name, off: name.toLowerCase().startsWith(typed) ? 1 : distance(typed, name.toLowerCase()) }))
    .filter(({ name, off }) => off <= limit && name !== word)
    .toSorted((a, b) => a.off - b.off || a.name.localeCompare(b.name))
    .slice(0, 3)
    .map(({ name }) => name);
};

/** "Did you mean …?" for an unknown word, or nothing. */
export const didYouMean = (word: string, known: readonly string[]): readonly string[] => {
  const found = suggest(word, known);
  return found.length ? [`Did you mean ${found.join(' or ')}?`] : [];
};
